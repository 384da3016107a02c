import type { Features } from '../../rules/fall/features.ts';
import { boost, type Example, predict, type Settings } from './boost.ts';
import { chance } from './chance.ts';
import type { Judged } from './examples.ts';
import { oddsOf, type PatternTable, patternSquares, patternWeights } from './pattern-fit.ts';
import { summed } from './ridge.ts';

export type FeatureColumn = keyof Features;
export type Task = {
  readonly names: readonly FeatureColumn[];
  readonly settings: Settings;
  readonly seed: number;
  /** One for each reach. */
  readonly tables: readonly PatternTable[];
};

const folds = 8;

/** What a model learns from: each trial and its variants share the trial's weight. */
export function examplesOf(all: readonly Judged[], names: readonly FeatureColumn[]): Example[] {
  return all.flatMap(({ trial, seen, variants, weight }) => {
    const each = weight / (1 + variants.length);
    return [seen, ...variants].map(({ features }) => ({
      row: rowOf(features, names),
      isFall: trial.isFall,
      weight: each,
    }));
  });
}

/**
 * The score of each trial by a model that has never seen the person: people are dealt into eight folds, `rounds` times
 * anew. Scores of one round follow those of the other, so that figures are means over the rounds; averaging the scores
 * themselves would flatter a single model.
 */
export function crossValidated(all: readonly Judged[], task: Task, rounds: number): Float64Array {
  const scores = new Float64Array(all.length * rounds);
  for (let round = 0; round < rounds; round++) {
    scores.set(validatedOnce(all, task, round), round * all.length);
    process.stderr.write(`round ${round + 1} of ${rounds} validated\n`);
  }
  return scores;
}

function validatedOnce(all: readonly Judged[], task: Task, round: number): Float64Array {
  const scores = new Float64Array(all.length);
  const foldOf = dealt(all, task.seed + round);
  const of = Array.from({ length: folds }, (_, fold) =>
    [...all.keys()].filter((i) => foldOf.get(personOf(all[i]!.trial)) === fold),
  );
  const odds = task.tables.map((table) => patternsByFold(all, table, of));
  for (const [fold, own] of of.entries()) {
    const left = new Set(own);
    const others = all.filter((_, i) => !left.has(i));
    const model = boost(examplesOf(others, task.names), task.settings, task.seed + folds * round + fold);
    for (const i of own) {
      const byTrees = predict(model, rowOf(all[i]!.seen.features, task.names));
      const isSure = byTrees < (task.tables[0]?.settings.fromTrees ?? 0);
      scores[i] = isSure ? byTrees : odds.reduce((sum, one) => sum + one(fold, i), byTrees);
    }
  }
  return scores;
}

/** What patterns say of a trial when they were fitted on the other folds. */
function patternsByFold(all: readonly Judged[], table: PatternTable, of: readonly number[][]) {
  const squares = of.map((own) => patternSquares(table, all, own));
  const whole = summed(squares);
  const weights = squares.map((own) => patternWeights(table, whole, own));
  return (fold: number, i: number) => oddsOf(table, i, weights[fold]!);
}

function dealt(all: readonly Judged[], seed: number): ReadonlyMap<string, number> {
  const random = chance(seed);
  const people = [...new Set(all.map(({ trial }) => personOf(trial)))].map((person) => ({ person, at: random() }));
  people.sort((a, b) => a.at - b.at);
  return new Map(people.map(({ person }, i) => [person, i % folds]));
}

function personOf({ set, subject }: Judged['trial']): string {
  return `${set} ${subject}`;
}

export function rowOf(features: Features, names: readonly FeatureColumn[]): number[] {
  return names.map((name) => features[name]);
}
