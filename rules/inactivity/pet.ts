import type { Reading } from '../../model/reading.ts';
import type { Household } from '../rule.ts';
import type { State } from './limits.ts';

/**
 * What moves on the walls of a home with a pet. A cat passes; a person stays and is seen again and again: so the minutes in
 * which something moved are counted, of the last twenty. How many the pet alone brings about is learned from the home's
 * quiet hours, in which she is out, in bed or where no sensor sees her. Where sensors speak so seldom that nobody ever
 * reaches it, and while it is learned, a second room tells of a person.
 */
export type Stirs = {
  /** The last of them, on the minute. */
  readonly atMs: number;
  /** Bit i: something moved i minutes before `atMs`. */
  readonly minutes: number;
  /** Which sensor saw it. */
  readonly deviceId: string;
  /** The most minutes of twenty, today and on the days before; each day takes one from it. */
  readonly peak: number;
  /** Minutes with movement in the hour of `atMs` so far. */
  readonly inHour: number;
  /** So many, or fewer, are in three hours of ten, and of how many hours that is known (at most `hoursToLearn`). */
  readonly petPerH: number;
  readonly hours: number;
};

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const windowMin = 20;
const windowBits = 2 ** windowMin - 1;
/** Where little is known yet: one pass an hour. */
const unknown = { petPerH: 1, hours: 0 };
const hoursToLearn = 48;
/** In so many hours she is out, in bed or in rooms without a sensor; how far one hour moves what is known. */
const quietShare = 0.3;
const step = 0.4;
/** So many empty hours in a row are a night; more may be an outage. */
const emptyAtMost = 12;
/** Moving minutes that make a person: below the first a cat plays, above the last nobody would be seen. */
const fewest = 4;
const most = 7;
const whileUnknown = 5;
/** Mistaking the pet for her resets a clock: so seldom that no stillness of half a day is hidden. */
const mistakesPerDay = 0.5;
/** How long two movements in two rooms tell of a person where minutes do not. */
const roomsMs = 12 * hourMs;

/** With one movement more; the same object when this minute is known. What comes late only fills in what was missed. */
export function withStir(stirs: Stirs | undefined, { deviceId, takenAtMs }: Moved): Stirs {
  const atMs = Math.floor(takenAtMs / minuteMs) * minuteMs;
  if (stirs === undefined) return { atMs, minutes: 1, deviceId, peak: 1, inHour: 1, ...unknown };
  const laterMin = (atMs - stirs.atMs) / minuteMs;
  if (laterMin <= 0) return -laterMin >= windowMin ? stirs : withMinute(stirs, 2 ** -laterMin, deviceId);
  const minutes = laterMin >= windowMin ? 1 : ((stirs.minutes << laterMin) & windowBits) | 1;
  const days = Math.floor(atMs / dayMs) - Math.floor(stirs.atMs / dayMs);
  const now = { atMs, minutes, deviceId, peak: Math.max(stirs.peak - days, bitsIn(minutes)) };
  const hoursOn = Math.floor(atMs / hourMs) - Math.floor(stirs.atMs / hourMs);
  if (hoursOn === 0) return { ...stirs, ...now, inHour: stirs.inHour + 1 };
  return { ...afterHours(stirs, hoursOn), ...now, inHour: 1 };
}

type Moved = { readonly deviceId: string; readonly takenAtMs: number };

function withMinute(stirs: Stirs, bit: number, deviceId: string): Stirs {
  const isKnown = (stirs.minutes & bit) !== 0;
  if (isKnown && (bit > 1 || deviceId === stirs.deviceId)) return stirs;
  return { ...stirs, minutes: stirs.minutes | bit, deviceId };
}

function afterHours(stirs: Stirs, hoursOn: number): Stirs {
  let known = withHour(stirs, stirs.inHour);
  if (hoursOn - 1 > emptyAtMost) return known;
  for (let empty = 1; empty < hoursOn; empty++) known = withHour(known, 0);
  return known;
}

/** One hour more: the quiet ones are found as a quantile is, so that nothing but a level is kept. */
function withHour(stirs: Stirs, moving: number): Stirs {
  const level = stirs.petPerH + step * (moving > stirs.petPerH ? quietShare : quietShare - 1);
  const petPerH = Math.max(0, Math.round(level * 100) / 100);
  return { ...stirs, petPerH, hours: Math.min(stirs.hours + 1, hoursToLearn) };
}

/**
 * A sensor on the wall saw something that the pet alone may have been: everything else (a door, the band, a button) no pet
 * can do.
 *
 * @param before the state without what this reading tells
 */
export function mayBePet(home: Household, before: State, { stirs }: State, reading: Reading): boolean {
  const { kind, facts, deviceId, takenAtMs } = reading;
  if (home.resident?.hasPet !== true || kind !== 'motionSensor' || facts.events !== undefined) return false;
  if (stirs === undefined) return true;
  const needed = minutesOfPerson(stirs);
  if (bitsIn(stirs.minutes) >= needed) return false;
  if (stirs.hours >= hoursToLearn && stirs.peak >= needed) return true;
  const other = before.stirs;
  return other === undefined || other.deviceId === deviceId || takenAtMs - other.atMs > roomsMs;
}

/** In how many of twenty minutes something has to move before it is a person: what the pet reaches less than once in two days. */
export function minutesOfPerson({ petPerH, hours }: Stirs): number {
  if (hours < hoursToLearn) return whileUnknown;
  for (let minutes = fewest; minutes < most; minutes++) {
    if (24 * petPerH * atLeast(minutes - 1, (petPerH * windowMin) / 60) <= mistakesPerDay) return minutes;
  }
  return most;
}

/** The probability of so many passes or more where `mean` are usual (Poisson). */
function atLeast(count: number, mean: number): number {
  let less = 0;
  for (let n = 0, term = Math.exp(-mean); n < count; n++, term *= mean / n) less += term;
  return 1 - less;
}

function bitsIn(mask: number): number {
  let count = 0;
  for (let left = mask; left !== 0; left &= left - 1) count += 1;
  return count;
}
