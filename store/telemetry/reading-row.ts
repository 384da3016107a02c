import type { DeviceKind } from '../../model/device.ts';
import type { Fix } from '../../model/geo.ts';
import type { Lane, Metric, Reading } from '../../model/reading.ts';
import type { MetricPoint, TrackPoint } from '../contracts.ts';
import { namesOf } from './fact-codes.ts';
import { mayHold, readFacts, readMetric, readOnlyPosition } from './facts-row.ts';
import { FactsWriter } from './facts-writer.ts';
import { idIn, startOfId, subjectIn, takenAtIn } from './keys.ts';
import { isPacked, PackedReader, PackedWriter, packedHead } from './packed.ts';
import { decodeJson, isWhole, seal } from './rows.ts';

/*
 * A reading as a row: what its key does not say already. Two forms are read, told apart by the version before them:
 * *packed*, which everything is written in, and *general* (JSON), in which rows were written once and in which the few
 * are that do not fit the packed form. In order:
 *   what is there (two characters), kind and how the device is named, lane and late, the device, the facts,
 *   received after, seq, the device's clock
 */

const kindNames = namesOf<DeviceKind>({
  wristband: 0,
  callButton: 1,
  smokeDetector: 2,
  gasDetector: 3,
  motionSensor: 4,
  doorSensor: 5,
  bedSensor: 6,
  vitalsMonitor: 7,
  hub: 8,
});
const laneNames = namesOf<Lane>({ telemetry: 0, event: 1, burst: 2, status: 3, reply: 4 });
const kindCodes = new Map(kindNames.map((name, code) => [name, code]));
const laneCodes = new Map(laneNames.map((name, code) => [name, code]));

const seqPresent = 1 << 12;
const clockPresent = 1 << 13;
const namedByItself = 1 << 6;
const lateBit = 1 << 6;
const seqInIdBit = 1 << 5;
const codeBits = 31;
const maxDeviceId = 200;
const colon = ':'.charCodeAt(0);
const letterS = 's'.charCodeAt(0);
const zero = '0'.charCodeAt(0);
/** All numbers of so many digits are safe integers. */
const maxSeqDigits = 15;

const writer = new PackedWriter(2_048);
const factsWriter = new FactsWriter();
const reader = new PackedReader();

/** The value under a reading's key. */
export function encodeReading(key: string, reading: Reading): string {
  const { facts, seq, deviceClockMs } = reading;
  const found = isUsual(reading) ? factsWriter.gather(facts) : undefined;
  if (found === undefined) return encodeGeneral(key, reading);
  const present = found | (seq === undefined ? 0 : seqPresent) | (deviceClockMs === undefined ? 0 : clockPresent);
  writer.begin();
  writer.bits7(present);
  writer.bits7(present >> 7);
  const seqInId = writeWho(reading);
  factsWriter.write(writer, facts);
  writer.int(reading.receivedAtMs - reading.takenAtMs);
  if (seq !== undefined && !seqInId) writer.number(seq, 1);
  if (deviceClockMs !== undefined) writer.number(deviceClockMs, 1);
  return writer.sealed(key);
}

/** `{device}:s{seq}:…`, the device looked at already. */
function isSeqInId(id: string, at: number, seq: number): boolean {
  return id.charCodeAt(at) === colon && id.charCodeAt(at + 1) === letterS && isNumberAt(id, at + 2, seq);
}

/** Does the number stand there as it is written, with a colon behind it? A text of it to compare with costs more. */
function isNumberAt(text: string, from: number, n: number): boolean {
  let found = 0;
  let at = from;
  for (; at < from + maxSeqDigits && text.charCodeAt(at) !== colon; at += 1) {
    const digit = text.charCodeAt(at) - zero;
    if (!(digit >= 0 && digit <= 9)) return false;
    found = found * 10 + digit;
  }
  const leadingZero = text.charCodeAt(from) === zero && at > from + 1;
  return found === n && at > from && !leadingZero && text.charCodeAt(at) === colon;
}

/** Is the sequence number left out, for it stands in the id? */
function writeWho({ id, deviceId, kind, lane, late, seq }: Reading): boolean {
  const at = deviceId.length;
  const inId = id.charCodeAt(at) === colon && id.startsWith(deviceId);
  const seqInId = inId && seq !== undefined && isSeqInId(id, at, seq);
  writer.bits7(kindCodes.get(kind)! | (inId ? 0 : namedByItself)); // every kind has a code
  writer.bits7(laneCodes.get(lane)! | (late ? lateBit : 0) | (seqInId ? seqInIdBit : 0)); // every lane has a code
  if (inId) writer.uint(at);
  else writer.ascii(deviceId);
  return seqInId;
}

/** The packed form has room for what devices send, and is made of ASCII. */
function isUsual({ deviceId, receivedAtMs, takenAtMs }: Reading): boolean {
  if (!Number.isSafeInteger(receivedAtMs - takenAtMs) || deviceId.length > maxDeviceId) return false;
  for (let at = 0; at < deviceId.length; at += 1) if (deviceId.charCodeAt(at) > 127) return false;
  return true;
}

