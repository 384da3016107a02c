export const hourMs = 3_600_000;

/** What was measured in a stretch of time that begins at `ms`. */
export type Bucket = {
  readonly ms: number;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  readonly count: number;
};

/** Wider buckets of narrow ones, from `fromMs` on. Pure. */
export function widened(buckets: readonly Bucket[], fromMs: number, widthMs: number): readonly Bucket[] {
  const within = buckets.filter(({ ms }) => ms >= fromMs - hourMs);
  const groups = Map.groupBy(within, ({ ms }) => Math.floor((ms - fromMs) / widthMs));
  return [...groups].map(([nth, group]) => {
    const count = group.reduce((sum, one) => sum + one.count, 0);
    return {
      ms: fromMs + nth * widthMs,
      mean: group.reduce((sum, one) => sum + one.mean * one.count, 0) / count,
      min: Math.min(...group.map(({ min }) => min)),
      max: Math.max(...group.map(({ max }) => max)),
      count,
    };
  });
}

/** A cuff is put on twice a day, a band is always there. */
const hoursToKnow = { often: 24, seldom: 10 } as const;
/** Between which values four fifths of her hours lie, over the last 30 days; undefined before enough is known. Pure. */
export function usualOf(
  buckets: readonly Bucket[],
  measured: keyof typeof hoursToKnow,
): readonly [low: number, high: number] | undefined {
  if (buckets.length < hoursToKnow[measured]) return undefined;
  const means = buckets.map(({ mean }) => mean).toSorted((a, b) => a - b);
  const at = (share: number) => means[Math.round(share * (means.length - 1))] ?? 0;
  return [at(0.1), at(0.9)];
}
