import { instantOfDay, localDay, localTime, minuteOf, weekdayOf } from '../../model/local-time.ts';
import type { Duty, Roster, Rotation, Shift } from '../../model/roster.ts';

const dayMinutes = 24 * 60;
const minuteMs = 60_000;
const quarterMs = 15 * minuteMs;

/** A moment as the clock on the wall shows it: days since 1970-01-01, minute of the day. */
type Wall = { readonly atMs: number; readonly day: number; readonly minute: number };

/**
 * Who of a roster is on duty at a moment, by user id, in the order of the roster.
 *
 * @param timeZone IANA name of the community's time zone, for a roster without one of its own
 */
export function onDuty(roster: Roster, timeZone: string, atMs: number): readonly string[] {
  const wall = wallOf(roster.timeZone ?? timeZone, atMs);
  const usual = [
    ...roster.shifts.filter((shift) => shiftHolds(roster, shift, wall)).map(({ userId }) => userId),
    ...roster.rotations.flatMap((rotation) => turnOf(rotation, wall) ?? []),
  ];
  const changes = roster.overrides.filter(({ from, to }) => Date.parse(from) <= atMs && atMs < Date.parse(to));
  const off = new Set(changes.map(({ insteadOf }) => insteadOf));
  const on = changes.flatMap(({ userId }) => userId ?? []);
  return [...new Set([...usual.filter((userId) => !off.has(userId)), ...on])];
}

/** Everybody a roster ever puts on duty, by user id. */
export function namesOf({ shifts, rotations, overrides }: Roster): readonly string[] {
  return [
    ...shifts.map(({ userId }) => userId),
    ...rotations.flatMap(({ userIds }) => userIds),
    ...overrides.flatMap(({ userId }) => userId ?? []),
  ];
}

/**
 * Who is on duty by these rosters together from one moment to another, without a hole; a stretch with nobody is a gap.
 */
export function dutiesOf(rosters: readonly Roster[], timeZone: string, fromMs: number, toMs: number): readonly Duty[] {
  const changes = rosters.flatMap((roster) => changesOf(roster, timeZone, fromMs, toMs));
  const moments = [...new Set([fromMs, ...changes])].sort((a, b) => a - b);
  const duties: Duty[] = [];
  for (const [index, atMs] of moments.entries()) {
    const userIds = [...new Set(rosters.flatMap((roster) => onDuty(roster, timeZone, atMs)))];
    const untilMs = moments[index + 1] ?? toMs;
    const last = duties.at(-1);
    if (last !== undefined && sameMembers(last.userIds, userIds))
      duties[duties.length - 1] = { ...last, toMs: untilMs };
    else duties.push({ fromMs: atMs, toMs: untilMs, userIds });
  }
  return duties;
}

/** When nobody of these rosters is on duty: what has to be filled before it hurts. */
export function gapsOf(rosters: readonly Roster[], timeZone: string, fromMs: number, toMs: number): readonly Duty[] {
  return dutiesOf(rosters, timeZone, fromMs, toMs).filter(({ userIds }) => userIds.length === 0);
}

function wallOf(timeZone: string, atMs: number): Wall {
  return { atMs, day: localDay(timeZone, atMs), minute: localTime(timeZone, atMs).minute };
}

function shiftHolds(roster: Roster, { days, from, to }: Shift, { day, minute }: Wall): boolean {
  const [begins, ends] = [minuteOf(from), minuteOf(to)];
  const beganOn = (which: number) => days.includes(countsAs(roster, which));
  if (begins < ends) return minute >= begins && minute < ends && beganOn(day);
  return (minute >= begins && beganOn(day)) || (minute < ends && beganOn(day - 1));
}

/** The weekday whose shifts hold on a date. */
function countsAs({ specialDays }: Roster, day: number): number {
  return specialDays.find(({ date }) => dayOfDate(date) === day)?.as ?? weekdayOf(day);
}

function turnOf({ userIds, startsOn, everyDays, handOverAt, hours }: Rotation, wall: Wall): string | undefined {
  if (hours !== undefined && !isBetween(minuteOf(hours.from), minuteOf(hours.to), wall.minute)) return undefined;
  const sinceStart = (wall.day - dayOfDate(startsOn)) * dayMinutes + wall.minute - minuteOf(handOverAt);
  const turn = Math.floor(sinceStart / (everyDays * dayMinutes));
  return userIds[((turn % userIds.length) + userIds.length) % userIds.length];
}

function isBetween(from: number, to: number, minute: number): boolean {
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** Every moment at which somebody may come or go, `fromMs` first. */
function changesOf(roster: Roster, communityTimeZone: string, fromMs: number, toMs: number): number[] {
  const timeZone = roster.timeZone ?? communityTimeZone;
  const minutes = minutesOf(roster);
  const moments = new Set([fromMs]);
  for (let day = localDay(timeZone, fromMs); day <= localDay(timeZone, toMs); day += 1) {
    for (const minute of minutes) for (const atMs of momentsOf(timeZone, day, minute)) moments.add(atMs);
  }
  for (const { from, to } of roster.overrides) moments.add(Date.parse(from)).add(Date.parse(to));
  return [...moments].filter((atMs) => atMs >= fromMs && atMs < toMs).sort((a, b) => a - b);
}

/** When the clock on the wall may come to a minute of a day: where it is changed that day a time comes twice, or is jumped over. */
function momentsOf(timeZone: string, day: number, minute: number): readonly number[] {
  const atMs = instantOfDay(timeZone, day, minute);
  const lengthMs = instantOfDay(timeZone, day + 1, 0) - instantOfDay(timeZone, day, 0);
  const changeMs = Math.abs(lengthMs - dayMinutes * minuteMs);
  if (changeMs === 0) return [atMs];
  // Clocks are changed on a quarter of an hour.
  const quarters = Array.from({ length: (2 * changeMs) / quarterMs + 1 }, (_, nth) => nth * quarterMs - changeMs);
  return quarters
    .map((awayMs) => Math.floor(atMs / quarterMs) * quarterMs + awayMs)
    .concat(atMs - changeMs, atMs, atMs + changeMs);
}

function minutesOf({ shifts, rotations }: Roster): ReadonlySet<number> {
  const times = [
    '00:00',
    ...shifts.flatMap(({ from, to }) => [from, to]),
    ...rotations.flatMap(({ handOverAt, hours }) => [handOverAt, ...(hours ? [hours.from, hours.to] : [])]),
  ];
  return new Set(times.map(minuteOf));
}

function dayOfDate(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / 86_400_000;
}

function sameMembers(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id) => b.includes(id));
}
