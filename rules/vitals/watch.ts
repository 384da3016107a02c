import { amber, type Level, red, scoring } from './news2.ts';
import { oxygenOf, wristAmberHoldsMs, wristWindowMs } from './oxygen.ts';

/**
 * One vital that is not quite as usual: its last values and how long it has been so. Kept only while something is; a vital
 * whose window is all usual has none.
 */
export type Watch = {
  readonly deviceId: string;
  /** Measured when somebody sits down to it (cuff, thermometer), not by itself. */
  readonly spot: boolean;
  /** Oxygen at the wrist. */
  readonly wrist?: true;
  /** Flat `[takenAtMs, value]`, oldest first. */
  readonly window: readonly number[];
  /** Of the window; of oxygen at the wrist what `oxygen.ts` makes of it. */
  readonly median: number;
  readonly level: Level;
  /** Of the newest value alone: the median of what is over already still lags behind. */
  readonly newest: Level;
  /** Flat `[sinceMs, times]` of being at `scoring`, `amber` and `red` or worse without a break; times 0: it is not. */
  readonly runs: readonly number[];
  /** A red value at the cuff waits for its repetition until then. */
  readonly repeatByMs?: number;
};

/** One value as it came. */
export type Sample = {
  readonly deviceId: string;
  readonly spot: boolean;
  readonly wrist: boolean;
  readonly atMs: number;
  readonly value: number;
};

const minuteMs = 60_000;
const windowMs = 10 * minuteMs;
const windowValues = 5;
/** Two values at the cuff belong together when they are so close. */
export const sessionMs = 30 * minuteMs;
const spotValues = 2;
/** Without a word for so long a run is broken: a band, and a cuff that is used once a day. */
const bandGapMs = 2 * 60 * minuteMs;
const spotGapMs = 48 * 60 * minuteMs;
/** Red: two windows, 10 min. Amber: three windows, 30 min. */
const redHoldsMs = 10 * minuteMs;
const amberHoldsMs = 30 * minuteMs;
/** A minute of rest between two values at the cuff, as people do who are told two. */
const restMs = minuteMs;
const noRuns: readonly number[] = [0, 0, 0, 0, 0, 0];

/** The window with one more value; undefined when the value is older than what it holds. */
export function windowAfter(
  watch: Watch | undefined,
  { spot, wrist, atMs, value }: Sample,
): readonly number[] | undefined {
  const before = watch?.window ?? [];
  if ((before.at(-2) ?? Number.NEGATIVE_INFINITY) >= atMs) return undefined;
  const [keptMs, most] = spot ? [sessionMs, spotValues] : [wrist ? wristWindowMs : windowMs, windowValues];
  const kept = before.filter((_, at) => atMs - (before[at - (at % 2)] ?? 0) <= keptMs);
  return [...kept, atMs, value].slice(-2 * most);
}

/** What a window comes to; undefined while that cannot be said. */
export function worthOf(window: readonly number[], wrist: boolean): number | undefined {
  const values = window.filter((_, at) => at % 2 === 1);
  return wrist ? oxygenOf(values) : medianOf(values);
}

/** The middle value, the mean of the two in the middle when they are even. */
function medianOf(unsorted: readonly number[]): number {
  const values = unsorted.toSorted((a, b) => a - b);
  const middle = values.length >> 1;
  const upper = values[middle] ?? Number.NaN;
  return values.length % 2 === 1 ? upper : ((values[middle - 1] ?? upper) + upper) / 2;
}

/** What a window comes to (`median`) and how grave that is; and of its newest value. */
export type Levels = { readonly median: number; readonly level: Level; readonly newest: Level };

/** The watch after a value; `window` has it already. */
export function watchAfter(was: Watch | undefined, sample: Sample, window: readonly number[], levels: Levels): Watch {
  const { deviceId, spot, wrist, atMs } = sample;
  const { median, level, newest } = levels;
  const gapMs = was === undefined ? 0 : atMs - (was.window.at(-2) ?? atMs);
  const isBroken = gapMs > (spot ? spotGapMs : bandGapMs);
  const runs = isBroken ? noRuns : (was?.runs ?? noRuns);
  const isNewSession = spot && gapMs > sessionMs;
  // At the wrist all values of a window but one are as bad as it, so it has been so since the first.
  const fresh = wrist ? ([window[0] ?? atMs, window.length / 2] as const) : ([atMs, 1] as const);
  const after = ([scoring, amber, red] as const).flatMap((at) =>
    runAfter(runs, at, { spot, atMs, level, isNewSession, fresh }),
  );
  return { deviceId, spot, ...(wrist && { wrist }), window, median, level, newest, runs: after };
}

type Step = {
  readonly spot: boolean;
  readonly atMs: number;
  readonly level: Level;
  readonly isNewSession: boolean;
  /** How a run begins. */
  readonly fresh: readonly [sinceMs: number, times: number];
};

/** Amber at the cuff counts sessions; everything else counts values, and at the cuff only those of one session. */
function runAfter(runs: readonly number[], at: 1 | 2 | 3, step: Step): number[] {
  const { spot, atMs, level, isNewSession, fresh } = step;
  const [sinceMs = 0, times = 0] = runs.slice(2 * at - 2, 2 * at);
  if (level < at) return [0, 0];
  if (times === 0) return [...fresh];
  if (spot && at === amber) return [sinceMs, isNewSession ? times + 1 : times];
  return isNewSession ? [atMs, 1] : [sinceMs, Math.min(times + 1, 99)];
}

/** Since when the vital has been at `at` or worse, and how often; undefined when it is not. */
export function runOf(watch: Watch, at: 1 | 2 | 3): { readonly sinceMs: number; readonly times: number } | undefined {
  const [sinceMs = 0, times = 0] = watch.runs.slice(2 * at - 2, 2 * at);
  return times === 0 ? undefined : { sinceMs, times };
}

/** Has it lasted long enough to be said? */
export function isSettled(watch: Watch, at: 1 | 2 | 3): boolean {
  const run = runOf(watch, at);
  if (run === undefined || (!watch.spot && watch.newest < at)) return false;
  const lastedMs = (watch.window.at(-2) ?? run.sinceMs) - run.sinceMs;
  if (watch.spot) return at === amber ? run.times >= 3 : run.times >= 2 && lastedMs >= restMs;
  const holdsMs = watch.wrist ? wristAmberHoldsMs : amberHoldsMs;
  return at === amber ? run.times >= 3 && lastedMs >= holdsMs : run.times >= 2 && lastedMs >= redHoldsMs;
}
