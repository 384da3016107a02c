import { AppError } from '../model/errors.ts';
import type { Mutable } from '../model/mutable.ts';
import type { AggregatePoint } from '../store/contracts.ts';

export const aggregates = ['mean', 'min', 'max', 'count', 'last'] as const;
export type Aggregate = (typeof aggregates)[number];

const longestMs = 31 * 86_400_000;
const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `t` is the start of the bucket, epoch ms. */
export type Bucket = { readonly t: number } & { readonly [A in Aggregate]?: number };

/** Width of a bucket written as `5m`, `1h`, `1d`, in ms; 31 days at most. */
export function bucketMs(text: string): number {
  const [, count, unit] = /^([1-9]\d{0,6})([smhd])$/.exec(text) ?? [];
  const widthMs = unit === undefined ? 0 : Number(count) * unitMs[unit as keyof typeof unitMs]; // one of its letters
  if (widthMs > 0 && widthMs <= longestMs) return widthMs;
  const reason = `must be a number and one of s m h d, from 1s to 31d, as in 5m, got ${text}`;
  throw new AppError('badRequest', 'The bucket is not understood.', [{ path: 'query.bucket', reason }]);
}

/** The answers that were asked for, of every bucket. */
export async function* chosen(
  points: AsyncIterable<AggregatePoint>,
  wanted: readonly Aggregate[],
): AsyncGenerator<Bucket> {
  for await (const point of points) {
    const bucket: Mutable<Bucket> = { t: point.atMs };
    for (const name of wanted) bucket[name] = point[name];
    yield bucket;
  }
}
