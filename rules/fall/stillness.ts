import { vectorDeviation } from './series.ts';
import type { Window } from './window.ts';

/** Below it the vector rests. */
const calmG = 0.12;
const calmForS = 1.2;
const settlingS = 0.5;
const everyS = 0.16;
const never = 6;

/** How calm it becomes after the peak, how soon, and how much of the whole window is movement. */
export function stillnessOf(window: Window, peak: number) {
  const { g, rateHz } = window;
  const length = Math.round(calmForS * rateHz);
  const step = Math.max(1, Math.round(everyS * rateHz));
  let stillestG = Number.POSITIVE_INFINITY;
  let stillAfterS = never;
  for (let at = peak + Math.round(settlingS * rateHz); at + length <= g.length; at += step) {
    const deviationG = vectorDeviation(window, [at, at + length]);
    stillestG = Math.min(stillestG, deviationG);
    if (deviationG < calmG && stillAfterS === never) stillAfterS = (at - peak) / rateHz;
  }
  if (stillestG === Number.POSITIVE_INFINITY)
    stillestG = vectorDeviation(window, [Math.max(0, g.length - length), g.length]);
  return { stillestG, stillAfterS, movingShare: movingShareOf(window) };
}

function movingShareOf(window: Window): number {
  const { g, rateHz } = window;
  const length = Math.round(0.4 * rateHz);
  const step = Math.max(1, Math.round(everyS * rateHz));
  let moving = 0;
  let all = 0;
  for (let at = 0; at < g.length; at += step) {
    all += 1;
    if (vectorDeviation(window, [at, Math.min(g.length, at + length)]) > calmG) moving += 1;
  }
  return moving / all;
}
