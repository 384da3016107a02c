import type { Vital } from './news2.ts';

/**
 * What is usual for one person, per vital and four-hour part of the day: flat `[count, centre, spread]` for each of six parts,
 * known since a day (since 1970). A hundred bytes a vital instead of fourteen days of values.
 *
 * Centre and spread follow the values by a step that shrinks to 1/28 (fourteen days at one value in two hours), and a value
 * further than three spreads off counts as three: a running M-estimate (Huber 1964) in place of median and MAD, which
 * need all the values. One bad night moves it by a tenth of a spread.
 */
export type Baseline = { readonly atMs: number; readonly sinceDay: number; readonly parts: readonly number[] };

const dayMs = 86_400_000;
const minutesOfPart = 240;
const fields = 3;
const emptyParts: readonly number[] = Array(6 * fields).fill(0);
/** A value is learned once in so long. */
export const learnEveryMs = 2 * 3_600_000;
const slowest = 1 / 28;
const learnedAfterDays = 13;
const learnedAfterValues = 10;
/** Mean absolute deviation to standard deviation, for a normal distribution. */
const sigmaPerSpread = 1.2533;
const clip = 3;

/** Nobody is steadier than this, whatever a coarse sensor says: standard deviations in the unit of the vital. */
const leastSigma: Readonly<Record<Vital, number>> = {
  heartRateBpm: 4,
  spo2Pct: 1.5,
  systolicMmHg: 8,
  diastolicMmHg: 5,
  temperatureC: 0.3,
  respirationPerMin: 1.5,
};

/** What is usual at this minute of the day; undefined while it is being learned (14 days, 10 values). */
export type Usual = { readonly centre: number; readonly sigma: number };

export function usualAt(vital: Vital, baseline: Baseline | undefined, minute: number, atMs: number): Usual | undefined {
  const { count, centre, sigma } = learnedSoFar(vital, baseline, minute);
  if (baseline === undefined || count < learnedAfterValues) return undefined;
  return Math.floor(atMs / dayMs) - baseline.sinceDay < learnedAfterDays ? undefined : { centre, sigma };
}

/** What was learned so far at this minute of the day, after however few values. */
export function learnedSoFar(
  vital: Vital,
  baseline: Baseline | undefined,
  minute: number,
): Usual & { readonly count: number } {
  const [count = 0, centre = 0, spread = 0] = partOf(baseline, minute);
  return { count, centre, sigma: Math.max(leastSigma[vital], spread * sigmaPerSpread) };
}

/** The baseline with one more value in it. */
export function learned(
  vital: Vital,
  baseline: Baseline | undefined,
  minute: number,
  atMs: number,
  value: number,
): Baseline {
  const [count = 0, centre = 0, spread = 0] = partOf(baseline, minute);
  const sigma = Math.max(leastSigma[vital], spread * sigmaPerSpread);
  const off = count === 0 ? 0 : Math.min(clip * sigma, Math.max(-clip * sigma, value - centre));
  const step = Math.max(slowest, 1 / (count + 1));
  const after = [
    Math.min(count + 1, 99),
    rounded(count === 0 ? value : centre + step * off),
    rounded(count === 0 ? leastSigma[vital] / sigmaPerSpread : spread + step * (Math.abs(off) - spread)),
  ];
  const at = Math.floor(minute / minutesOfPart) * fields;
  const parts = (baseline?.parts ?? emptyParts).toSpliced(at, fields, ...after);
  return { atMs, sinceDay: baseline?.sinceDay ?? Math.floor(atMs / dayMs), parts };
}

function partOf(baseline: Baseline | undefined, minute: number): readonly number[] {
  const at = Math.floor(minute / minutesOfPart) * fields;
  return baseline?.parts.slice(at, at + fields) ?? [];
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
