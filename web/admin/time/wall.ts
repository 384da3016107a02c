import { instantOfDay, localDay, localTime } from '../../../model/local-time.ts';

const dayMs = 86_400_000;
const two = (value: number) => String(value).padStart(2, '0');

/** A moment as the clock on the wall shows it: `2026-03-15T02:10`, as a field of date and time takes it. */
export function wallOf(time: string, timeZone: string): string {
  const atMs = Date.parse(time);
  if (Number.isNaN(atMs)) return '';
  const { minute } = localTime(timeZone, atMs);
  return `${dateOf(localDay(timeZone, atMs))}T${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** The moment at which the wall clock shows that; empty when it is no time. */
export function momentOf(wall: string, timeZone: string): string {
  const [, date, hour, minute] = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)/.exec(wall) ?? [];
  if (date === undefined) return '';
  return new Date(instantOfDay(timeZone, dayOf(date), Number(hour) * 60 + Number(minute))).toISOString();
}

/** `YYYY-MM-DD` of days since 1970-01-01. */
export function dateOf(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

export function dayOf(date: string): number {
  return Math.floor(Date.parse(`${date}T00:00:00Z`) / dayMs);
}
