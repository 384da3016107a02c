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

/** How samples come onto an even grid. */
export type Grid = (stamped: Stamped, rateHz: number) => Sample[];

/** Bands hand over samples by the handful: the moments of so many neighbours on each side are averaged. */
const smoothedSamples = 8;

/**
 * Samples on an even grid. Time stamps are those of arrival (four samples within 5 ms, then nothing for 100 ms), so each
 * sample's moment is the average over its neighbours' before values are read off between them; a clock that runs
 * backwards stands still instead.
 */
export function evenly({ atS, samples }: Stamped, rateHz: number): Sample[] {
  return readOff(smoothed(forwards(atS)), samples, rateHz);
}

function readOff(moments: readonly number[], samples: readonly Sample[], rateHz: number): Sample[] {
  const firstS = moments[0] ?? 0;
  const lastS = moments.at(-1) ?? 0;
  const grid: Sample[] = [];
  let at = 0;
  for (let i = 0; firstS + i / rateHz <= lastS + 1e-9; i++) {
    const timeS = firstS + i / rateHz;
    while (at + 1 < moments.length - 1 && (moments[at + 1] ?? 0) < timeS) at += 1;
    grid.push(between(samples[at], samples[at + 1] ?? samples[at], moments[at] ?? 0, moments[at + 1] ?? 0, timeS));
  }
  return grid;
}

/** The samples as they come, as a band does that trusts its sensor's clock and counts nothing that was lost. */
export function inOrder({ samples }: Stamped): Sample[] {
  return samples;
}

/** Values read off between the moments of arrival, as one does who believes the time stamps. */
export function asArrived({ atS, samples }: Stamped, rateHz: number): Sample[] {
  return readOff(forwards(atS), samples, rateHz);
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
