import type { Features } from '../../rules/fall/features.ts';
import type { FeatureName } from '../../rules/fall/model.ts';
import { boost, type Example, predict, type Settings } from './boost.ts';
import { chance } from './chance.ts';
import type { Judged } from './examples.ts';

export type Task = { readonly names: readonly FeatureName[]; readonly settings: Settings; readonly seed: number };

const folds = 8;

/** What a model learns from: each trial and its variants share the trial's weight. */
export function examplesOf(all: readonly Judged[], names: readonly FeatureName[]): Example[] {
  return all.flatMap(({ trial, features, variants, weight }) => {
    const each = weight / (1 + variants.length);
    return [features, ...variants].map((one) => ({ row: rowOf(one, names), isFall: trial.isFall, weight: each }));
  });
}

/**
 * The score of each trial by a model that has never seen the person: people are dealt into eight folds, `rounds` times
 * anew. Scores of one round follow those of the other, so that figures are means over the rounds; averaging the scores
 * themselves would flatter a single model.
 */
export function crossValidated(all: readonly Judged[], { names, settings, seed }: Task, rounds: number): Float64Array {
  const scores = new Float64Array(all.length * rounds);
  for (let round = 0; round < rounds; round++) {
    const foldOf = dealt(all, seed + round);
    for (let fold = 0; fold < folds; fold++) {
      const others = all.filter(({ trial }) => foldOf.get(personOf(trial)) !== fold);
      const model = boost(examplesOf(others, names), settings, seed + folds * round + fold);
      for (const [i, { trial, features }] of all.entries()) {
        if (foldOf.get(personOf(trial)) !== fold) continue;
        scores[round * all.length + i] = predict(model, rowOf(features, names));
      }
    }
    process.stderr.write(`round ${round + 1} of ${rounds} validated\n`);
  }
  return scores;
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

export function rowOf(features: Features, names: readonly FeatureName[]): number[] {
  return names.map((name) => features[name]);
}
