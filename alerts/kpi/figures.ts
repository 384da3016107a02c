import { type Alert, AlertType, Severity } from '../../model/alert.ts';
import { outcomeKinds } from '../../model/outcome.ts';
import { ChannelKind } from '../../model/people.ts';
import { type VisitCase, visitTarget } from '../../model/visit-cases.ts';
import { type Load, loadOf } from './load.ts';
import type { Story } from './story.ts';

/** A share in 0..1 of `of` cases; undefined where there was nothing to measure. */
export type Share = { readonly of: number; readonly share: number | undefined };
/** The targets of TSA and TEC Quality for answering calls. */
export const answerTargets = { within60s: 0.975, within180s: 0.99 } as const;

/** How alerts were handled, from their time lines. Durations in ms. */
export type Figures = {
  readonly total: number;
  readonly byType: Readonly<Partial<Record<AlertType, number>>>;
  readonly bySeverity: Readonly<Record<Severity, number>>;
  readonly p1: {
    readonly count: number;
    readonly acknowledgedWithin60s: number | undefined;
    readonly acknowledgedWithin180s: number | undefined;
    readonly targets: typeof answerTargets;
    readonly unansweredOver180s: number;
    /** Their alert ids: each of them has to be looked into. */
    readonly unansweredIds: readonly string[];
  };
  /** Emergencies somebody set out for, from when they became one. */
  readonly arrival: Share & {
    readonly within15min: number | undefined;
    readonly within30min: number | undefined;
    readonly within45min: number | undefined;
    readonly within60min: number | undefined;
  };
  readonly medianMs: {
    readonly acknowledge: number | undefined;
    readonly arrive: number | undefined;
    readonly resolve: number | undefined;
  };
  /** Of those whose outcome says whether somebody needed help. */
  readonly precision: Readonly<Partial<Record<AlertType, Share>>>;
  /** Alerts people had to look at (P1 to P3) for each resident and month of 30 days. */
  readonly perResidentMonth: number | undefined;
  readonly load: Load;
  readonly delivery: Readonly<Partial<Record<ChannelKind, Share>>>;
  readonly callBack: Share & { readonly meanRating: number | undefined };
  /** Contacts planned by the colours: how many were due, and made in time. */
  readonly visits: {
    readonly due: number;
    readonly onTime: number;
    readonly share: number | undefined;
    readonly target: typeof visitTarget;
  };
};

export type FiguresOf = {
  readonly fromMs: number;
  readonly toMs: number;
  /** Who lived in the area. */
  readonly residents: number;
};

const monthMs = 30 * 86_400_000;
const minuteMs = 60_000;

/** The figures of the alerts opened within the range; drills and tests are none. A P1 nobody answered yet counts as not answered in time. */
export function figuresOf(all: readonly Story[], of: FiguresOf, visits: readonly VisitCase[] = []): Figures {
  const inRange = all.filter(({ alert }) => alert.openedAtMs >= of.fromMs && alert.openedAtMs < of.toMs);
  const stories = inRange.filter(({ alert }) => alert.exercise !== true && alert.type !== 'shiftHandOver');
  const urgent = stories.filter(({ urgentAtMs }) => urgentAtMs !== undefined);
  const forPeople = stories.filter(({ alert }) => alert.severity <= 'P3');
  const months = (of.toMs - of.fromMs) / monthMs;
  return {
    total: stories.length,
    byType: counted(stories, AlertType.options, ({ alert }) => alert.type),
    bySeverity: { ...noSeverity, ...counted(stories, Severity.options, ({ alert }) => alert.severity) },
    p1: answerFigures(urgent),
    arrival: arrivalFigures(urgent),
    medianMs: {
      acknowledge: medianFrom(stories, ({ answeredAtMs }) => answeredAtMs),
      arrive: medianFrom(stories, ({ arrivedAtMs }) => arrivedAtMs),
      // What ended by itself says nothing about people.
      resolve: medianFrom(stories, ({ closedAtMs }) => closedAtMs),
    },
    precision: precisionOf(stories),
    perResidentMonth: of.residents === 0 ? undefined : forPeople.length / of.residents / months,
    load: loadOf(
      forPeople.map(({ alert }) => alert.openedAtMs),
      of,
    ),
    delivery: deliveryOf(stories),
    callBack: callBackOf(urgent),
    visits: visitFigures(visits),
  };
}

const noSeverity = { P1: 0, P2: 0, P3: 0, P4: 0, P5: 0 };

