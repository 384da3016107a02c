/** One acceleration sample in g, gravity included: x, y, z. */
export type Sample = readonly [x: number, y: number, z: number];

/** One recorded movement, evenly spaced, as a band would send it. */
export type Trial = {
  readonly set: string;
  readonly subject: string;
  readonly isElder: boolean;
  readonly isFall: boolean;
  /** What was done, in the data set's own words. */
  readonly activity: string;
  /** A part of the set that is scored apart, such as recordings with holes. */
  readonly part: string;
  readonly site: 'wrist' | 'waist';
  readonly rateHz: number;
  readonly samples: readonly Sample[];
};

/** Where each sample stands in time, as the recording says; its clock may stutter, stand still or run backwards. */
export type Stamped = { readonly atS: number[]; readonly samples: Sample[] };

/** Bands hand over samples by the handful: the moments of so many neighbours on each side are averaged. */
const smoothedSamples = 8;

/**
 * Samples on an even grid. Time stamps are those of arrival (four samples within 5 ms, then nothing for 100 ms), so each
 * sample's moment is the average over its neighbours' before values are read off between them; a clock that runs
 * backwards stands still instead.
 */
export function evenly({ atS, samples }: Stamped, rateHz: number): Sample[] {
  const smooth = smoothed(forwards(atS));
  const firstS = smooth[0] ?? 0;
  const lastS = smooth.at(-1) ?? 0;
  const grid: Sample[] = [];
  let at = 0;
  for (let i = 0; firstS + i / rateHz <= lastS + 1e-9; i++) {
    const timeS = firstS + i / rateHz;
    while (at + 1 < smooth.length - 1 && (smooth[at + 1] ?? 0) < timeS) at += 1;
    grid.push(between(samples[at], samples[at + 1] ?? samples[at], smooth[at] ?? 0, smooth[at + 1] ?? 0, timeS));
  }
  return grid;
}

function between(a: Sample | undefined, b: Sample | undefined, fromS: number, toS: number, timeS: number): Sample {
  if (a === undefined || b === undefined) return [0, 0, 0];
  const share = toS > fromS ? Math.min(1, Math.max(0, (timeS - fromS) / (toS - fromS))) : 0;
  return [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1]), a[2] + share * (b[2] - a[2])];
}

function forwards(atS: readonly number[]): number[] {
  let latest = Number.NEGATIVE_INFINITY;
  return atS.map((timeS) => {
    latest = Math.max(latest, timeS);
    return latest;
  });
}

function smoothed(atS: readonly number[]): number[] {
  return atS.map((_timeS, i) => {
    const reach = Math.min(smoothedSamples, i, atS.length - 1 - i);
    let sum = 0;
    for (let j = i - reach; j <= i + reach; j++) sum += atS[j] ?? 0;
    return sum / (2 * reach + 1);
  });
}

/** Strength of a sample in g. */
export function strengthG([x, y, z]: Sample): number {
  return Math.hypot(x, y, z);
}

/** Index of the strongest sample. */
export function peakIndex(samples: readonly Sample[]): number {
  let peak = 0;
  let peakG = -1;
  for (const [i, sample] of samples.entries()) {
    const g = strengthG(sample);
    if (g > peakG) [peak, peakG] = [i, g];
  }
  return peak;
}

/** So long a piece of each trial is judged, so that the length of a recording tells nothing. */
export const judgedS = 12;

/** The trial cut to 12 s with its highest peak in the middle; less where the recording ends. */
export function cut(trial: Trial): Trial {
  const half = Math.round((judgedS / 2) * trial.rateHz);
  const peak = peakIndex(trial.samples);
  return { ...trial, samples: trial.samples.slice(Math.max(0, peak - half), peak + half) };
}
