import type { Metric, Reading } from '../../../model/reading.ts';
import type { AggregatePoint, Bucketing, TimeRange } from '../../../store/contracts.ts';

/** What a history should answer, by counting one by one with nothing but the calendar. */
export function expected(
  readings: readonly Reading[],
  metric: Metric,
  { fromMs, toMs }: TimeRange,
  { everyMs, timeZone }: Bucketing,
): AggregatePoint[] {
  const inRange = readings.filter(({ takenAtMs }) => takenAtMs >= fromMs && takenAtMs < toMs);
  const byBucket = Map.groupBy(inRange, ({ takenAtMs }) => startOf(takenAtMs, everyMs, timeZone));
  return [...byBucket].toSorted(([a], [b]) => a - b).map(([atMs, all]) => ({ atMs, ...summary(all, metric) }));
}

function summary(readings: readonly Reading[], metric: Metric): Omit<AggregatePoint, 'atMs'> {
  const values = readings.toSorted((a, b) => a.takenAtMs - b.takenAtMs).map(({ facts }) => Number(facts[metric]));
  const sum = values.reduce((total, value) => total + value, 0);
  const count = values.length;
  return { mean: sum / count, min: Math.min(...values), max: Math.max(...values), count, last: values.at(-1)! }; // grouped: never empty
}

/** Whole on the wall clock; when the clocks changed inside the bucket, it began at what the clock showed then. */
function startOf(atMs: number, everyMs: number, timeZone: string): number {
  const aheadMs = wallClock(atMs, timeZone) - atMs;
  const startMs = Math.floor((atMs + aheadMs) / everyMs) * everyMs - aheadMs;
  const aheadThenMs = wallClock(startMs, timeZone) - startMs;
  const changeMs = aheadMs - aheadThenMs;
  return Math.abs(changeMs) < everyMs ? startMs + changeMs : startMs;
}

/** What a clock on the wall shows, as if it were UTC. */
function wallClock(atMs: number, timeZone: string): number {
  const text = new Date(Math.floor(atMs / 1000) * 1000).toLocaleString('sv-SE', { timeZone });
  return Date.parse(`${text.replace(' ', 'T')}Z`) + (((atMs % 1000) + 1000) % 1000);
}

/** Moments and values that look random and are the same in each run. */
export function scattered(
  seed: number,
  fromMs: number,
  forMs: number,
  count: number,
): (readonly [atMs: number, value: number])[] {
  let state = seed * 2_654_435_761;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return Array.from({ length: count }, () => [
    fromMs + Math.floor(next() * forMs),
    50 + Math.floor(next() * 1000) / 10,
  ]);
}
