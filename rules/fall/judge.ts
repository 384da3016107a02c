import type { Bilingual, Evidence } from '../../model/alert.ts';
import type { Burst } from '../../model/reading.ts';
import { featureWords, words } from '../words/fall.ts';
import { featuresOf } from './features.ts';
import {
  type FeatureName,
  inPoints,
  type Measured,
  type Model,
  ordinaryAt,
  rowOf,
  scored,
  scoreOf,
  withoutEach,
} from './model.ts';
import { waist, wrist } from './parameters.ts';
import { peakOf, windowOf } from './window.ts';

/** What the model says of a burst. */
export type Verdict = {
  readonly isFall: boolean;
  /** Not enough by itself, but enough to listen to what else speaks for a fall. */
  readonly isDoubtful: boolean;
  /** 0 to 100; 50 and more is a suspected fall. */
  readonly points: number;
  /** The highest peak, from the first sample. */
  readonly impactMs: number;
  readonly features: Measured;
  readonly model: Model;
};

/** So far below the threshold lie two of five falls that are missed, and three of a hundred daily movements: log odds. */
const doubtBelow = 2;
/** An unrest below it may be the noise of a band on a table; nothing falls without a blow. */
const leastPeakG = 1.3;

/** Judges a burst. Pure, half a millisecond and a few where it looks like a fall; a burst too short or too calm to hold a fall is none. */
export function judge(burst: Burst): Verdict {
  const model = burst.site === 'waist' ? waist : wrist;
  const window = windowOf(burst);
  const { measured: features, score: byModel } = scored(model, window, featuresOf(window));
  const score = features.peakG < leastPeakG ? Number.NEGATIVE_INFINITY : byModel;
  return {
    isFall: score >= model.threshold,
    isDoubtful: score >= model.threshold - doubtBelow && score < model.threshold,
    points: inPoints(model, score),
    impactMs: Math.round((window.fromS + peakOf(window.g) / window.rateHz) * 1000),
    features,
    model,
  };
}

/** The numbers that go with an alert. */
export function evidenceOf({ points, features }: Verdict): Evidence {
  return {
    score: points,
    scoreThreshold: 50,
    peakG: round(features.peakG),
    freeFallMs: Math.round(features.freeFallMs),
    impactMs: Math.round(features.impactMs),
    restStdG: round(features.restStdG),
    postureChangeDeg: Math.round(features.postureDeg),
    stillAfterS: round(features.stillAfterS),
  };
}

/** The same in words: what was seen, and which feature spoke loudest for a fall. */
export function reasonsOf(verdict: Verdict): readonly Bilingual[] {
  const { points, features, model } = verdict;
  const [loudest] = withoutEach(model, rowOf(model, features));
  return [
    words.impact(round(features.peakG), round(features.restStdG)),
    words.posture(Math.round(features.postureDeg)),
    words.score(points),
    ...(loudest
      ? [words.loudest(featureWords[loudest.name], round(features[loudest.name]), usualOf(model, loudest.name))]
      : []),
  ];
}

const namedAtMost = 4;

/** The fewest features, loudest first, that would have kept it quiet, had they been as in daily life. */
export function exceptionOf({ features, model }: Verdict): readonly Bilingual[] {
  const row = rowOf(model, features);
  const names = withoutEach(model, row).map(({ name }) => name);
  for (let count = 1; count <= namedAtMost; count++) {
    const which = names.slice(0, count);
    const score = scoreOf(
      model,
      ordinaryAt(
        model,
        row,
        which.map((name) => model.features.indexOf(name)),
      ),
    );
    if (score < model.threshold)
      return [
        words.unlessUsual(
          which.map((name) => featureWords[name]),
          inPoints(model, score),
        ),
      ];
  }
  return [];
}

function usualOf(model: Model, name: FeatureName): number {
  return round(model.ordinary[model.features.indexOf(name)] ?? 0);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
