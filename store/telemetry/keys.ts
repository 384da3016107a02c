import type { Reading } from '../../model/reading.ts';
import type { Purpose, TimeRange } from '../contracts.ts';
import { timeIn, timeText, timeWidth, writeTime } from './time-text.ts';

/*
 * Keys are text, ordered byte by byte, parts joined by `!` (below every character an id may have):
 *   r!{subjectId}!{takenAtMs}!{readingId}        one subject's readings are one range, in order of time; an id that
 *                                                ends with `:t{takenAtMs}` has `!` for it
 *   a!{subjectId}!{day}                          what a past day came to, by metric and hour
 *   m!{subjectId}!{day}                          the same by five minutes, when the day has many readings
 *   n!{subjectId}!{day}                          how many readings that day has, and when the newest was taken
 *   s!{subjectId}                                rule state
 *   e!{purpose}                                  up to when readings have served it
 *   e!rolled                                     the last day any subject ever had a roll-up of
 *   o!{sequence}!{index}!{signalId}              outbox, in order of commit
 *   q!{sequence}!{index}!{deviceId}              quarantine
 *   c!{sequence}                                 one record for each commit
 *   f!{sequence}, fr!                            what is still to be forwarded (forward-log.ts)
 * Moments of readings are nine characters (time-text.ts), other numbers decimal in a fixed width; days are whole days of UTC since 1970.
 */

const numberWidth = 16;
const dayWidth = 6;
/** The last day that a key can hold, in the year 4707. */
export const lastDay = 999_999;
/** Stands for `:t{takenAtMs}` at the end of an id, which no id ends with by itself. */
const timeAgain = '!';
/** Of any moment from 2001 to 2286; of another the key is joined. */
const momentDigits = 13;
const mark = timeAgain.charCodeAt(0);
const zero = '0'.charCodeAt(0);
const letterR = 'r'.charCodeAt(0);
const letterT = 't'.charCodeAt(0);
const colon = ':'.charCodeAt(0);
/** The last moment a key can hold. */
const maxTimeMs = Number.MAX_SAFE_INTEGER;

export type KeyRange = { readonly gte: string; readonly lt: string };

/** A number as it stands in keys. */
export function padded(value: number): string {
  // Any moment from 2001 to 2286 has thirteen digits.
  if (value >= 1e12 && value < 1e13) return `000${value}`;
  return String(value).padStart(numberWidth, '0');
}

/** Every key of one kind. */
export function rangeOfPrefix(prefix: 'r' | 's' | 'o' | 'q' | 'c'): KeyRange {
  return { gte: `${prefix}!`, lt: `${prefix}"` };
}

/** The keys of a subject's readings in a half-open range of `takenAtMs`. */
export function rangeOfReadings(subjectId: string, { fromMs, toMs }: TimeRange): KeyRange {
  const subject = `r!${subjectId}!`;
  return { gte: subject + timeText(bounded(fromMs)), lt: subject + timeText(bounded(toMs)) };
}

function bounded(atMs: number): number {
  return Math.min(Math.max(Math.ceil(atMs), 0), maxTimeMs);
}

/** Longer ones are joined as text; no device sends what comes near. */
const longestKey = 1_024;
/** Of what stands in a key besides subject and id. */
const othersWidth = timeWidth + 4;
const keyBytes = Buffer.alloc(longestKey);

/**
 * Put together from bytes: a text that is joined is copied once more by whoever looks into it, and characters of such a
 * text are looked at more slowly than bytes.
 */
export function readingKey(reading: Reading): string {
  const { subjectId, takenAtMs, id } = reading;
  const isLong = subjectId.length + id.length > longestKey - othersWidth;
  if (isLong || takenAtMs < 1e12 || takenAtMs >= 1e13) return joinedKey(reading);
  const time = 3 + subjectId.length;
  const idFrom = time + timeWidth + 1;
  // Of ASCII each character is one byte.
  const isAscii = keyBytes.write(subjectId, 2) === subjectId.length && keyBytes.write(id, idFrom) === id.length;
  if (!isAscii) return joinedKey(reading);
  keyBytes[0] = letterR;
  keyBytes[1] = keyBytes[time - 1] = keyBytes[idFrom - 1] = mark;
  writeTime(keyBytes, time, takenAtMs);
  return keyBytes.toString('latin1', 0, endOfKey(idFrom + id.length, takenAtMs));
}

