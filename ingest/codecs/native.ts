import type { Device } from '../../model/device.ts';
import type { Mutable } from '../../model/mutable.ts';
import type { Lane } from '../../model/reading.ts';
import type { Codec, Decoded, DecodeResult, Reply } from '../contracts.ts';
import { isSource, jsonOf, type Source } from '../payload.ts';
import { Refusals, refused, typeName } from '../refusals.ts';
import { burstIn } from './burst.ts';
import { telemetryIn } from './telemetry.ts';

export { BurstPayload } from './burst.ts';
export { TelemetryPayload } from './telemetry.ts';

/** A buffer being emptied, oldest first. */
export const maxObjects = 1000;

const prefix = 'v1/devices/';

/** The format of the outside contract: `v1/devices/{deviceId}/{lane}`. A device speaks for itself only. */
export const native: Codec = {
  name: 'native',
  speaks: (topic) => topic.startsWith(prefix),
  decode(topic, payload, among) {
    const slash = topic.indexOf('/', prefix.length);
    const device = among.byAddress('native', topic.slice(prefix.length, slash));
    if (device === undefined) return refused('unknownDevice', 'a device speaks for itself only');
    const read = lanes[topic.slice(slash + 1)];
    if (read === undefined) return refused('unknownTopic', `expected one of ${Object.keys(lanes).join(', ')}`);
    const json = jsonOf(payload);
    return 'reason' in json ? refused(json.reason, json.detail) : read(json.value, device);
  },
};

type Read = (value: unknown, device: Device) => DecodeResult;

const lanes: Readonly<Record<string, Read | undefined>> = Object.assign(Object.create(null), {
  telemetry: (value, device) => readTelemetry(value, device, 'telemetry'),
  event: (value, device) => readTelemetry(value, device, 'event'),
  burst: (value, device) => readOne(value, (source, refusals) => readBurst(source, device, refusals)),
  status: (value, device) => readOne(value, (source, refusals) => readStatus(source, device, refusals)),
  reply: (value, device) => readOne(value, (source, refusals) => readReply(source, device, refusals)),
} satisfies Record<Lane, Read>);

function readTelemetry(value: unknown, device: Device, lane: Lane): DecodeResult {
  const refusals = new Refusals();
  const decoded: Decoded[] = [];
  if (Array.isArray(value)) readBuffer(value, device, lane, decoded, refusals);
  else readObject(value, device, lane, undefined, decoded, refusals);
  return { decoded, refused: refusals.list };
}

/** Past the limit only what calls for help is still read: the newest object is the last one. */
function readBuffer(
  objects: readonly unknown[],
  device: Device,
  lane: Lane,
  decoded: Decoded[],
  refusals: Refusals,
): void {
  if (objects.length === 0) refusals.add('nothingMeasured', '', 'expected at least one object');
  if (objects.length > maxObjects) {
    refusals.add(
      'tooManyObjects',
      '',
      `at most ${maxObjects} objects, got ${objects.length}; of the rest only events count`,
    );
  }
  let calls = 0;
  for (const [index, object] of objects.entries()) {
    if (index >= maxObjects && (!isSource(object) || object.event === undefined || ++calls > maxObjects)) continue;
    readObject(object, device, lane, index, decoded, refusals);
  }
}

function readObject(
  value: unknown,
  device: Device,
  lane: Lane,
  index: number | undefined,
  decoded: Decoded[],
  refusals: Refusals,
): void {
  const at = index === undefined ? '' : `[${index}]`;
  if (!isSource(value)) {
    refusals.add('notAnObject', at, `expected an object, got ${typeName(value)}`);
    return;
  }
  const path = index === undefined ? '' : `${at}.`;
  const { deviceClockMs, seq, facts } = telemetryIn(value, path, device, refusals);
  if (facts === undefined) return;
  const one: Mutable<Decoded> = { device, lane, facts };
  if (deviceClockMs !== undefined) one.deviceClockMs = deviceClockMs;
  if (seq !== undefined) one.seq = seq;
  if (index !== undefined) one.index = index;
  decoded.push(one);
}

function readOne(value: unknown, read: (source: Source, refusals: Refusals) => Decoded | undefined): DecodeResult {
  if (!isSource(value)) return refused('notAnObject', `expected an object, got ${typeName(value)}`);
  const refusals = new Refusals();
  const decoded = read(value, refusals);
  return { decoded: decoded === undefined ? [] : [decoded], refused: refusals.list };
}

/** A will is written at connect time, so a `t` in it says nothing: receipt counts. */
function readStatus({ online }: Source, device: Device, refusals: Refusals): Decoded | undefined {
  if (typeof online === 'boolean') return { device, lane: 'status', facts: { online } };
  refusals.add('wrongType', 'online', `expected true or false, got ${typeName(online)}`);
  return undefined;
}

/** Taken whole or refused whole. */
function readBurst(source: Source, device: Device, refusals: Refusals): Decoded | undefined {
  const read = burstIn(source, refusals);
  if (read === undefined) return undefined;
  const { deviceClockMs, burst } = read;
  return { device, lane: 'burst', ...(deviceClockMs !== undefined && { deviceClockMs }), facts: { burst } };
}

const maxReplyDetail = 500;

function readReply({ id, ok, detail }: Source, device: Device, refusals: Refusals): Decoded | undefined {
  if (typeof id !== 'string' || id.length === 0 || id.length > 200) {
    refusals.add('wrongType', 'id', 'expected the id of the command, 1 to 200 characters');
    return undefined;
  }
  if (typeof ok !== 'boolean') {
    refusals.add('wrongType', 'ok', `expected true or false, got ${typeName(ok)}`);
    return undefined;
  }
  const words = typeof detail === 'string' ? { detail: detail.slice(0, maxReplyDetail) } : {};
  if (detail !== undefined && typeof detail !== 'string') refusals.add('wrongType', 'detail', 'expected text');
  const reply: Reply = { id, ok, ...words };
  return { device, lane: 'reply', reply, facts: {} };
}
