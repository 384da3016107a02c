import { answerOf, service } from '../../service/client.ts';
import type { Resident } from '../../service/names.ts';
import type { Answer } from '../../service/types.ts';
import { type Bucket, hourMs } from './buckets.ts';

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
