import { countShares, fitsOf, type PatternPart, patterns } from '../../rules/fall/patterns.ts';
import { type Reach, type Traces, traceNames, tracesOf } from '../../rules/fall/traces.ts';
import { rounded } from './boost.ts';
import type { Judged } from './examples.ts';
import { type Equation, fitted, type Squares, squaresOf } from './ridge.ts';

export type PatternSettings = {
  /** As `PatternModel.fromTrees`: so sure that no fall of the recordings is lost. */
  readonly fromTrees: number;
  readonly reaches: readonly Reach[];
  /** Distances between the values of a pattern, in cells of the grid. */
  readonly apart: readonly number[];
  /** Towards nothing, for each coefficient and each pattern. */
  readonly pull: number;
  /** Log odds between "as sure as can be" and "as likely as not", all reaches together. */
  readonly odds: number;
};

/** Within one reach, all trials and their variants as shares of patterns, each pattern with mean 0 and deviation 1 over the trials; last a 1. */
export type PatternTable = {
  readonly settings: PatternSettings;
  readonly reach: Reach;
  readonly sums: readonly Layout[];
  readonly means: Float64Array;
  readonly deviations: Float64Array;
  /** Of each trial: its own row, then those of its variants. */
  readonly rows: readonly (readonly Float32Array[])[];
};
type Layout = Omit<PatternPart['sums'][number], 'weights'>;

/** Bounds and scales come from all trials, and from no label. */
export function patternTable(all: readonly Judged[], settings: PatternSettings, reach: Reach): PatternTable {
  const sums = layoutOf(all, settings.apart, reach);
  const rows = all.map(({ seen, variants }) =>
    [seen, ...variants].map(({ window }) => rowOf(sums, tracesOf(window, [reach])[0]!)),
  );
  const own = rows.map(([row]) => row!);
  const width = sums.length * patterns.length + 1;
  const means = Float64Array.from({ length: width - 1 }, (_, i) => meanOf(own, (row) => row[i]!));
  const deviations = means.map((mean, i) => Math.sqrt(meanOf(own, (row) => (row[i]! - mean) ** 2)) + 1e-6);
  for (const row of rows.flat()) {
    for (let i = 0; i < width - 1; i++) row[i] = (row[i]! - means[i]!) / deviations[i]!;
  }
  return { settings, reach, sums, means, deviations, rows };
}

/** Sums over some of the trials; a trial and its variants share its weight. */
export function patternSquares({ rows }: PatternTable, all: readonly Judged[], which: readonly number[]): Squares {
  const equations = which.flatMap((trial): Equation[] => {
    const own = rows[trial]!;
    const {
      trial: { isFall },
      weight,
    } = all[trial]!;
    return own.map((row) => ({ row, target: isFall ? 1 : -1, weight: weight / own.length }));
  });
  return squaresOf(equations, rows[0]![0]!.length);
}

/** A coefficient for each column of the table, in log odds. */
export function patternWeights({ settings, means }: PatternTable, all: Squares, without?: Squares): Float64Array {
  return fitted(all, settings.pull * means.length, without).map(
    (weight) => (weight * settings.odds) / settings.reaches.length,
  );
}

export function oddsOf({ rows }: PatternTable, trial: number, weights: Float64Array): number {
  return rows[trial]![0]!.reduce((sum, value, i) => sum + value * weights[i]!, 0);
}

/** The same for windows as they come. */
export function patternPart({ reach, sums, means, deviations }: PatternTable, weights: Float64Array): PatternPart {
  const each = means.map((_, i) => weights[i]! / deviations[i]!);
  const start = each.reduce((sum, weight, i) => sum - weight * means[i]!, weights.at(-1)!);
  const own = (at: number) => [...each.subarray(at * patterns.length, (at + 1) * patterns.length)].map(rounded);
  return { reach, start: rounded(start), sums: sums.map((sum, at) => ({ ...sum, weights: own(at) })) };
}

function rowOf(sums: readonly Layout[], traces: Traces): Float32Array {
  const row = new Float32Array(sums.length * patterns.length + 1).fill(1);
  for (const [at, { trace, apart, bounds }] of sums.entries()) {
    const own = row.subarray(at * patterns.length, (at + 1) * patterns.length);
    countShares(traces[trace], apart, bounds, own);
  }
  return row;
}

const golden = (Math.sqrt(5) - 1) / 2;
/** Every so many trials are enough to know how well patterns fit. */
const everyTrial = 5;

/** A bound is a quantile of all fits, from the 15th to the 90th percentile, spread by the golden ratio (as in MiniRocket). */
function layoutOf(all: readonly Judged[], distances: readonly number[], reach: Reach): Layout[] {
  const some = all.filter((_, i) => i % everyTrial === 0).map(({ seen }) => tracesOf(seen.window, [reach])[0]!);
  const pairs = traceNames.flatMap((trace) => distances.map((apart) => ({ trace, apart })));
  return pairs.map(({ trace, apart }, at) => {
    const bounds = patterns.map((pattern, i) => {
      const fits = some.map((traces) => fitsOf(traces[trace], apart, pattern));
      return quantileOf(fits, 0.15 + 0.75 * (((at * patterns.length + i + 1) * golden) % 1));
    });
    return { trace, apart, bounds };
  });
}

function quantileOf(pieces: readonly Float64Array[], share: number): number {
  const all = new Float64Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  all.sort();
  return rounded(all[Math.floor(share * (all.length - 1))]!);
}

function meanOf(rows: readonly Float32Array[], value: (row: Float32Array) => number): number {
  return rows.reduce((sum, row) => sum + value(row), 0) / rows.length;
}
