import type { Features } from './features.ts';
import { type PatternModel, patternOdds } from './patterns.ts';
import type { Window } from './window.ts';

/** What a window is judged by. */
export type Measured = Features & {
  /** What the patterns say (log odds); 0 where they are not looked for. */
  readonly patternOdds: number;
};
export type FeatureName = keyof Measured;

/** A decision tree: a leaf is what it adds to the score, a fork asks whether a feature lies below a value. */
export type Tree = number | readonly [feature: number, below: number, low: Tree, high: Tree];

/** Boosted trees and patterns, as written by `bench/falls/fit.ts`. */
export type Model = {
  /** In the order the trees number them; `patternOdds`, the last of a model with patterns, is added as it is. */
  readonly features: readonly FeatureName[];
  /** Median of daily life, one for each feature: what it looks like when nobody falls. */
  readonly ordinary: readonly number[];
  readonly start: number;
  readonly trees: readonly Tree[];
  readonly patterns?: PatternModel;
  /** From this score on it is a suspected fall. */
  readonly threshold: number;
};

/** What a window is judged by, and its score (log odds). */
export function scored(model: Model, window: Window, features: Features): { measured: Measured; score: number } {
  const { patterns } = model;
  const plain = { ...features, patternOdds: 0 };
  const byTrees = scoreOf(model, rowOf(model, plain));
  if (patterns === undefined || byTrees < patterns.fromTrees) return { measured: plain, score: byTrees };
  const odds = patternOdds(patterns, window);
  return { measured: { ...features, patternOdds: odds }, score: byTrees + odds };
}

/** Sum of the trees and the patterns (log odds), at a window's figures in the model's order. */
export function scoreOf(model: Model, row: readonly number[]): number {
  let score = model.start + (model.patterns ? (row[model.features.length - 1] ?? 0) : 0);
  for (const tree of model.trees) score += leafOf(tree, row);
  return score;
}

export function rowOf(model: Model, features: Measured): number[] {
  return model.features.map((name) => features[name]);
}

function leafOf(tree: Tree, row: readonly number[]): number {
  let at = tree;
  while (typeof at !== 'number') at = (row[at[0]] ?? 0) < at[1] ? at[2] : at[3];
  return at;
}

/** A score as 0 to 100, 50 at the threshold, for people. */
export function inPoints(model: Model, score: number): number {
  return Math.round(1000 / (1 + Math.exp(model.threshold - score))) / 10;
}

/** What the score would be, had one feature been as in daily life: lowest first, the feature that spoke loudest for a fall. */
export function withoutEach(model: Model, row: readonly number[]): { name: FeatureName; score: number }[] {
  const scores = model.features.map((name, i) => ({ name, score: scoreOf(model, ordinaryAt(model, row, [i])) }));
  return scores.sort((a, b) => a.score - b.score);
}

/** The row with some features as in daily life. */
export function ordinaryAt(model: Model, row: readonly number[], which: readonly number[]): number[] {
  return row.map((value, i) => (which.includes(i) ? (model.ordinary[i] ?? value) : value));
}
