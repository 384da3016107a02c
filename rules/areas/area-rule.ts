import type { Signal } from '../../model/alert.ts';
import type { Resident } from '../../model/people.ts';
import type { Deadline, Household, Note, Outcome } from '../rule.ts';

/** What an area rule knows of the part of the community it judges: a tree of areas under one root. From the records. */
export type Region = {
  /** Of the root: what state is kept under. */
  readonly areaId: string;
  readonly timeZone: string;
  /** Area ids from the root down to `areaId`. */
  pathOf(areaId: string): readonly string[];
  nameOf(areaId: string): string;
  /** Devices of residents at or below that are heard every few hours at least: those whose silence says something. */
  watchedDevices(areaId: string): number;
  resident(residentId: string): Resident | undefined;
};

/** A home of the region said something: a note, or a signal on its way to the alerts. */
export type HomeSaid = {
  readonly kind: 'said';
  readonly nowMs: number;
  readonly home: Household;
  readonly said: Note | Signal;
};

/** A resident was erased: nothing of them may stay in a state. */
export type Forget = { readonly kind: 'forget'; readonly nowMs: number; readonly residentId: string };

export type AreaInput = HomeSaid | Forget;

/**
 * One rule over many homes in one file: pure, like a rule of one home. State is plain JSON, bounded, and kept for each
 * root of the area tree (`@{areaId}`), where the partitions of a large community are.
 */
export interface AreaRule<State> {
  readonly kind: string;
  readonly initial: State;
  /** Types of signals and kinds of notes it listens to; everything else never reaches it. */
  readonly hears: ReadonlySet<string>;
  step(region: Region, state: State, input: AreaInput | Deadline): Outcome<State>;
  deadlineAtMs?(region: Region, state: State): number | undefined;
}

/** The subject of what is said about an area, and of one thing there (`what`: a fire) when there can be several. */
export function subjectOfArea(areaId: string, what?: string): string {
  return what === undefined ? `@${areaId}` : `@${areaId}/${what}`;
}

/** The deepest area that two paths from the root share. */
export function commonArea(paths: readonly (readonly string[])[]): string | undefined {
  const [first, ...others] = paths;
  return first?.filter((id, depth) => others.every((path) => path[depth] === id)).at(-1);
}
