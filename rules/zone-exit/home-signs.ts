import { localTime, nextLocal } from '../../model/local-time.ts';
import type { Reading } from '../../model/reading.ts';
import type { Household } from '../rule.ts';

/** What the home itself says of somebody being in it, or having gone: other devices than the one that is followed. */
export type HomeSigns = {
  readonly indoorAtMs?: number;
  readonly doorOpenedAtMs?: number;
  readonly doorHeardAtMs?: number;
};

const minuteMs = 60_000;
const indoorHoldsMs = 5 * minuteMs;
/** Motion is written down this often, so it may be forgotten this much early. */
const indoorGrainMs = 2 * minuteMs;
/** A door sensor that has not spoken for longer may be dead, and a door that cannot speak is not a closed one. */
const doorAliveMs = 26 * 60 * minuteMs;
const doorGrainMs = 6 * 60 * minuteMs;
/** With no fix inside to count from, a door opened within the hour may be how she left. */
const unknownInsideMs = 60 * minuteMs;
const nightDoorMs = 15 * minuteMs;
const nightFrom = 22 * 60;
const nightTo = 6 * 60;

export function isHomeSign({ kind }: Reading): boolean {
  return kind === 'motionSensor' || kind === 'doorSensor';
}

/** The same object when the reading adds nothing worth writing down. */
export function withHomeSign<T extends HomeSigns>(was: T, { kind, facts, takenAtMs, late }: Reading): T {
  if (late) return was;
  if (kind === 'motionSensor') {
    const isNews = facts.motion === true && isLater(was.indoorAtMs, takenAtMs, indoorGrainMs);
    return isNews ? { ...was, indoorAtMs: takenAtMs } : was;
  }
  const opened = facts.contactOpen === true && isLater(was.doorOpenedAtMs, takenAtMs, 1);
  if (!opened && !isLater(was.doorHeardAtMs, takenAtMs, doorGrainMs)) return was;
  return { ...was, doorHeardAtMs: takenAtMs, ...(opened && { doorOpenedAtMs: takenAtMs }) };
}

function isLater(wasMs: number | undefined, atMs: number, grainMs: number): boolean {
  return wasMs === undefined || atMs - wasMs >= grainMs;
}

/**
 * Somebody moved indoors within five minutes and the door has stayed shut since the last fix inside: whoever lives alone
 * is at home, whatever the satellites say. Says nothing where others live too, or where no door can be heard.
 */
export function isSeenIndoors(
  home: Household,
  signs: HomeSigns,
  insideAtMs: number | undefined,
  atMs: number,
): boolean {
  const { indoorAtMs, doorOpenedAtMs, doorHeardAtMs } = signs;
  if (home.resident?.livesAlone === false || indoorAtMs === undefined || doorHeardAtMs === undefined) return false;
  if (atMs - indoorAtMs > indoorHoldsMs || atMs - doorHeardAtMs > doorAliveMs) return false;
  return doorOpenedAtMs === undefined || doorOpenedAtMs <= (insideAtMs ?? atMs - unknownInsideMs);
}

/** Has somebody moved indoors or opened the door since? Whoever lives alone is at home then. A pet opens no door. */
export function isHomeSince(
  { resident }: Household,
  { indoorAtMs, doorOpenedAtMs }: HomeSigns,
  sinceMs: number,
): boolean {
  if (resident?.livesAlone === false) return false;
  const isSince = (atMs: number | undefined) => atMs !== undefined && atMs > sinceMs;
  return isSince(doorOpenedAtMs) || (isSince(indoorAtMs) && resident?.hasPet !== true);
}

/** The door was opened within a quarter of an hour, at night. */
export function isNightDoor(home: Household, { doorOpenedAtMs }: HomeSigns, atMs: number): boolean {
  if (doorOpenedAtMs === undefined || atMs < doorOpenedAtMs || atMs - doorOpenedAtMs > nightDoorMs) return false;
  return isNight(home.timeZone, atMs);
}

/** From 22:00 to 06:00 where the community lives. */
export function isNight(timeZone: string, atMs: number): boolean {
  const { minute } = localTime(timeZone, atMs);
  return minute >= nightFrom || minute < nightTo;
}

/** That moment when it lies in the night, or when the next one begins. */
export function nextNightMs(timeZone: string, atMs: number): number {
  return isNight(timeZone, atMs) ? atMs : nextLocal(timeZone, nightFrom, atMs);
}
