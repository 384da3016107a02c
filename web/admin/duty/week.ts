import { instantOfDay, localDay, localTime, weekdayOf } from '../../../model/local-time.ts';
import { dateOf } from '../time/wall.ts';

const minutesOfDay = 1440;

/** Who has duty from when to when; nobody: a gap. RFC 3339. */
export type Stretch = { readonly from: string; readonly to: string; readonly userIds: readonly string[] };
/** The part of a stretch that lies within one day, in minutes of that day. */
export type Block = { readonly from: number; readonly to: number; readonly userIds: readonly string[] };
export type Day = { readonly date: string; readonly weekday: number; readonly blocks: readonly Block[] };

/** The Monday of the week a moment is in, in days since 1970-01-01. */
export function mondayOf(timeZone: string, atMs: number): number {
  const day = localDay(timeZone, atMs);
  return day - weekdayOf(day) + 1;
}

/** From when to when the week is, as moments. */
export function rangeOfWeek(timeZone: string, monday: number): { readonly from: string; readonly to: string } {
  const at = (day: number) => new Date(instantOfDay(timeZone, day, 0)).toISOString();
  return { from: at(monday), to: at(monday + 7) };
}

/** The week day by day, each with what of the stretches lies in it. A stretch over midnight is in both days. Pure. */
export function weekOf(stretches: readonly Stretch[], timeZone: string, monday: number): readonly Day[] {
  return Array.from({ length: 7 }, (_, i) => {
    const day = monday + i;
    const [startMs, endMs] = [instantOfDay(timeZone, day, 0), instantOfDay(timeZone, day + 1, 0)];
    const within = stretches.filter(({ from, to }) => Date.parse(from) < endMs && Date.parse(to) > startMs);
    const blocks = within.map(({ from, to, userIds }) => ({
      from: Date.parse(from) <= startMs ? 0 : localTime(timeZone, Date.parse(from)).minute,
      to: Date.parse(to) >= endMs ? minutesOfDay : localTime(timeZone, Date.parse(to)).minute,
      userIds,
    }));
    return { date: dateOf(day), weekday: i + 1, blocks };
  });
}

/** `08:30`; the end of a day is `24:00`. */
export function clockOf(minute: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** Who has duty at a moment; undefined where the stretches do not reach. */
export function onDutyAt(stretches: readonly Stretch[], atMs: number): readonly string[] | undefined {
  return stretches.find(({ from, to }) => Date.parse(from) <= atMs && atMs < Date.parse(to))?.userIds;
}
