import { clockOf, dayBeside, dayOf, shortDateOf, startOfDayMs, weekdayOf } from '../local-day.ts';
import type { Period } from './vitals.ts';

/** What stands under a chart: hours of a day, days of a week, every fifth day of a month. */
export function marksOf(period: Period, fromMs: number, toMs: number): readonly { ms: number; text: string }[] {
  if (period === 'day') return everyHours(fromMs, toMs, 6).map((ms) => ({ ms, text: clockOf(ms) }));
  const days = daysWithin(fromMs, toMs);
  if (period === 'week')
    return days.map((ms) => ({ ms: ms + 43_200_000, text: weekdayOf(ms + 43_200_000) })).filter(({ ms }) => ms < toMs);
  return days.filter((_, i) => i % 7 === 3).map((ms) => ({ ms, text: shortDateOf(ms) }));
}

function daysWithin(fromMs: number, toMs: number): number[] {
  const days: number[] = [];
  for (let day = dayBeside(dayOf(fromMs), 1); startOfDayMs(day) < toMs; day = dayBeside(day, 1))
    days.push(startOfDayMs(day));
  return days;
}

function everyHours(fromMs: number, toMs: number, hours: number): number[] {
  const stepMs = hours * 3_600_000;
  const startMs = startOfDayMs(dayOf(fromMs));
  const all = Array.from({ length: 48 / hours + 1 }, (_, i) => startMs + i * stepMs);
  const marginMs = 3_600_000;
  return all.filter((ms) => ms > fromMs + marginMs && ms < toMs - marginMs);
}
