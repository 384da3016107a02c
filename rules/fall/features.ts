import {
  angleDeg,
  axisShares,
  deviation,
  longestStep,
  meanVector,
  path,
  type Span,
  spanIn,
  strongestPush,
  vectorDeviation,
} from './series.ts';
import { shapeOf } from './shape.ts';
import { stillnessOf } from './stillness.ts';
import { peakOf, type Window } from './window.ts';

/** What is measured in a window. Only lengths and angles between vectors: how a band sits on the arm changes none of them. */
export type Features = {
  /** Strength of the highest peak. */
  readonly peakG: number;
  /** Below 0.7 g in the 1.2 s before it. */
  readonly freeFallMs: number;
  /** Time above 1.6 g round the peak. */
  readonly impactMs: number;
  /** Speed taken up by the strongest push above 1 g, as m/s. */
  readonly impactMps: number;
  /** Sum of the squares of what exceeds or misses 1 g round the peak. */
  readonly impactEnergy: number;
  /** The fastest change of the vector round the peak, g per second. */
  readonly jerkGps: number;
  /** How far the vector's tip wanders from 0.6 s before to 1 s after the peak. */
  readonly impactPathG: number;
  /** Natural logarithm of that wandering per second, to that of the rest of the window: one blow in a quiet time, or one of many. */
  readonly impactContrast: number;
  /** Variance round the peak along the strongest direction, 0..1: a clap goes to and fro, a fall tumbles. */
  readonly oneAxisShare: number;
  /** The same along the weakest. */
  readonly thirdAxisShare: number;
  /** The second highest peak, 0.7 s away or more, as a share of the highest; both above 1 g. */
  readonly secondPeakShare: number;
  /** The highest autocorrelation of the strength at 0.28 to 1.3 s: steps, claps. */
  readonly rhythm: number;
  /** Deviation of the strength between 0.4 and 1.5 s after the peak, and of the vector before. */
  readonly settleG: number;
  readonly beforeG: number;
  /** Deviation of the strength from 1.5 s after the peak on. */
  readonly restStdG: number;
  /** The calmest 1.2 s after the peak, and when the first calm 1.2 s began (6 when none). */
  readonly stillestG: number;
  readonly stillAfterS: number;
  /** Share of the window in which the vector moves. */
  readonly movingShare: number;
  /** Between the posture in the seconds before and after: all of them, the near ones, the far ones, and the ends. */
  readonly postureDeg: number;
  readonly postureNearDeg: number;
  readonly postureFarDeg: number;
  readonly postureEndDeg: number;
  readonly firstToLastDeg: number;
  /** The farthest from the posture before, within 1.2 s of the peak. */
  readonly swingDeg: number;
  /** Of the strength over the whole window. */
  readonly skew: number;
  readonly kurtosis: number;
  readonly middleHalfG: number;
};

const gravityMps2 = 9.80665;
const freeFallBelowG = 0.7;
const impactAboveG = 1.6;

/** Measures a window. Every figure is finite for every window: a phase that is not in it is taken from its nearest end. */
export function featuresOf(window: Window): Features {
  const { g, rateHz } = window;
  const phases = phasesOf(window);
  return {
    peakG: g[phases.peak] ?? 0,
    ...impactOf(window, phases),
    ...postureOf(window, phases),
    ...stillnessOf(window, phases.peak),
    ...shapeOf(window, phases.peak),
    freeFallMs: (1000 * countOf(g, phases.lead, (value) => value < freeFallBelowG)) / rateHz,
    settleG: deviation(g, phases.settle),
    beforeG: vectorDeviation(window, phases.before),
    restStdG: deviation(g, phases.rest),
  };
}

type Phases = ReturnType<typeof phasesOf>;

function phasesOf({ g, rateHz }: Window) {
  const peak = peakOf(g);
  const span = (fromS: number, toS: number) => spanIn(g.length, peak + fromS * rateHz, peak + toS * rateHz);
  return {
    peak,
    span,
    before: span(-5, -1.2),
    lead: span(-1.2, 0.04),
    impact: span(-0.3, 0.5),
    settle: span(0.4, 1.5),
    rest: span(1.5, 6),
  };
}

function impactOf(window: Window, { impact, span }: Phases) {
  const { g, rateHz } = window;
  const around = span(-0.6, 1);
  const pathG = path(window, around);
  const aroundS = (around[1] - around[0]) / rateHz;
  const elsewhereS = g.length / rateHz - aroundS;
  const elsewhereG = path(window, [0, g.length]) - pathG;
  const turn = axisShares(window, span(-0.7, 0.7));
  return {
    impactMs: (1000 * countOf(g, impact, (value) => value > impactAboveG)) / rateHz,
    impactMps: (gravityMps2 * strongestPush(g, span(-0.6, 0.8), (value) => value - 1)) / rateHz,
    impactEnergy: energyOf(g, impact) / rateHz,
    jerkGps: longestStep(window, impact) * rateHz,
    impactPathG: pathG,
    impactContrast: Math.log((pathG / aroundS + 0.05) / (elsewhereG / Math.max(0.5, elsewhereS) + 0.05)),
    oneAxisShare: turn.most,
    thirdAxisShare: turn.least,
  };
}

function postureOf(window: Window, { peak, before, rest, span }: Phases) {
  const { g, rateHz } = window;
  const ends = Math.min(g.length, Math.round(1.5 * rateHz));
  const near = meanVector(window, span(-2.2, -1));
  const to = (from: Span, until: Span) => angleDeg(meanVector(window, from), meanVector(window, until));
  const last = meanVector(window, [Math.max(0, g.length - rateHz), g.length]);
  return {
    postureDeg: to(before, rest),
    postureNearDeg: angleDeg(near, meanVector(window, span(1, 2.5))),
    postureFarDeg: to(span(-6, -3), span(3, 6)),
    postureEndDeg: angleDeg(near, last),
    firstToLastDeg: to([0, ends], [g.length - ends, g.length]),
    swingDeg: swingOf(window, peak, near),
  };
}

/** Directions are means over 0.4 s, every 0.2 s. */
function swingOf(window: Window, peak: number, from: readonly [number, number, number]): number {
  const half = Math.round(0.2 * window.rateHz);
  const reach = 1.2 * window.rateHz;
  let farthest = 0;
  for (let at = 0; at + 2 * half <= window.g.length; at += half) {
    if (Math.abs(at + half - peak) >= reach) continue;
    farthest = Math.max(farthest, angleDeg(from, meanVector(window, [at, at + 2 * half])));
  }
  return farthest;
}

function energyOf(g: Float64Array, [from, to]: Span): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += ((g[i] ?? 0) - 1) ** 2;
  return sum;
}

function countOf(g: Float64Array, [from, to]: Span, is: (value: number) => boolean): number {
  let count = 0;
  for (let i = from; i < to; i++) if (is(g[i] ?? 0)) count += 1;
  return count;
}
