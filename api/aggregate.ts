import { AppError } from '../model/errors.ts';
import type { MetricPoint } from '../store/contracts.ts';

export const aggregates = ['mean', 'min', 'max', 'count', 'last'] as const;
export type Aggregate = (typeof aggregates)[number];

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

export type Bucket = { readonly t: number } & { readonly [A in Aggregate]?: number };

/** Width of a bucket written as `5m`, `1h`, `1d`, in ms. */
export function bucketMs(text: string): number {
  const [, count, unit] = /^([1-9]\d{0,4})([smhd])$/.exec(text) ?? [];
  if (count !== undefined && unit !== undefined) return Number(count) * unitMs[unit as keyof typeof unitMs];
  const reason = `must be a number and one of s m h d, as in 5m, got ${text}`;
  throw new AppError('badRequest', 'The bucket is not understood.', [{ path: 'query.bucket', reason }]);
}

type Sum = { startMs: number; sum: number; min: number; max: number; count: number; last: number };

/**
 * Points in order of time, put into buckets whose starts are whole in local time: a day starts at midnight where the
 * people are. Buckets without a point are left out. `t` is the start of a bucket, epoch ms.
 */
export async function* inBuckets(
  points: AsyncIterable<MetricPoint>,
  widthMs: number,
  wanted: readonly Aggregate[],
  timeZone: string,
): AsyncGenerator<Bucket> {
  const offsetMs = offsets(timeZone);
  let open: Sum | undefined;
  for await (const { atMs, value } of points) {
    const shiftMs = offsetMs(atMs);
    const startMs = Math.floor((atMs + shiftMs) / widthMs) * widthMs - shiftMs;
    if (open !== undefined && open.startMs !== startMs) yield told(open, wanted);
    if (open === undefined || open.startMs !== startMs) open = emptyAt(startMs);
    add(open, value);
  }
  if (open !== undefined) yield told(open, wanted);
}

function emptyAt(startMs: number): Sum {
  return { startMs, sum: 0, min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY, count: 0, last: 0 };
}

function add(bucket: Sum, value: number): void {
  bucket.sum += value;
  bucket.count += 1;
  bucket.min = Math.min(bucket.min, value);
  bucket.max = Math.max(bucket.max, value);
  bucket.last = value;
}

function told({ startMs, sum, count, ...rest }: Sum, wanted: readonly Aggregate[]): Bucket {
  const all = { ...rest, count, mean: sum / count };
  return { t: startMs, ...Object.fromEntries(wanted.map((name) => [name, all[name]])) };
}

/** How far local time is ahead of UTC, in ms; asked of the calendar once for each hour. */
function offsets(timeZone: string): (atMs: number) => number {
  const calendar = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  let hour = Number.NaN;
  let offsetMs = 0;
  return (atMs) => {
    if (Math.floor(atMs / unitMs.h) !== hour) {
      hour = Math.floor(atMs / unitMs.h);
      offsetMs = offsetOf(calendar, atMs);
    }
    return offsetMs;
  };
}

function offsetOf(calendar: Intl.DateTimeFormat, atMs: number): number {
  const name = calendar.formatToParts(atMs).find((part) => part.type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  const sizeMs = Number(hours ?? 0) * unitMs.h + Number(minutes ?? 0) * unitMs.m;
  return sign === '-' ? -sizeMs : sizeMs;
}
