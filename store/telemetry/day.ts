import type { Facts, Metric } from '../../model/reading.ts';
import type { Slice } from './buckets.ts';
import { metricCodes } from './fact-codes.ts';
import { PackedReader, PackedWriter, packedHead } from './packed.ts';

/*
 * What a day came to, packed. How many readings each hour has, then for each metric
 *   {code and scale}{characters}{its own hours, when they are not those of the readings}{least of the day}{hours}
 * An hour is its least as a difference to the day's, and most as a difference to that; where these differ also {last} and
 * {sum}, as differences to what they would be if every value were the least. Scale 0: four doubles.
 */

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;
const hoursInDay = 24;

export function dayOf(atMs: number): number {
  return Math.floor(atMs / dayMs);
}

type Hour = { count: number; sum: number; min: number; max: number; last: number };
/** `scale` is a place in `scales`. */
type MetricDay = { scale: number; readonly hours: (Hour | undefined)[] };

/** Values times the scale are whole; the first stands for values that no scale makes whole. */
const scales = [0, 1, 10, 100] as const;
const asDoubles = 0;
const metricNames = Object.keys(metricCodes) as Metric[]; // its own keys
/** Every metric with twenty-four hours in doubles. */
const writer = new PackedWriter(32_768);
const reader = new PackedReader();

/** Adds up the readings of one day, in order of time. */
export class DayTally {
  readonly #metrics = new Map<Metric, MetricDay>();
  readonly #counts = new Array<number>(hoursInDay).fill(0);
  readings = 0;
  newestMs = 0;

  add(takenAtMs: number, facts: Facts): void {
    this.readings += 1;
    this.newestMs = takenAtMs;
    const hour = Math.floor((takenAtMs % dayMs) / hourMs);
    this.#counts[hour] = this.#counts[hour]! + 1; // below 24
    for (const name of metricNames) {
      const fact = facts[name];
      if (fact !== undefined) this.#addValue(name, hour, Number(fact));
    }
  }

  /** The value of the day's row. */
  sealed(key: string): string {
    const days = [...this.#metrics].map(([name, day]) => ({ name, day, hours: packedDay(day, this.#counts) }));
    writer.begin();
    writeCounts(this.#counts);
    for (const { name, day, hours } of days) {
      writer.uint(metricCodes[name] * scales.length + day.scale);
      writer.ascii(hours);
    }
    return writer.sealed(key);
  }

  #addValue(name: Metric, hour: number, value: number): void {
    let day = this.#metrics.get(name);
    if (day === undefined) {
      day = { scale: 1, hours: [] };
      this.#metrics.set(name, day);
    }
    while (day.scale !== asDoubles && !isWhole(value * scales[day.scale]!)) day.scale = (day.scale + 1) % scales.length; // a place in the list
    const open = day.hours[hour];
    if (open === undefined) day.hours[hour] = { count: 1, sum: value, min: value, max: value, last: value };
    else addTo(open, value);
  }
}

function addTo(hour: Hour, value: number): void {
  hour.count += 1;
  hour.sum += value;
  hour.min = Math.min(hour.min, value);
  hour.max = Math.max(hour.max, value);
  hour.last = value;
}

/** Near enough: a decimal fraction times its scale is off by the last digit of a double. */
function isWhole(scaled: number): boolean {
  return Math.abs(scaled - Math.round(scaled)) < 1e-9 && Math.abs(scaled) < 1e12;
}

function writeCounts(counts: readonly number[]): void {
  writer.bits28(counts.reduce((mask, count, hour) => (count === 0 ? mask : mask | (1 << hour)), 0));
  for (const count of counts) if (count !== 0) writer.uint(count);
}

function packedDay({ scale, hours }: MetricDay, readings: readonly number[]): string {
  const counts = readings.map((_, hour) => hours[hour]?.count ?? 0);
  const asReadings = counts.every((count, hour) => count === readings[hour]);
  writer.begin();
  writer.bits7(asReadings ? 1 : 0);
  if (!asReadings) writeCounts(counts);
  const there = hours.filter((hour) => hour !== undefined);
  if (scale === asDoubles)
    for (const { min, max, last, sum } of there) for (const value of [min, max, last, sum]) writer.double(value);
  else writeScaled(there, scales[scale]!); // a place in the list
  return writer.body();
}

function writeScaled(hours: readonly Hour[], scale: number): void {
  const leastOfDay = Math.round(Math.min(...hours.map(({ min }) => min)) * scale);
  writer.int(leastOfDay);
  for (const { count, min, max, last, sum } of hours) {
    const least = Math.round(min * scale);
    const spread = Math.round(max * scale) - least;
    writer.uint(least - leastOfDay);
    writer.uint(spread);
    if (spread === 0) continue;
    writer.uint(Math.round(last * scale) - least);
    writer.uint(Math.round(sum * scale) - count * least);
  }
}

type Count = { readonly hour: number; readonly count: number };

/** The hours of one metric in a row's value that is whole; empty when the day has none. */
export function hoursIn(value: string, metric: Metric, dayStartMs: number): Slice[] {
  reader.begin(value, packedHead);
  const readings = readCounts();
  while (!reader.ended) {
    const codeAndScale = reader.uint();
    const length = reader.uint();
    if (Math.floor(codeAndScale / scales.length) === metricCodes[metric]) {
      const counts = reader.bits7() === 1 ? readings : readCounts();
      return readHours(counts, scales[codeAndScale % scales.length]!, dayStartMs); // a place in the list
    }
    reader.skip(length);
  }
  return [];
}

function readCounts(): Count[] {
  const mask = reader.bits28();
  const hours = Array.from({ length: hoursInDay }, (_, hour) => hour).filter((hour) => (mask & (1 << hour)) !== 0);
  return hours.map((hour) => ({ hour, count: reader.uint() }));
}

function readHours(counts: readonly Count[], scale: number, dayStartMs: number): Slice[] {
  const leastOfDay = scale === 0 ? 0 : reader.int();
  return counts.map(({ hour, count }) => {
    const atMs = dayStartMs + hour * hourMs;
    if (scale !== 0) return readScaled(atMs, count, scale, leastOfDay);
    const [min, max, last, sum] = [reader.double(), reader.double(), reader.double(), reader.double()];
    return { atMs, count, min, max, last, sum };
  });
}

function readScaled(atMs: number, count: number, scale: number, leastOfDay: number): Slice {
  const least = leastOfDay + reader.uint();
  const spread = reader.uint();
  const last = spread === 0 ? 0 : reader.uint();
  const above = spread === 0 ? 0 : reader.uint();
  return {
    atMs,
    count,
    min: least / scale,
    max: (least + spread) / scale,
    last: (least + last) / scale,
    sum: (above + count * least) / scale,
  };
}
