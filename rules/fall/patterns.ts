import { type Reach, type TraceName, type Traces, tracesOf } from './traces.ts';
import type { Window } from './window.ts';

/** What patterns say of a window: how much a share of each adds, written by `bench/falls/fit.ts`. */
export type PatternModel = {
  /** Trees that say less than this (log odds) are sure enough: patterns, which take longer, are not looked for. */
  readonly fromTrees: number;
  readonly parts: readonly PatternPart[];
};

/** The patterns within one reach round the blow. */
export type PatternPart = {
  readonly reach: Reach;
  readonly start: number;
  readonly sums: readonly PatternSum[];
};

/** The patterns of one trace, read at one distance. */
export type PatternSum = {
  readonly trace: TraceName;
  /** Cells of the grid between two of a pattern's values. */
  readonly apart: number;
  /** For each pattern, the fit above which a cell counts. */
  readonly bounds: readonly number[];
  /** For each pattern, what a share of 1 adds (log odds). */
  readonly weights: readonly number[];
};

const taps = 9;

/**
 * 84 patterns of nine values, -1 but for three that are 2: all there are (MiniRocket: Dempster, Schmidt and Webb, KDD 2021,
 * doi:10.1145/3447548.3467231). Here the places of the three.
 */
export const patterns: readonly (readonly [number, number, number])[] = triples();

function triples(): [number, number, number][] {
  const all: [number, number, number][] = [];
  for (let a = 0; a < taps; a++) {
    for (let b = a + 1; b < taps; b++) for (let c = b + 1; c < taps; c++) all.push([a, b, c]);
  }
  return all;
}

/** Log odds of a fall, by how often each pattern is met. */
export function patternOdds({ parts }: PatternModel, window: Window): number {
  const traces = tracesOf(
    window,
    parts.map(({ reach }) => reach),
  );
  return parts.reduce((odds, part, i) => odds + partOdds(part, traces[i]!), 0);
}

function partOdds({ start, sums }: PatternPart, traces: Traces): number {
  let odds = start;
  for (const { trace, apart, bounds, weights } of sums) {
    countShares(traces[trace], apart, bounds, shares);
    for (let i = 0; i < weights.length; i++) odds += weights[i]! * shares[i]!;
  }
  return odds;
}

/**
 * Fits are counted in whole steps of a 4096th of the trace's unit: whether a cell counts is then the sign of a whole number,
 * which takes two thirds of the time that comparing takes.
 */
const steps = 4096;

/** Written anew for each trace: to allocate these each time would take as long as the counting. */
let whole = new Int32Array(0);
let sums = new Int32Array(0);
let both = new Int32Array(0);
let read: readonly Int32Array[] = [];
const shares = new Float64Array(patterns.length);

/**
 * For each pattern, the share (0 to 1) of the trace's cells at which it fits better than its bound.
 *
 * @param into where the shares go, one for each pattern
 */
export function countShares(
  trace: Float64Array,
  apart: number,
  bounds: readonly number[],
  into: Float64Array | Float32Array,
): void {
  readAt(trace, apart);
  const { length } = trace;
  let i = 0;
  for (let a = 0; a < taps; a++) {
    for (let b = a + 1; b + 1 < taps; b++) {
      add(read[a]!, read[b]!, both, length);
      for (let c = b + 1; c < taps; c++, i++) {
        into[i] = countAbove(both, read[c]!, Math.round(3 * steps * bounds[i]!) | 0, length) / length;
      }
    }
  }
}

function add(a: Int32Array, b: Int32Array, into: Int32Array, length: number): void {
  for (let i = 0; i < length; i++) into[i] = (a[i]! + b[i]!) | 0;
}

function countAbove(pair: Int32Array, third: Int32Array, bound: number, length: number): number {
  let count = 0;
  for (let i = 0; i < length; i++) count = (count - ((((bound - pair[i]!) | 0) - third[i]!) >> 31)) | 0;
  return count;
}

/** How well a pattern fits each of the trace's cells, in the trace's unit. */
export function fitsOf(trace: Float64Array, apart: number, pattern: (typeof patterns)[number]): Float64Array {
  readAt(trace, apart);
  const [a, b, c] = pattern.map((tap) => read[tap]!) as [Int32Array, Int32Array, Int32Array];
  return trace.map((_, i) => (a[i]! + b[i]! + c[i]!) / (3 * steps));
}

/**
 * Reads the trace at the nine places of a pattern laid upon each cell, less their mean, in ninths of a step: the fit of a
 * pattern is the sum of its three. Beyond its ends the trace goes on as it ended.
 */
function readAt(trace: Float64Array, apart: number): void {
  const { length } = trace;
  if (whole.length < length) {
    [whole, sums, both] = [new Int32Array(length), new Int32Array(length), new Int32Array(length)];
    read = Array.from({ length: taps }, () => new Int32Array(length));
  }
  for (let i = 0; i < length; i++) whole[i] = Math.round(steps * trace[i]!);
  sums.fill(0);
  for (let tap = 0; tap < taps; tap++) {
    shift(whole, (tap - (taps >> 1)) * apart, read[tap]!, length);
    add(sums, read[tap]!, sums, length);
  }
  for (const values of read) for (let i = 0; i < length; i++) values[i] = (Math.imul(taps, values[i]!) - sums[i]!) | 0;
}

function shift(values: Int32Array, by: number, into: Int32Array, length: number): void {
  for (let i = 0; i < length; i++) {
    const at = i + by;
    into[i] = values[at < 0 ? 0 : at < length ? at : length - 1]!;
  }
}
