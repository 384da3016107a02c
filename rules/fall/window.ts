import type { Burst } from '../../model/reading.ts';

/** A burst on the one grid everything is measured on, whatever the band's rate. All arrays have the same length. */
export type Window = {
  readonly rateHz: number;
  /** Where it begins in the burst. */
  readonly fromS: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
  /** Strength in g: length of the vector, gravity included. */
  readonly g: Float64Array;
};

/** Bands send 10 to 104 Hz, a body moves below 10; of 20, 25, 32 and 50 Hz this told falls best in cross-validation. */
const gridHz = 32;
/** Bands clip at 4 g on each axis; what another sensor sees above it is cut off likewise, so that all see the same. */
const clipG = 4;
/** A burst longer than this is judged by the piece round its highest peak. */
const longestS = 12;

/**
 * The burst on a grid of 32 Hz, clipped at 4 g on each axis. A value is the mean over its 31 ms of the straight lines
 * between samples: a faster sensor shows no higher peaks than a slow one.
 */
export function windowOf({ samples, rateHz }: Burst): Window {
  const cells = Math.max(1, Math.floor(((samples.length - 1) * gridHz) / rateHz) + 1);
  const axes = [0, 1, 2].map((axis) => onGrid(samples, axis as 0 | 1 | 2, rateHz, cells)); // the three axes
  const [x, y, z] = axes as [Float64Array, Float64Array, Float64Array];
  const g = Float64Array.from(x, (value, i) => Math.hypot(value, y[i] ?? 0, z[i] ?? 0));
  return roundPeak({ rateHz: gridHz, fromS: 0, x, y, z, g });
}

function onGrid(samples: Burst['samples'], axis: 0 | 1 | 2, rateHz: number, cells: number): Float64Array {
  const values = Float64Array.from(samples, (sample) => Math.min(clipG, Math.max(-clipG, sample[axis])));
  const areas = areasOf(values);
  const last = values.length - 1;
  const perCell = rateHz / gridHz;
  return Float64Array.from({ length: cells }, (_, cell) => {
    const from = Math.max(0, (cell - 0.5) * perCell);
    const to = Math.min(last, (cell + 0.5) * perCell);
    if (to <= from) return values[Math.min(last, Math.round(cell * perCell))] ?? 0;
    return (areaTo(values, areas, to) - areaTo(values, areas, from)) / (to - from);
  });
}

/** Area below the lines from the first sample to each. */
function areasOf(values: Float64Array): Float64Array {
  const areas = new Float64Array(values.length);
  for (let i = 1; i < values.length; i++) {
    areas[i] = (areas[i - 1] ?? 0) + ((values[i - 1] ?? 0) + (values[i] ?? 0)) / 2;
  }
  return areas;
}

/** The same up to a place between two samples. */
function areaTo(values: Float64Array, areas: Float64Array, at: number): number {
  const i = Math.min(values.length - 1, Math.floor(at));
  const rest = at - i;
  const here = values[i] ?? 0;
  const next = values[i + 1] ?? here;
  return (areas[i] ?? 0) + rest * (here + (rest / 2) * (next - here));
}

function roundPeak(window: Window): Window {
  const { rateHz, x, y, z, g } = window;
  const most = longestS * rateHz;
  if (g.length <= most) return window;
  const from = Math.min(g.length - most, Math.max(0, peakOf(g) - most / 2));
  const piece = (values: Float64Array) => values.subarray(from, from + most);
  return { rateHz, fromS: from / rateHz, x: piece(x), y: piece(y), z: piece(z), g: piece(g) };
}

/** Index of the highest value. */
export function peakOf(g: Float64Array): number {
  let peak = 0;
  for (let i = 1; i < g.length; i++) if ((g[i] ?? 0) > (g[peak] ?? 0)) peak = i;
  return peak;
}
