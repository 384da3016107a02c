import { type Axes, angleDeg, meanVector, type Span, spanIn, step, type Vector, vectorAt } from './series.ts';
import { peakOf, type Window } from './window.ts';

/** What patterns are looked for in, in this order. */
export const traceNames = ['strengthG', 'stepG', 'tiltDeg', 'uprightG', 'sidewaysG', 'shakeG', 'turnDeg'] as const;
export type TraceName = (typeof traceNames)[number];
/** One value for each cell of the grid; all have the same length, at least one. */
export type Traces = Readonly<Record<TraceName, Float64Array>>;

/** How long before the blow traces begin, and how long after it they end. */
export type Reach = { readonly beforeS: number; readonly afterS: number };

/** Half of what a direction is averaged over: longer than the shocks of a fall, shorter than the fall. */
const halfS = 0.2;

/**
 * How it went round the blow, within each reach; less where the burst ends. Lengths, and angles to the posture before it,
 * only: which way round a band sits on the arm changes nothing. The rest of the burst is left to the features, so that
 * where a recording was cut off tells nothing here.
 */
export function tracesOf(window: Window, reaches: readonly Reach[]): readonly Traces[] {
  const { g, rateHz } = window;
  const peak = peakOf(g);
  const spans = reaches.map(({ beforeS, afterS }): Span => {
    const from = Math.max(0, Math.round(peak - beforeS * rateHz));
    return [from, Math.min(g.length, Math.round(peak + afterS * rateHz))];
  });
  const widest: Span = [Math.min(...spans.map(([from]) => from)), Math.max(...spans.map(([, to]) => to))];
  const traces = traced(window, peak, widest);
  return spans.map(([from, to]) => within(traces, [from - widest[0], to - widest[0]]));
}

function within(traces: Traces, [from, to]: Span): Traces {
  const pieces = traceNames.map((name) => [name, traces[name].subarray(from, to)]);
  return Object.fromEntries(pieces) as Traces;
}

function traced(window: Window, peak: number, [from, to]: Span): Traces {
  const { g, rateHz } = window;
  const up = unit(meanVector(window, spanIn(g.length, peak - 2.2 * rateHz, peak - rateHz)));
  const half = Math.round(halfS * rateHz);
  const calm = calmed(window, half);
  const [last, length] = [g.length - 1, to - from];
  const trace = (value: (i: number) => number) => Float64Array.from({ length }, (_, i) => value(from + i));
  const strengthG = g.slice(from, to);
  const uprightG = trace((i) => dot(vectorAt(window, i), up));
  return {
    strengthG,
    stepG: trace((i) => (i === 0 ? 0 : step(window, i))),
    tiltDeg: trace((i) => angleDeg(up, vectorAt(calm, i))),
    uprightG,
    sidewaysG: strengthG.map((value, i) => Math.sqrt(Math.max(0, value ** 2 - (uprightG[i] ?? 0) ** 2))),
    shakeG: trace((i) => between(vectorAt(window, i), vectorAt(calm, i))),
    turnDeg: trace((i) => angleDeg(vectorAt(calm, Math.max(0, i - half)), vectorAt(calm, Math.min(last, i + half)))),
  };
}

/** Each axis averaged over `half` cells on either side. */
function calmed({ x, y, z }: Axes, half: number): Axes {
  return { x: averaged(x, half), y: averaged(y, half), z: averaged(z, half) };
}

function averaged(values: Float64Array, half: number): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i++) sums[i + 1] = (sums[i] ?? 0) + (values[i] ?? 0);
  return values.map((_, i) => {
    const [from, to] = [Math.max(0, i - half), Math.min(values.length, i + half + 1)];
    return ((sums[to] ?? 0) - (sums[from] ?? 0)) / (to - from);
  });
}

function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function between(a: Vector, b: Vector): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

function unit([x, y, z]: Vector): Vector {
  const length = Math.hypot(x, y, z);
  return length < 1e-9 ? [0, 0, 0] : [x / length, y / length, z / length];
}
