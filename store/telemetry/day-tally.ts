import type { Facts, Metric } from '../../model/reading.ts';
import { dayMs, fiveMinutes, type Grain } from './day.ts';
import { encodeDay, isScaledWhole, type MetricDay, scales, type Tallied } from './day-row.ts';
import { metricCodes } from './fact-codes.ts';

const metricNames = Object.keys(metricCodes) as Metric[]; // its own keys

/** Adds up the readings of one day, in order of time, in five-minute slices; hours are made of those. */
export class DayTally {
  readonly #metrics = new Map<Metric, MetricDay>();
  readonly #counts = new Array<number>(fiveMinutes.slices).fill(0);
  readings = 0;
  newestMs = 0;

  add(takenAtMs: number, facts: Facts): void {
    this.readings += 1;
    this.newestMs = takenAtMs;
    const slice = Math.floor((takenAtMs % dayMs) / fiveMinutes.sliceMs);
    this.#counts[slice] = this.#counts[slice]! + 1; // a place in the day
    for (const name of metricNames) {
      const fact = facts[name];
      if (fact !== undefined) this.#addValue(name, slice, Number(fact));
    }
  }

  /** The value of the day's row of this grain. */
  sealed(key: string, grain: Grain): string {
    const each = fiveMinutes.slices / grain.slices;
    const counts = folded(this.#counts, each, (some) => some.reduce((sum, count) => sum + count, 0));
    const metrics = [...this.#metrics].map(([name, { scale, slices }]) => {
      return [name, { scale, slices: folded(slices, each, joined) }] as const;
    });
    return encodeDay(key, counts, metrics);
  }

  #addValue(name: Metric, slice: number, value: number): void {
    let day = this.#metrics.get(name);
    if (day === undefined) {
      day = { scale: 1, slices: new Array<Tallied | undefined>(fiveMinutes.slices).fill(undefined) };
      this.#metrics.set(name, day);
    }
    while (!isScaledWhole(value, day.scale)) day.scale = (day.scale + 1) % scales.length;
    const open = day.slices[slice];
    if (open === undefined) day.slices[slice] = { count: 1, sum: value, min: value, max: value, last: value };
    else addTo(open, { count: 1, sum: value, min: value, max: value, last: value });
  }
}

function addTo(slice: Tallied, { count, sum, min, max, last }: Readonly<Tallied>): void {
  slice.count += count;
  slice.sum += sum;
  slice.min = Math.min(slice.min, min);
  slice.max = Math.max(slice.max, max);
  slice.last = last;
}

/** Each so many of them as one. */
function folded<T>(all: readonly T[], each: number, fold: (some: readonly T[]) => T): T[] {
  return Array.from({ length: all.length / each }, (_, n) => fold(all.slice(n * each, (n + 1) * each)));
}

function joined(some: readonly (Tallied | undefined)[]): Tallied | undefined {
  let all: Tallied | undefined;
  for (const one of some) {
    if (one === undefined) continue;
    if (all === undefined) all = { ...one };
    else addTo(all, one);
  }
  return all;
}
