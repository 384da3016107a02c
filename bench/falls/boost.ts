import { scoreOf, type Tree } from '../../rules/fall/model.ts';
import { chance } from './chance.ts';

export type Example = { readonly row: readonly number[]; readonly isFall: boolean; readonly weight: number };

export type Settings = {
  /** So many boostings, each with a seed of its own, are averaged. */
  readonly times: number;
  /** Of each boosting. */
  readonly trees: number;
  readonly depth: number;
  /** How much of each tree is believed. */
  readonly rate: number;
  /** Fewer than so much weight is no side of a fork. */
  readonly leastWeight: number;
  /** Pull of leaves towards nothing. */
  readonly pull: number;
  /** Share of the examples, and of the features, that each tree sees. */
  readonly examples: number;
  readonly features: number;
};

export type Boosted = { readonly start: number; readonly trees: readonly Tree[] };

const bins = 48;

/** Features sorted into bins once, so that a fork is found by counting. */
type Binned = { readonly cuts: readonly number[][]; readonly columns: readonly Uint8Array[] };
type Slopes = { readonly first: Float64Array; readonly second: Float64Array };

/**
 * Gradient boosting of small trees on the logistic loss (Friedman 2001; second-order leaves as in XGBoost, Chen and
 * Guestrin 2016), `times` over. The same examples, settings and seed give the same trees.
 */
export function boost(examples: readonly Example[], settings: Settings, seed: number): Boosted {
  const binned = binnedOf(examples);
  const start = startOf(examples);
  const trees: Tree[] = [];
  for (let time = 0; time < settings.times; time++) {
    const own = boostOnce(examples, binned, start, settings, chance(1000 * seed + time));
    trees.push(...own.map((tree) => scaled(tree, 1 / settings.times)));
  }
  return { start, trees };
}

function boostOnce(
  examples: readonly Example[],
  binned: Binned,
  start: number,
  settings: Settings,
  random: () => number,
): Tree[] {
  const scores = new Float64Array(examples.length).fill(start);
  const trees: Tree[] = [];
  for (let turn = 0; turn < settings.trees; turn++) {
    const slopes = slopesOf(examples, scores);
    const seen = Int32Array.from(examples.keys()).filter(() => random() < settings.examples);
    const features = [...binned.columns.keys()].filter(() => random() < settings.features);
    const tree = grow(binned, slopes, settings, features, seen, settings.depth);
    trees.push(tree);
    for (const [i, { row }] of examples.entries())
      scores[i] = (scores[i] ?? 0) + predict({ start: 0, trees: [tree] }, row);
  }
  return trees;
}

function scaled(tree: Tree, factor: number): Tree {
  if (typeof tree === 'number') return rounded(tree * factor);
  return [tree[0], tree[1], scaled(tree[2], factor), scaled(tree[3], factor)];
}

/** Log odds of a row. */
export function predict({ start, trees }: Boosted, row: readonly number[]): number {
  return scoreOf({ start, trees, features: [], ordinary: [], threshold: 0 }, row);
}

function startOf(examples: readonly Example[]): number {
  let falls = 0;
  let others = 0;
  for (const { isFall, weight } of examples) {
    if (isFall) falls += weight;
    else others += weight;
  }
  return rounded(Math.log(falls / others));
}

function binnedOf(examples: readonly Example[]): Binned {
  const width = examples[0]?.row.length ?? 0;
  const cuts = Array.from({ length: width }, (_, feature) => cutsOf(examples, feature));
  const columns = cuts.map((own, feature) =>
    Uint8Array.from(examples, ({ row }) => {
      const value = row[feature] ?? 0;
      const at = own.findIndex((cut) => value < cut);
      return at < 0 ? own.length : at;
    }),
  );
  return { cuts, columns };
}

