import type { Reading } from '../../../model/reading.ts';
import { at, home, minuteMs, says } from './home.ts';

const metresPerDegree = 111_195;

/** The band so many metres east and north of home. */
export function fix(atMs: number, eastM: number, northM: number, accuracyM = 8): Reading {
  const lon = home.lon + eastM / (metresPerDegree * Math.cos((home.lat * Math.PI) / 180));
  return says('band-1', atMs, { position: { lat: home.lat + northM / metresPerDegree, lon, accuracyM } });
}

export type Point = readonly [eastM: number, northM: number];
/** A fix a minute along the points, from 600 m east of home. */
export const way = (points: readonly Point[], from = at('10:00')) =>
  points.map(([x, y], i) => fix(from + i * minuteMs, 600 + x, y));
export const times = <T>(count: number, of: (i: number) => T) => Array.from({ length: count }, (_, i) => of(i));

export const pacing = times(24, (i): Point => [[0, 40, 80, 40][i % 4] ?? 0, 0]);
export const lapping = times(28, (i): Point => [50 * Math.cos((i * Math.PI) / 4), 50 * Math.sin((i * Math.PI) / 4)]);
export const random: Point[] = [
  [0, 0], [40, 10], [60, 50], [30, 80], [70, 100], [90, 60], [50, 40], [20, 70], [0, 40], [40, 20], [80, 30], [60, 70],
  [30, 50], [10, 90], [50, 90], [80, 60], [50, 20], [20, 10], [30, 50], [70, 50], [90, 20],
]; // biome-ignore format: a drawing

/** Walks to the market, 900 m north, every day for so many days. */
export const market = (days: number) =>
  times(days, (day) => times(12, (i) => fix(at('09:00', day) + i * minuteMs, 0, 400 + 45 * i))).flat();
