import type { Deadline } from './rule.ts';

export const never = Number.POSITIVE_INFINITY;

/** One record per subject; everything a subject can grow is inside its rules' own bounded states. */
export type Subject<Place> = {
  readonly id: string;
  /** By index of the rule. */
  readonly states: unknown[];
  readonly deadlinesAtMs: number[];
  /** By index of the rule: so much earlier than it says, since the clock was set back after it had said so. */
  earlierByMs: number[] | undefined;
  place: Place;
  placeVersion: number;
  /** Its entries in the heap, the earliest last; each was put there because it was earlier than those before. */
  readonly armedAtMs: number[];
};

/** Nothing is known of it yet. */
export function freshSubject<Place>(
  id: string,
  rules: readonly { readonly initial: unknown }[],
  place: Place,
  placeVersion: number,
): Subject<Place> {
  const [states, deadlinesAtMs] = [rules.map(({ initial }) => initial), rules.map(() => never)];
  return { id, states, deadlinesAtMs, earlierByMs: undefined, place, placeVersion, armedAtMs: [] };
}

export function isDeadline(input: { readonly kind: string }): input is Deadline {
  return input.kind === 'deadline';
}

type Due = Pick<Subject<unknown>, 'deadlinesAtMs' | 'earlierByMs'>;

/** When a rule (by index) is due. */
export function dueAtMsOf(subject: Due, index: number): number {
  return (subject.deadlinesAtMs[index] ?? never) - (subject.earlierByMs?.[index] ?? 0);
}

/**
 * A rule was woken and had nothing to do: it is woken again at the time it says now, when the records have put that off
 * since it was noted; otherwise only when its state says something new.
 */
export function putOff(subject: Due, index: number, saidAtMs: number): void {
  subject.deadlinesAtMs[index] = saidAtMs > (subject.deadlinesAtMs[index] ?? never) ? saidAtMs : never;
  if (subject.earlierByMs) subject.earlierByMs[index] = 0;
}

/** When the first of them is; never: infinity. */
export function earliestOf(subject: Due): number {
  if (subject.earlierByMs === undefined) return Math.min(...subject.deadlinesAtMs);
  return Math.min(...subject.deadlinesAtMs.map((_atMs, index) => dueAtMsOf(subject, index)));
}

/** What a rule is told that is called earlier since the clock was set back: the times it waits for, as they were then. */
export function asAwaited<Said extends { readonly kind: string }>(
  input: Said | Deadline,
  { deadlinesAtMs, earlierByMs }: Due,
  index: number,
): Said | Deadline {
  if (earlierByMs === undefined || !isDeadline(input)) return input;
  const nowMs = Math.max(input.nowMs, deadlinesAtMs[index] ?? input.nowMs);
  return { ...input, nowMs, listeningSinceMs: input.listeningSinceMs + (earlierByMs[index] ?? 0) };
}