/** Quantiles, rounded to what is written down, so that the file says exactly what was fitted. */
function cutsOf(examples: readonly Example[], feature: number): number[] {
  const values = Float64Array.from(examples, ({ row }) => row[feature] ?? 0).sort();
  const quantile = (bin: number) => rounded(values[Math.floor((bin * values.length) / bins)] ?? 0);
  return [...new Set(Array.from({ length: bins - 1 }, (_, bin) => quantile(bin + 1)))].sort((a, b) => a - b);
}

/** First and second derivative of the loss. */
function slopesOf(examples: readonly Example[], scores: Float64Array): Slopes {
  const first = new Float64Array(examples.length);
  const second = new Float64Array(examples.length);
  for (const [i, { isFall, weight }] of examples.entries()) {
    const chanceOfFall = 1 / (1 + Math.exp(-(scores[i] ?? 0)));
    first[i] = weight * ((isFall ? 1 : 0) - chanceOfFall);
    second[i] = weight * chanceOfFall * (1 - chanceOfFall);
  }
  return { first, second };
}

type Fork = { readonly feature: number; readonly cut: number; readonly gain: number };

function grow(
  binned: Binned,
  slopes: Slopes,
  settings: Settings,
  features: readonly number[],
  seen: Int32Array,
  depth: number,
): Tree {
  const fork = depth === 0 ? undefined : bestFork(binned, slopes, settings, features, seen);
  if (fork === undefined) return leafOf(slopes, settings, seen);
  const column = binned.columns[fork.feature]!; // one of its own features
  const side = (isLow: boolean) => seen.filter((i) => (column[i] ?? 0) <= fork.cut === isLow);
  const low = grow(binned, slopes, settings, features, side(true), depth - 1);
  const high = grow(binned, slopes, settings, features, side(false), depth - 1);
  return [fork.feature, binned.cuts[fork.feature]?.[fork.cut] ?? 0, low, high];
}

function leafOf({ first, second }: Slopes, { rate, pull }: Settings, seen: Int32Array): number {
  let up = 0;
  let weight = 0;
  for (const i of seen) {
    up += first[i] ?? 0;
    weight += second[i] ?? 0;
  }
  return rounded((rate * up) / (weight + pull));
}

function bestFork(
  binned: Binned,
  slopes: Slopes,
  settings: Settings,
  features: readonly number[],
  seen: Int32Array,
): Fork | undefined {
  let best: Fork | undefined;
  for (const feature of features) {
    const fork = forkOf(binned, slopes, settings, feature, seen);
    if (fork !== undefined && fork.gain > (best?.gain ?? 1e-6)) best = fork;
  }
  return best;
}

/** The best place to cut one feature. */
function forkOf(
  { cuts, columns }: Binned,
  slopes: Slopes,
  settings: Settings,
  feature: number,
  seen: Int32Array,
): Fork | undefined {
  const { leastWeight, pull } = settings;
  const { first, second } = sums(slopes, columns[feature] ?? new Uint8Array(), seen);
  const all = first.reduce((sum, value) => sum + value, 0);
  const weight = second.reduce((sum, value) => sum + value, 0);
  const worth = (up: number, of: number) => (up * up) / (of + pull);
  let best: Fork | undefined;
  let up = 0;
  let of = 0;
  for (let cut = 0; cut < (cuts[feature]?.length ?? 0); cut++) {
    up += first[cut] ?? 0;
    of += second[cut] ?? 0;
    if (of < leastWeight || weight - of < leastWeight) continue;
    const gain = worth(up, of) + worth(all - up, weight - of) - worth(all, weight);
    if (gain > (best?.gain ?? 0)) best = { feature, cut, gain };
  }
  return best;
}

function sums({ first, second }: Slopes, column: Uint8Array, seen: Int32Array): Slopes {
  const up = new Float64Array(bins);
  const of = new Float64Array(bins);
  for (const i of seen) {
    const bin = column[i] ?? 0;
    up[bin] = (up[bin] ?? 0) + (first[i] ?? 0);
    of[bin] = (of[bin] ?? 0) + (second[i] ?? 0);
  }
  return { first: up, second: of };
}

/** To the four digits that are written down. */
export function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
