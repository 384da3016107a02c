import type { Schedule } from './zone.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** Clocks are changed on a quarter of an hour, so within one the offset is constant. */
const quarterMs = 15 * minuteMs;
/** Past it the memory starts afresh. */
const rememberedQuarters = 8192;

/** Where the hands stand: `day` 1 Monday to 7 Sunday, `minute` 0 to 1439. */
export type LocalTime = { readonly day: number; readonly minute: number };

type Zone = { readonly format: Intl.DateTimeFormat; readonly offsets: Map<number, number> };
const zones = new Map<string, Zone>();

/** What the clock on the wall shows in `timeZone` (IANA name). Throws RangeError for a name nobody knows. */
export function localTime(timeZone: string, atMs: number): LocalTime {
  const wallMs = atMs + offsetMs(timeZone, atMs);
  const days = Math.floor(wallMs / dayMs);
  return { day: weekdayOf(days), minute: Math.floor((wallMs - days * dayMs) / minuteMs) };
}

/** The date on the wall, in days since 1970-01-01. */
export function localDay(timeZone: string, atMs: number): number {
  return Math.floor((atMs + offsetMs(timeZone, atMs)) / dayMs);
}

/** The moment when the wall clock shows `minute` of that day. */
export function instantOfDay(timeZone: string, day: number, minute: number): number {
  return instantOf(timeZone, day * dayMs + minute * minuteMs);
}

/** 1 Monday to 7 Sunday of a date in days since 1970-01-01. */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** The first moment at or after `atMs` when the wall clock shows `minute` of the day. */
export function nextLocal(timeZone: string, minute: number, atMs: number): number {
  const wallMs = atMs + offsetMs(timeZone, atMs);
  const today = Math.floor(wallMs / dayMs) * dayMs + minute * minuteMs;
  const found = instantOf(timeZone, today);
  return found >= atMs ? found : instantOf(timeZone, today + dayMs);
}

/** `MM-DD HH:MM` on the wall, for texts people read. */
export function stamp(timeZone: string, atMs: number): string {
  return new Date(atMs + offsetMs(timeZone, atMs)).toISOString().slice(5, 16).replace('T', ' ');
}

/** `HH:MM:SS` on the wall, for what happened within minutes. */
export function clockTime(timeZone: string, atMs: number): string {
  const wallMs = atMs + offsetMs(timeZone, atMs);
  const seconds = Math.floor((wallMs - Math.floor(wallMs / dayMs) * dayMs) / 1000);
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}

/** Minutes of the day of `HH:MM`. */
export function minuteOf(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
}

/** Does the schedule hold? `from` not before `to` spans midnight, and then the day is the one it began on. */
export function scheduleHolds(schedule: Schedule, timeZone: string, atMs: number): boolean {
  const { day, minute } = localTime(timeZone, atMs);
  const [from, to] = [minuteOf(schedule.from), minuteOf(schedule.to)];
  const holdsOn = (which: number) => schedule.days?.includes(which) ?? true;

  if (from < to) return minute >= from && minute < to && holdsOn(day);
  return (minute >= from && holdsOn(day)) || (minute < to && holdsOn(day === 1 ? 7 : day - 1));
}

/** A wall time as an instant. One that is skipped in spring becomes the moment as long after the change as it was meant after. */
function instantOf(timeZone: string, wallMs: number): number {
  const near = wallMs - offsetMs(timeZone, wallMs);
  const found = wallMs - offsetMs(timeZone, near);
  // The same again, but for a time that is skipped: west of Greenwich the first lies before the change, east of it this one.
  return Math.max(found, wallMs - offsetMs(timeZone, found));
}

/**
 * Local minus UTC. Asking Intl costs tens of microseconds, so each midnight (UTC) is asked once, and each quarter of an
 * hour only on a day on which the clock is changed.
 */
function offsetMs(timeZone: string, atMs: number): number {
  const zone = zoneOf(timeZone);
  const midnightMs = Math.floor(atMs / dayMs) * dayMs;
  const offset = offsetAtMs(zone, midnightMs);
  return offset === offsetAtMs(zone, midnightMs + dayMs) ? offset : offsetAtMs(zone, atMs);
}

function offsetAtMs({ format, offsets }: Zone, atMs: number): number {
  const quarter = Math.floor(atMs / quarterMs);
  const known = offsets.get(quarter);
  if (known !== undefined) return known;

  const asked = askOffsetMs(format, quarter * quarterMs);
  if (offsets.size >= rememberedQuarters) offsets.clear();
  offsets.set(quarter, asked);
  return asked;
}

function zoneOf(timeZone: string): Zone {
  const known = zones.get(timeZone);
  if (known !== undefined) return known;
  const zone = { format: formatOf(timeZone), offsets: new Map<number, number>() };
  zones.set(timeZone, zone);
  return zone;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const two = '2-digit';
  const time = { hour: two, minute: two, second: two, hourCycle: 'h23' } as const;
  return new Intl.DateTimeFormat('en-US', { timeZone, year: 'numeric', month: two, day: two, ...time });
}

function askOffsetMs(format: Intl.DateTimeFormat, atMs: number): number {
  const part = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]));
  const get = (name: Intl.DateTimeFormatPartTypes) => part.get(name) ?? 0;
  const wallMs = Date.UTC(get('year'), get('month') - 1, get('day'), get('hour'), get('minute'), get('second'));
  return wallMs - atMs;
}
