import { answerOf, service } from '../../service/client.ts';
import type { Resident } from '../../service/names.ts';
import type { Answer } from '../../service/types.ts';

/** What was measured in a stretch of time that begins at `ms`. */
export type Bucket = {
  readonly ms: number;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  readonly count: number;
};
export const vitals = ['heartRateBpm', 'bloodPressure', 'spo2Pct', 'temperatureC', 'respirationPerMin'] as const;
export type Vital = (typeof vitals)[number];
type Metric = keyof NonNullable<NonNullable<Resident['vitals']>['limits']>;

/** Blood pressure is two numbers, the higher first. */
export const metricsOf: Readonly<Record<Vital, readonly Metric[]>> = {
  heartRateBpm: ['heartRateBpm'],
  bloodPressure: ['systolicMmHg', 'diastolicMmHg'],
  spo2Pct: ['spo2Pct'],
  temperatureC: ['temperatureC'],
  respirationPerMin: ['respirationPerMin'],
};

export const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
export const periods = {
  day: { lengthMs: dayMs, bucketMs: hourMs },
  week: { lengthMs: 7 * dayMs, bucketMs: 6 * hourMs },
  month: { lengthMs: 30 * dayMs, bucketMs: dayMs },
} as const;
export type Period = keyof typeof periods;

/** Each number of a vital over the last 30 days, hour by hour, oldest first. Throws `Refused`. */
export async function readVital(id: string, vital: Vital, nowMs: number): Promise<readonly (readonly Bucket[])[]> {
  return Promise.all(metricsOf[vital].map((metric) => ask(id, metric, nowMs, '1h')));
}

/** Steps of each day; a band counts from midnight on. Throws `Refused`. */
export function readSteps(id: string, nowMs: number): Promise<readonly Bucket[]> {
  return ask(id, 'steps', nowMs, '1d');
}

async function ask(
  id: string,
  metric: Metric | 'steps',
  nowMs: number,
  bucket: '1h' | '1d',
): Promise<readonly Bucket[]> {
  const from = new Date(nowMs - periods.month.lengthMs).toISOString();
  const query = { metric, from, to: new Date(nowMs + 60_000).toISOString(), bucket };
  const path = { id };
  const { items } = await answerOf(service.GET('/api/v1/residents/{id}/readings', { params: { path, query } }));
  return items.flatMap(bucketOf);
}

function bucketOf(item: Answer<'getResidentsIdReadings'>['items'][number]): Bucket[] {
  if (!('mean' in item)) return [];
  const { t, mean, min, max, count } = item;
  if (mean === undefined || min === undefined || max === undefined || count === undefined) return [];
  return [{ ms: Date.parse(t), mean, min, max, count }];
}

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