/** Undefined when the row is damaged. */
export function decodeReading(key: string, value: string): Reading | undefined {
  if (!isWhole(key, value)) return undefined;
  if (!isPacked(value)) return decodeGeneral(key, value);
  const present = begin(value);
  const { seqInId, ...who } = readWho(key);
  const facts = readFacts(reader, present);
  const takenAtMs = takenAtIn(key);
  const receivedAtMs = takenAtMs + reader.int();
  const seq = (present & seqPresent) === 0 ? undefined : seqInId ? seqOf(key, who.deviceId) : reader.number(1);
  const deviceClockMs = (present & clockPresent) === 0 ? undefined : reader.number(1);
  return {
    id: idIn(key),
    subjectId: subjectIn(key),
    ...who,
    takenAtMs,
    receivedAtMs,
    ...(deviceClockMs !== undefined && { deviceClockMs }),
    ...(seq !== undefined && { seq }),
    facts,
  };
}

/** Sets the reader before *who*; returns what is there. */
function begin(value: string): number {
  reader.begin(value, packedHead);
  return reader.bits7() | (reader.bits7() << 7);
}

type Who = Pick<Reading, 'deviceId' | 'kind' | 'lane' | 'late'> & { readonly seqInId: boolean };

function readWho(key: string): Who {
  const kind = reader.bits7();
  const lane = reader.bits7();
  const deviceId = (kind & namedByItself) === 0 ? startOfId(key, reader.uint()) : reader.ascii();
  return {
    deviceId,
    kind: kindNames[kind & codeBits]!, // written from this list
    lane: laneNames[lane & codeBits]!, // written from this list
    late: (lane & lateBit) !== 0,
    seqInId: (lane & seqInIdBit) !== 0,
  };
}

function seqOf(key: string, deviceId: string): number {
  return Number.parseInt(idIn(key).slice(deviceId.length + 2), 10);
}

function skipWho(): void {
  const kind = reader.bits7();
  reader.bits7();
  if ((kind & namedByItself) === 0) reader.uint();
  else reader.ascii();
}

// ---- single facts of a row that `isWhole`, without making the reading ----

export function metricIn(key: string, value: string, metric: Metric): number | undefined {
  if (!isPacked(value)) {
    const fact = decodeGeneral(key, value)?.facts[metric];
    return fact === undefined ? undefined : Number(fact);
  }
  const present = begin(value);
  if (!mayHold(present, metric)) return undefined;
  skipWho();
  return readMetric(reader, present, metric);
}

export function metricPointIn(key: string, value: string, metric: Metric): MetricPoint | undefined {
  const found = metricIn(key, value, metric);
  return found === undefined ? undefined : { atMs: takenAtIn(key), value: found, deviceId: deviceIn(key, value) };
}

export function trackPointIn(key: string, value: string): TrackPoint | undefined {
  const position = positionOf(key, value);
  if (position === undefined) return undefined;
  const { lat, lon, accuracyM } = position;
  const atMs = takenAtIn(key);
  return { atMs, lat, lon, ...(accuracyM !== undefined && { accuracyM }), deviceId: deviceIn(key, value) };
}

function positionOf(key: string, value: string): Fix | undefined {
  if (!isPacked(value)) return decodeGeneral(key, value)?.facts.position;
  const present = begin(value);
  skipWho();
  return readOnlyPosition(reader, present);
}

function deviceIn(key: string, value: string): string {
  if (!isPacked(value)) return decodeGeneral(key, value)?.deviceId ?? '';
  begin(value);
  return readWho(key).deviceId;
}

/** What the row says: which facts are there, with the reader before them, or the facts themselves. */
export function factsIn(
  key: string,
  value: string,
): { readonly present: number; readonly reader: PackedReader } | { readonly facts: Reading['facts'] } {
  if (!isPacked(value)) return { facts: decodeGeneral(key, value)?.facts ?? {} };
  const present = begin(value);
  skipWho();
  return { present, reader };
}

// ---- the general form ----

type GeneralBody = readonly [
  deviceId: string,
  kind: Reading['kind'],
  lane: Lane,
  receivedAfterMs: number,
  late: 0 | 1,
  seq: number | null,
  deviceClockMs: number | null,
  facts: Reading['facts'],
];

function encodeGeneral(key: string, reading: Reading): string {
  const body: GeneralBody = [
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

function decodeGeneral(key: string, value: string): Reading | undefined {
  const body = decodeJson<GeneralBody>(key, value);
  if (body === undefined) return undefined;
  const [deviceId, kind, lane, receivedAfterMs, late, seq, deviceClockMs, facts] = body;
  const takenAtMs = takenAtIn(key);
  return {
    id: idIn(key),
    deviceId,
    kind,
    subjectId: subjectIn(key),
    lane,
    takenAtMs,
    receivedAtMs: takenAtMs + receivedAfterMs,
    ...(deviceClockMs !== null && { deviceClockMs }),
    late: late === 1,
    ...(seq !== null && { seq }),
    facts,
  };
}