function answerFigures(urgent: readonly Story[]): Figures['p1'] {
  const isLate = (story: Story): boolean => !isWithin(story, story.answeredAtMs, 3 * minuteMs);
  const late = urgent.filter(isLate);
  return {
    count: urgent.length,
    acknowledgedWithin60s: shareOf(urgent, (story) => isWithin(story, story.answeredAtMs, minuteMs)).share,
    acknowledgedWithin180s: shareOf(urgent, (story) => !isLate(story)).share,
    targets: answerTargets,
    unansweredOver180s: late.length,
    unansweredIds: late.map(({ alert }) => alert.id),
  };
}

function arrivalFigures(urgent: readonly Story[]): Figures['arrival'] {
  const visited = urgent.filter(({ setOutAtMs }) => setOutAtMs !== undefined);
  const within = (minutes: number): number | undefined =>
    shareOf(visited, (story) => isWithin(story, story.arrivedAtMs, minutes * minuteMs)).share;
  return {
    ...shareOf(visited, ({ arrivedAtMs }) => arrivedAtMs !== undefined),
    within15min: within(15),
    within30min: within(30),
    within45min: within(45),
    within60min: within(60),
  };
}

function isWithin({ alert, urgentAtMs }: Story, atMs: number | undefined, withinMs: number): boolean {
  return atMs !== undefined && atMs - (urgentAtMs ?? alert.openedAtMs) <= withinMs;
}

function precisionOf(stories: readonly Story[]): Figures['precision'] {
  const judged = stories.filter(({ alert }) => isJudged(alert));
  const byType = Map.groupBy(judged, ({ alert }) => alert.type);
  return Object.fromEntries(
    [...byType].map(([type, some]) => [type, shareOf(some, ({ alert }) => kindOf(alert) === 'real')]),
  );
}

function isJudged(alert: Alert): boolean {
  const kind = kindOf(alert);
  return kind === 'real' || kind === 'false';
}

function kindOf({ outcome = '' }: Alert): string | undefined {
  return Object.hasOwn(outcomeKinds, outcome) ? outcomeKinds[outcome] : undefined;
}

/** Of what is decided: something still being tried, or not sent on purpose, is neither a success nor a failure. */
function deliveryOf(stories: readonly Story[]): Figures['delivery'] {
  const messages = stories.flatMap(({ notifications }) => notifications);
  const decided = messages.filter(({ state }) => state !== 'queued' && state !== 'withheld');
  const byChannel = Map.groupBy(decided, ({ channel }) => channel);
  const known = ChannelKind.options.filter((kind) => byChannel.has(kind));
  return Object.fromEntries(
    known.map((kind) => [kind, shareOf(byChannel.get(kind) ?? [], ({ state }) => state !== 'failed')]),
  );
}

function callBackOf(urgent: readonly Story[]): Figures['callBack'] {
  const over = urgent.filter(({ closedAtMs }) => closedAtMs !== undefined);
  const ratings = over.flatMap(({ alert }) => alert.rating ?? []);
  const sum = ratings.reduce((a, b) => a + b, 0);
  return {
    ...shareOf(over, ({ calledBack }) => calledBack),
    meanRating: ratings.length === 0 ? undefined : sum / ratings.length,
  };
}

function visitFigures(visits: readonly VisitCase[]): Figures['visits'] {
  const { of: due, share } = shareOf(visits, ({ isOnTime }) => isOnTime);
  return { due, onTime: visits.filter(({ isOnTime }) => isOnTime).length, share, target: visitTarget };
}

function shareOf<T>(cases: readonly T[], holds: (one: T) => boolean): Share {
  return { of: cases.length, share: cases.length === 0 ? undefined : cases.filter(holds).length / cases.length };
}

/** Only keys that occur, in their usual order. */
function counted<Key extends string>(stories: readonly Story[], keys: readonly Key[], keyOf: (story: Story) => Key) {
  const groups = Map.groupBy(stories, keyOf);
  const found = keys.filter((key) => groups.has(key)).map((key) => [key, groups.get(key)?.length ?? 0]);
  return Object.fromEntries(found) as Partial<Record<Key, number>>; // what entries come from says what they are
}

function medianFrom(stories: readonly Story[], instantOf: (story: Story) => number | undefined): number | undefined {
  const spans = stories.flatMap((story) => {
    const atMs = instantOf(story);
    return atMs === undefined ? [] : [atMs - (story.urgentAtMs ?? story.alert.openedAtMs)];
  });
  if (spans.length === 0) return undefined;
  spans.sort((a, b) => a - b);
  const middle = spans.length >> 1;
  return spans.length % 2 === 1 ? spans[middle] : (spans[middle - 1]! + spans[middle]!) / 2; // length is 2 or more
}
