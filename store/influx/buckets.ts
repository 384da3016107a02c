import type { AggregatePoint, Bucketing, TimeRange } from '../contracts.ts';
import { Buckets, type Slice } from '../telemetry/buckets.ts';
import { calendarOf } from '../telemetry/calendar.ts';
import { bounded } from './influxql.ts';

const weekMs = 7 * 86_400_000;
const monthMs = 31 * 86_400_000;

/**
 * The longest slices, counted from 1970 in UTC, of which every bucket in the range is made: they divide the bucket and
 * every offset the time zone has in that time. So the server need not know time zones (not all do), nor agree with us on
 * what happens when the clocks change.
 */
export function sliceMs({ everyMs, timeZone }: Bucketing, range: TimeRange): number {
  return offsetsIn(range, timeZone).reduce(greatestCommonDivisor, everyMs);
}

/** Slices in order of time, joined to buckets. */
export async function* joined(slices: AsyncIterable<Slice>, bucketing: Bucketing): AsyncGenerator<AggregatePoint> {
  const buckets = new Buckets(bucketing);
  for await (const slice of slices) {
    buckets.addSlice(slice);
    yield* buckets.full();
  }
  yield* buckets.end();
}

/** Every offset that holds at some time of the range, give or take a month (a bucket may begin that long before). */
function offsetsIn({ fromMs, toMs }: TimeRange, timeZone: string): number[] {
  const calendar = calendarOf(timeZone);
  const endMs = bounded(toMs) + monthMs;
  const found = new Set<number>();
  // No country keeps an offset for less than four weeks.
  for (let atMs = bounded(fromMs) - monthMs; atMs < endMs; atMs += weekMs) {
    found.add(Math.abs(calendar.at(atMs).aheadMs));
  }
  return [...found];
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
