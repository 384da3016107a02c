import type { Facts, Metric } from '../../model/reading.ts';
import type { Slice } from './buckets.ts';
import { metricCodes } from './fact-codes.ts';
import { PackedReader, PackedWriter, packedHead } from './packed.ts';

/*
 * What a day came to: for each metric its hours, packed:
 *   {metric's code}{scale}{characters}{hours}, and so on
 * An hour is {hour}{count}{least}, and when it has more than one value {most}{last}{sum}, each as the difference to what
 * it would be if every value were the least. Scale 0: values are doubles.
 */

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

export function dayOf(atMs: number): number {
  return Math.floor(atMs / dayMs);
}

type Hour = { count: number; sum: number; min: number; max: number; last: number };
type MetricDay = { scale: number; readonly hours: (Hour | undefined)[] };

const maxScale = 100;
const inDoubles = 0;
const metricNames = Object.keys(metricCodes) as Metric[]; // its own keys
/** Every metric with twenty-four hours in doubles. */
const writer = new PackedWriter(32_768);
const reader = new PackedReader();

/** Adds up the readings of one day, in order of time. */
export class DayTally {
  readonly #metrics = new Map<Metric, MetricDay>();
  readings = 0;

  add(takenAtMs: number, facts: Facts): void {
    this.readings += 1;
    const hour = Math.floor((takenAtMs % dayMs) / hourMs);
    for (const name of metricNames) {
      const fact = facts[name];
      if (fact !== undefined) this.#addValue(name, hour, Number(fact));
    }
  }

  /** The value of the day's row. */
  sealed(key: string): string {
    const days = [...this.#metrics].map(([name, day]) => ({ name, scale: day.scale, hours: packedHours(day) }));
    writer.begin();
    for (const { name, scale, hours } of days) {
      writer.uint(metricCodes[name]);
      writer.uint(scale);
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
    while (day.scale !== inDoubles && !isWhole(value * day.scale))
      day.scale = day.scale < maxScale ? day.scale * 10 : inDoubles;
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

function packedHours({ scale, hours }: MetricDay): string {
  writer.begin();
  hours.forEach((hour, index) => {
    if (hour === undefined) return;
    writer.bits7(index);
    writer.uint(hour.count);
    if (scale === inDoubles) for (const value of [hour.min, hour.max, hour.last, hour.sum]) writer.double(value);
    else writeScaled(hour, scale);
  });
  return writer.body();
}

function writeScaled({ count, min, max, last, sum }: Hour, scale: number): void {
  const least = Math.round(min * scale);
  writer.int(least);
  if (count === 1) return;
  writer.uint(Math.round(max * scale) - least);
  writer.uint(Math.round(last * scale) - least);
  writer.uint(Math.round(sum * scale) - count * least);
}

/** The hours of one metric in a row's value that is whole; empty when the day has none. */
export function hoursIn(value: string, metric: Metric, dayStartMs: number): Slice[] {
  reader.begin(value, packedHead);
  while (!reader.ended) {
    const code = reader.uint();
    const scale = reader.uint();
    const length = reader.uint();
    if (code === metricCodes[metric]) return readHours(reader.at + length, scale, dayStartMs);
    reader.skip(length);
  }
  return [];
}

function readHours(endsAt: number, scale: number, dayStartMs: number): Slice[] {
  const slices: Slice[] = [];
  while (reader.at < endsAt) {
    const atMs = dayStartMs + reader.bits7() * hourMs;
    const count = reader.uint();
    if (scale === inDoubles) {
      const [min, max, last, sum] = [reader.double(), reader.double(), reader.double(), reader.double()];
      slices.push({ atMs, count, min, max, last, sum });
    } else slices.push(readScaled(atMs, count, scale));
  }
  return slices;
}

function readScaled(atMs: number, count: number, scale: number): Slice {
  const least = reader.int();
  const min = least / scale;
  if (count === 1) return { atMs, count, min, max: min, last: min, sum: min };
  const max = (least + reader.uint()) / scale;
  const last = (least + reader.uint()) / scale;
  return { atMs, count, min, max, last, sum: (reader.uint() + count * least) / scale };
}
