import { localTime } from '../../model/local-time.ts';

/**
 * How a device uses to be silent, learned from silences that were longer than its kind may have. Absent for most devices.
 */
export type UsualGaps = {
  /** The last long silences in minutes, oldest first. */
  readonly gaps: readonly number[];
  /** So long it is often silent, in minutes: the longest of them but one. Absent while too few are known. */
  readonly usualMin?: number;
  /** The longest of each day: `[began, lasted, began, lasted, …]` in minutes since 1970 and minutes, oldest first. */
  readonly daily: readonly number[];
};

const minuteMs = 60_000;
const dayMin = 24 * 60;
const gapsKept = 6;
const daysKept = 7;
/** A habit is known after so many; the longest of them may be the exception. */
const gapsToLearn = 3;
/** A repaired device is a new one. */
const forgottenAfterMin = 14 * dayMin;
/** Recurring: at the same hour on 5 of the last 7 days. */
const daysToRecur = 5;
const sameHourMin = 60;
const recallMin = daysKept * dayMin + 12 * 60;
/** Two silences that begin closer together are of one day: the longer one counts. */
const oneDayMin = 20 * 60;
/** After the usual end of a nightly gap. */
const graceMin = 30;

/** With one more silence, which began at `fromMs`; `shared` with its whole area, which says nothing of the device but may recur. */
export function learnGap(usual: UsualGaps | undefined, fromMs: number, toMs: number, shared = false): UsualGaps {
  const beganMin = Math.round(fromMs / minuteMs);
  const lastedMin = Math.round((toMs - fromMs) / minuteMs);
  const known = usual !== undefined && beganMin - (usual.daily.at(-2) ?? 0) < forgottenAfterMin ? usual : nothing;
  const daily = withDay(known.daily, beganMin, lastedMin);
  if (shared) return { ...known, daily };
  const gaps = [...known.gaps, lastedMin].slice(-gapsKept);
  const usualMin = gaps.length < gapsToLearn ? undefined : gaps.toSorted((a, b) => b - a)[1];
  return { gaps, daily, ...(usualMin !== undefined && { usualMin }) };
}

const nothing: UsualGaps = { gaps: [], daily: [] };

function withDay(daily: readonly number[], beganMin: number, lastedMin: number): number[] {
  const [lastBeganMin, lastLastedMin] = [daily.at(-2), daily.at(-1)];
  const isSameDay = lastBeganMin !== undefined && beganMin - lastBeganMin < oneDayMin;
  if (isSameDay && lastedMin <= (lastLastedMin ?? 0)) return [...daily];
  return [...(isSameDay ? daily.slice(0, -2) : daily), beganMin, lastedMin].slice(-2 * daysKept);
}

/** How long it may be silent by its own habit: half as much again as its long silences, the longest set aside. */
export function usualSilenceMs(usual: UsualGaps | undefined, atMostMs: number): number | undefined {
  if (usual?.usualMin === undefined) return undefined;
  return Math.min(usual.usualMin * 1.5 * minuteMs + 5 * minuteMs, atMostMs);
}

/** When a silence that began at `fromMs` is usually over, half an hour on; undefined when none recurs at that hour. */
export function recurringUntilMs(usual: UsualGaps | undefined, fromMs: number, timeZone: string): number | undefined {
  if (usual === undefined || usual.daily.length < 2 * daysToRecur) return undefined;
  const fromMin = fromMs / minuteMs;
  const minute = localTime(timeZone, fromMs).minute;
  const endsMin: number[] = [];
  for (let i = 0; i + 1 < usual.daily.length; i += 2) {
    const [beganMin = 0, lastedMin = 0] = [usual.daily[i], usual.daily[i + 1]];
    const laterMin = round(localTime(timeZone, beganMin * minuteMs).minute - minute);
    if (Math.abs(laterMin) <= sameHourMin && fromMin - beganMin <= recallMin) endsMin.push(laterMin + lastedMin);
  }
  if (endsMin.length < daysToRecur) return undefined;
  return fromMs + (Math.max(...endsMin) + graceMin) * minuteMs;
}

/** The short way round the clock, in minutes. */
function round(minutes: number): number {
  return ((((minutes + dayMin / 2) % dayMin) + dayMin) % dayMin) - dayMin / 2;
}
