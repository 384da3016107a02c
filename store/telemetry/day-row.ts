import type { Metric } from '../../model/reading.ts';
import type { Slice } from './buckets.ts';
import { dayMs, type Grain } from './day.ts';
import { metricCodes } from './fact-codes.ts';
import { dayIn } from './keys.ts';
import { PackedReader, PackedWriter, packedHead } from './packed.ts';
import { isWhole } from './rows.ts';

/*
 * What a day came to, packed. How many readings each slice has, then for each metric
 *   {code and scale}{characters}{its own slices, when they are not those of the readings}{least of the day}{slices}
 * Which slices are there is said by a bit each, seven a character, the last ones first. A slice is its least as a
 * difference to the day's; of two values or more its most as a difference to that; where these differ {last}, and of three
 * values or more {sum}, as differences to what they would be if every value were the least. Scale 0: four doubles.
 */

export type Tallied = { count: number; sum: number; min: number; max: number; last: number };
/** `scale` is a place in `scales`. */
export type MetricDay = { scale: number; readonly slices: (Tallied | undefined)[] };

/** Values times the scale are whole; the first stands for values that no scale makes whole. */
export const scales = [0, 1, 10, 100] as const;
const asDoubles = 0;
const maskBits = 7;
/** Every metric with 288 slices in doubles. */
const writer = new PackedWriter(262_144);
const reader = new PackedReader();

/** Can a value be kept with this scale? Near enough: a decimal fraction times its scale is off by the last digit of a double. */
export function isScaledWhole(value: number, scale: number): boolean {
  if (scale === asDoubles) return true;
  const scaled = value * scales[scale]!; // a place in the list
  return Math.abs(scaled - Math.round(scaled)) < 1e-9 && Math.abs(scaled) < 1e12;
}

export function encodeDay(
  key: string,
  readings: readonly number[],
  metrics: readonly (readonly [Metric, MetricDay])[],
): string {
  const packed = metrics.map(([name, day]) => ({ name, scale: day.scale, slices: packedMetric(day, readings) }));
  writer.begin();
  writeCounts(readings);
  for (const { name, scale, slices } of packed) {
    writer.uint(metricCodes[name] * scales.length + scale);
    writer.ascii(slices);
  }
  return writer.sealed(key);
}

function packedMetric({ scale, slices }: MetricDay, readings: readonly number[]): string {
  const counts = slices.map((slice) => slice?.count ?? 0);
  const asReadings = counts.every((count, slice) => count === readings[slice]);
  writer.begin();
  writer.bits7(asReadings ? 1 : 0);
  if (!asReadings) writeCounts(counts);
  const there = slices.filter((slice) => slice !== undefined);
  if (scale === asDoubles)
    for (const { min, max, last, sum } of there) for (const value of [min, max, last, sum]) writer.double(value);
  else writeScaled(there, scales[scale]!); // a place in the list
  return writer.body();
}

function writeCounts(counts: readonly number[]): void {
  for (let group = Math.ceil(counts.length / maskBits) - 1; group >= 0; group -= 1) {
    let bits = 0;
    for (let bit = 0; bit < maskBits; bit += 1) if ((counts[group * maskBits + bit] ?? 0) !== 0) bits |= 1 << bit;
    writer.bits7(bits);
  }
  for (const count of counts) if (count !== 0) writer.uint(count);
}

function writeScaled(slices: readonly Readonly<Tallied>[], scale: number): void {
  const leastOfDay = Math.round(
    slices.reduce((least, { min }) => Math.min(least, min), Number.POSITIVE_INFINITY) * scale,
  );
  writer.int(leastOfDay);
  for (const { count, min, max, last, sum } of slices) {
    const least = Math.round(min * scale);
    const spread = Math.round(max * scale) - least;
    writer.uint(least - leastOfDay);
    if (count === 1) continue;
    writer.uint(spread);
    if (spread === 0) continue;
    writer.uint(Math.round(last * scale) - least);
    if (count > 2) writer.uint(Math.round(sum * scale) - count * least);
  }
}

/** The slices of one metric in a row's value that is whole; empty when the day has none. */
export function slicesIn(value: string, metric: Metric, dayStartMs: number, grain: Grain): Slice[] {
  reader.begin(value, packedHead);
  const readings = readCounts(grain);
  while (!reader.ended) {
    const codeAndScale = reader.uint();
    const length = reader.uint();
    if (Math.floor(codeAndScale / scales.length) === metricCodes[metric]) {
      const counts = reader.bits7() === 1 ? readings : readCounts(grain);
      return readSlices(counts, scales[codeAndScale % scales.length]!, dayStartMs, grain); // a place in the list
    }
    reader.skip(length);
  }
  return [];
}

/** How many each slice has. */
function readCounts({ slices }: Grain): number[] {
  const counts = new Array<number>(slices).fill(0);
  for (let group = Math.ceil(slices / maskBits) - 1; group >= 0; group -= 1) {
    const bits = reader.bits7();
    for (let bit = 0; bit < maskBits; bit += 1) if ((bits & (1 << bit)) !== 0) counts[group * maskBits + bit] = 1;
  }
  for (let slice = 0; slice < slices; slice += 1) if (counts[slice] !== 0) counts[slice] = reader.uint();
  return counts;
}

function readSlices(counts: readonly number[], scale: number, dayStartMs: number, { sliceMs }: Grain): Slice[] {
  const leastOfDay = scale === 0 ? 0 : reader.int();
  const found: Slice[] = [];
  for (let slice = 0; slice < counts.length; slice += 1) {
    const count = counts[slice]!; // below the length
    if (count === 0) continue;
    const atMs = dayStartMs + slice * sliceMs;
    found.push(scale === 0 ? readDoubles(atMs, count) : readScaled(atMs, count, scale, leastOfDay));
  }
  return found;
}

function readDoubles(atMs: number, count: number): Slice {
  const [min, max, last, sum] = [reader.double(), reader.double(), reader.double(), reader.double()];
  return { atMs, count, min, max, last, sum };
}

function readScaled(atMs: number, count: number, scale: number, leastOfDay: number): Slice {
  const least = leastOfDay + reader.uint();
  const spread = count === 1 ? 0 : reader.uint();
  const last = spread === 0 ? 0 : reader.uint();
  const above = spread === 0 || count === 2 ? spread : reader.uint();
  return {
    atMs,
    count,
    min: least / scale,
    max: (least + spread) / scale,
    last: (least + last) / scale,
    sum: (above + count * least) / scale,
  };
}

/** How many readings a day has, and when the newest was taken. */
export type DayCount = { readonly readings: number; readonly newestMs: number };

export function encodeDayCount(key: string, { readings, newestMs }: DayCount): string {
  writer.begin();
  writer.uint(readings);
  writer.uint(newestMs % dayMs);
  return writer.sealed(key);
}

/** Undefined when it is damaged. */
export function decodeDayCount(key: string, value: string): DayCount | undefined {
  if (!isWhole(key, value)) return undefined;
  reader.begin(value, packedHead);
  return { readings: reader.uint(), newestMs: dayIn(key) * dayMs + reader.uint() };
}
