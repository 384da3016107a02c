import { crc32 } from 'node:zlib';
import type { Signal } from '../../model/alert.ts';
import type { Lane, Reading } from '../../model/reading.ts';
import type { Quarantined, TimeRange } from '../contracts.ts';

/*
 * What a row looks like on disk; nothing else knows.
 *
 * Keys are text, ordered byte by byte, parts joined by `!` (below every character an id may have):
 *   r!{subjectId}!{takenAtMs}!{readingId}        one subject's readings are one range, in order of time
 *   s!{subjectId}                                rule state
 *   o!{sequence}!{index}!{signalId}              outbox, in order of commit
 *   q!{sequence}!{index}!{deviceId}              quarantine
 *   c!{sequence}                                 one record for each commit
 * Numbers are decimal in a fixed width. A value is `{version}{crc32 of key and body, 8 hex}{body}`: LevelDB does not
 * verify its own block checksums when it reads, so a flipped bit would otherwise come back as a fact.
 */

const version = '1';
const headLength = 9;
const numberWidth = 16;
/** The last moment a key can hold. */
const maxTimeMs = Number.MAX_SAFE_INTEGER;

export type KeyRange = { readonly gte: string; readonly lt: string };

/** A number as it stands in keys. */
export function padded(value: number): string {
  return String(value).padStart(numberWidth, '0');
}

/** Every key of one kind. */
export function rangeOfPrefix(prefix: 'r' | 's' | 'o' | 'q' | 'c'): KeyRange {
  return { gte: `${prefix}!`, lt: `${prefix}"` };
}

/** The keys of a subject's readings in a half-open range of `takenAtMs`. */
export function rangeOfReadings(subjectId: string, { fromMs, toMs }: TimeRange): KeyRange {
  const subject = `r!${subjectId}!`;
  return { gte: subject + padded(bounded(fromMs)), lt: subject + padded(bounded(toMs)) };
}

function bounded(atMs: number): number {
  return Math.min(Math.max(Math.ceil(atMs), 0), maxTimeMs);
}

export function readingKey(reading: Reading): string {
  return `r!${reading.subjectId}!${padded(reading.takenAtMs)}!${reading.id}`;
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

/** A body ready to be stored under a key. */
export function seal(key: string, body: string): string {
  return version + checkOf(key, body) + body;
}

/** The body that was sealed under this key; undefined when version or checksum say otherwise. */
export function unseal(key: string, value: string): string | undefined {
  const body = value.slice(headLength);
  return value.startsWith(version) && value.slice(1, headLength) === checkOf(key, body) ? body : undefined;
}

function checkOf(key: string, body: string): string {
  return crc32(key + body)
    .toString(16)
    .padStart(8, '0');
}

/** What a reading's key does not say already; absent numbers are null and cost little. */
type ReadingBody = readonly [
  deviceId: string,
  kind: Reading['kind'],
  lane: Lane,
  receivedAfterMs: number,
  late: 0 | 1,
  seq: number | null,
  deviceClockMs: number | null,
  facts: Reading['facts'],
];

export function encodeReading(key: string, reading: Reading): string {
  const body: ReadingBody = [
    reading.deviceId,
    reading.kind,
    reading.lane,
    reading.receivedAtMs - reading.takenAtMs,
    reading.late ? 1 : 0,
    reading.seq ?? null,
    reading.deviceClockMs ?? null,
    reading.facts,
  ];
  return seal(key, JSON.stringify(body));
}

/** Undefined when the row is damaged. */
export function decodeReading(key: string, value: string): Reading | undefined {
  const body = decodeJson<ReadingBody>(key, value);
  if (body === undefined) return undefined;
  const [, subjectId = '', time = '', id = ''] = keyParts(key, 4);
  const [deviceId, kind, lane, receivedAfterMs, late, seq, deviceClockMs, facts] = body;
  const takenAtMs = Number(time);
  return {
    id,
    deviceId,
    kind,
    subjectId,
    lane,
    takenAtMs,
    receivedAtMs: takenAtMs + receivedAfterMs,
    ...(deviceClockMs !== null && { deviceClockMs }),
    late: late === 1,
    ...(seq !== null && { seq }),
    facts,
  };
}

export function encodeJson(key: string, row: Signal | Quarantined | readonly number[]): string {
  return seal(key, JSON.stringify(row));
}

/** Undefined when the row is damaged. The checksum proves it is what we wrote, so its type is what we wrote. */
export function decodeJson<T>(key: string, value: string): T | undefined {
  const body = unseal(key, value);
  if (body === undefined) return undefined;
  try {
    return JSON.parse(body) as T;
  } catch {
    return undefined;
  }
}
