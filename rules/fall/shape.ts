import { deviation, mean } from './series.ts';
import type { Window } from './window.ts';

const apartS = 0.7;
const shortestBeatS = 0.28;
const longestBeatS = 1.3;

/** The shape of the strength over the whole window: how lonely its peak is, and whether it beats. */
export function shapeOf(window: Window, peak: number) {
  const { g } = window;
  const sorted = Float64Array.from(g).sort();
  const quantile = (share: number) => sorted[Math.min(g.length - 1, Math.floor(share * g.length))] ?? 0;
  return {
    secondPeakShare: secondPeakShareOf(window, peak),
    rhythm: rhythmOf(window),
    skew: momentOf(g, 3),
    kurtosis: momentOf(g, 4),
    middleHalfG: quantile(0.75) - quantile(0.25),
  };
}

function secondPeakShareOf({ g, rateHz }: Window, peak: number): number {
  let second = 0;
  for (let i = 0; i < g.length; i++) if (Math.abs(i - peak) > apartS * rateHz) second = Math.max(second, g[i] ?? 0);
  return (second - 1) / Math.max(0.1, (g[peak] ?? 0) - 1);
}

/** Nothing above 1 g from the mean counts as more: one blow must not drown the beat. */
function rhythmOf({ g, rateHz }: Window): number {
  const middle = mean(g, [0, g.length]);
  const beat = Float64Array.from(g, (value) => Math.min(1, Math.max(-1, value - middle)));
  const whole = productOf(beat, 0) + 1e-9;
  const last = Math.round(longestBeatS * rateHz);
  let highest = 0;
  for (let lag = Math.round(shortestBeatS * rateHz); lag <= last; lag++) {
    highest = Math.max(highest, productOf(beat, lag) / whole);
  }
  return highest;
}

function productOf(values: Float64Array, lag: number): number {
  let sum = 0;
  for (let i = lag; i < values.length; i++) sum += (values[i] ?? 0) * (values[i - lag] ?? 0);
  return sum;
}

/** The third is the skew, the fourth the kurtosis. */
function momentOf(g: Float64Array, power: number): number {
  const span = [0, g.length] as const;
  const middle = mean(g, span);
  const scale = deviation(g, span) + 1e-9;
  let sum = 0;
  for (const value of g) sum += ((value - middle) / scale) ** power;
  return sum / g.length;
}
