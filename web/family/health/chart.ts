import type { Bucket } from './buckets.ts';

/** Where everything of a chart lies, in its own units. */
export const size = { width: 360, height: 150, left: 34, right: 6, top: 8, bottom: 20 } as const;

/** Of the largest value: half a degree or two per cent of oxygen must not look like a mountain. */
const leastSpan = 0.08;

export type Scale = { x(ms: number): number; y(value: number): number; readonly ticks: readonly number[] };

/** A scale over a stretch of time that holds every value, with round numbers at its lines. Pure. */
export function scaleOf(values: readonly number[], fromMs: number, toMs: number): Scale {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const span = Math.max(most - least, Math.abs(most) * leastSpan, 1);
  const step = roundStep(span / 3);
  const high = Math.ceil(most / step) * step;
  const bottom = Math.floor(Math.min(least, high - span) / step) * step;
  const { width, height, left, right, top: above, bottom: below } = size;
  return {
    x: (ms) => left + ((ms - fromMs) / (toMs - fromMs)) * (width - left - right),
    y: (value) => height - below - ((value - bottom) / (high - bottom)) * (height - above - below),
    ticks: Array.from({ length: Math.round((high - bottom) / step) + 1 }, (_, i) => bottom + i * step),
  };
}

/** 1, 2 or 5 times a power of ten, not below `least`. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((times) => times * power).find((step) => step >= least) ?? 10 * power;
}

/** Runs of buckets that follow each other: a night without the band is no line. */
export function runsOf(buckets: readonly Bucket[], widthMs: number): readonly (readonly Bucket[])[] {
  const runs: Bucket[][] = [];
  for (const bucket of buckets) {
    const last = runs.at(-1);
    const before = last?.at(-1);
    if (last && before && bucket.ms - before.ms <= 2.5 * widthMs) last.push(bucket);
    else runs.push([bucket]);
  }
  return runs;
}

/** `M … L …` through places. */
export function pathThrough(places: readonly (readonly [x: number, y: number])[]): string {
  return places.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');
}