function joinedKey({ subjectId, takenAtMs, id }: Reading): string {
  const ending = `:t${takenAtMs}`;
  const end = id.endsWith(ending) ? id.slice(0, -ending.length) + timeAgain : id;
  return `r!${subjectId}!${timeText(takenAtMs)}!${end}`;
}

/** Of the key with the whole id in it, which ends there; an ending that says the time again gives way to a mark. */
function endOfKey(end: number, takenAtMs: number): number {
  const at = end - momentDigits;
  if (keyBytes[at - 1] !== letterT || keyBytes[at - 2] !== colon) return end;
  const high = Math.floor(takenAtMs / 1e7);
  if (!hasDigits(at, 6, high) || !hasDigits(at + 6, 7, takenAtMs - high * 1e7)) return end;
  keyBytes[at - 2] = mark;
  return at - 1;
}

/** Do exactly these digits of `n` stand there? Making a text of it to compare with costs more than the rest of the key. */
function hasDigits(from: number, digits: number, n: number): boolean {
  let rest = n | 0;
  for (let at = from + digits - 1; at >= from; at -= 1) {
    const tens = (rest / 10) | 0;
    if (keyBytes[at] !== zero + rest - tens * 10) return false;
    rest = tens;
  }
  return true;
}

export function stateKey(subjectId: string): string {
  return `s!${subjectId}`;
}

export function signalKey(sequence: number, index: number, signalId: string): string {
  return `o!${padded(sequence)}!${padded(index)}!${signalId}`;
}

export function quarantineKey(sequence: number, index: number, deviceId: string): string {
  return `q!${padded(sequence)}!${padded(index)}!${deviceId}`;
}

export function commitKey(sequence: number): string {
  return `c!${padded(sequence)}`;
}

/** The parts of a key; the last of `count` takes the rest. */
export function keyParts(key: string, count: number): string[] {
  const parts = key.split('!');
  return parts.length <= count ? parts : [...parts.slice(0, count - 1), parts.slice(count - 1).join('!')];
}

// ---- what stands in a reading's key ----

function timeAt(key: string): number {
  return key.indexOf('!', 2) + 1;
}

export function subjectIn(key: string): string {
  return key.slice(2, timeAt(key) - 1);
}

export function takenAtIn(key: string): number {
  return timeIn(key, timeAt(key));
}

export function idIn(key: string): string {
  const at = timeAt(key) + timeWidth + 1;
  return key.endsWith(timeAgain) ? `${key.slice(at, -1)}:t${takenAtIn(key)}` : key.slice(at);
}

/** The first characters of the id, short of its ending. */
export function startOfId(key: string, length: number): string {
  const at = timeAt(key) + timeWidth + 1;
  return key.slice(at, at + length);
}

/** Is it a key as they are written now? The first versions wrote moments in sixteen digits. */
export function isReadingKey(key: string): boolean {
  return key[timeAt(key) + timeWidth] === '!';
}

// ---- roll-ups and retention ----

/** Rows that a reading which comes or goes takes along with it. */
export const rolledKinds = ['a', 'm', 'n'] as const;
export type RolledKind = (typeof rolledKinds)[number];

export function rolledKey(kind: RolledKind, subjectId: string, day: number): string {
  return `${kind}!${subjectId}!${String(day).padStart(dayWidth, '0')}`;
}

/** From one day to another, that one excluded. */
export function rangeOfRolled(kind: RolledKind, subjectId: string, fromDay: number, toDay: number): KeyRange {
  return { gte: rolledKey(kind, subjectId, fromDay), lt: rolledKey(kind, subjectId, toDay) };
}

export function dayIn(rolledKeyText: string): number {
  return Number(rolledKeyText.slice(-dayWidth));
}

/** Everything of one kind about one subject. */
export function rangeOfSubject(kind: RolledKind | 'r', subjectId: string): KeyRange {
  return { gte: `${kind}!${subjectId}!`, lt: `${kind}!${subjectId}"` };
}

export function horizonKey(purpose: Purpose): string {
  return `e!${purpose}`;
}

export const lastRolledKey = 'e!rolled';
