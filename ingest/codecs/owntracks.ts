import type { Device } from '../../model/device.ts';
import type { Codec, Decoded, DecodeResult } from '../contracts.ts';
import { accuracyIn, type Draft, fixFrom, latLonIn, metricIn, numberIn, withDetails } from '../fields.ts';
import { isSource, jsonOf, type Source } from '../payload.ts';
import { anyDateMs } from '../plausible.ts';
import { Refusals, refused, typeName } from '../refusals.ts';

const prefix = 'owntracks/';

/**
 * OwnTracks on a phone: `owntracks/{user}/{device}` and topics below it. The address is `user/device`; `_type` says what
 * a message is, not the topic. Source: https://owntracks.org/booklet/tech/json/
 */
export const owntracks: Codec = {
  name: 'owntracks',
  speaks: (topic) => topic.startsWith(prefix),
  decode(topic, payload, among) {
    const [user, name] = topic.slice(prefix.length).split('/', 2);
    if (!user || !name) return refused('unknownTopic', 'expected owntracks/{user}/{device}');
    const device = among.byAddress('owntracks', `${user}/${name}`);
    if (device === undefined)
      return refused('unknownDevice', 'no device of this sender has this user/device as address');
    const json = jsonOf(payload);
    if ('reason' in json) return refused(json.reason, json.detail);
    if (!isSource(json.value)) return refused('notAnObject', `expected an object, got ${typeName(json.value)}`);
    return read(json.value, device);
  },
};

function read(source: Source, device: Device): DecodeResult {
  const type = source._type;
  if (typeof type !== 'string') return refused('wrongType', `_type: expected text, got ${typeName(type)}`);
  switch (type) {
    case 'location':
      return readLocation(source, device);
    case 'transition':
      return readTransition(source, device);
    case 'lwt':
      // Its `tst` is when the phone connected, not when it was lost: receipt counts.
      return { decoded: [{ device, lane: 'status', facts: { online: false } }], refused: [] };
    case 'encrypted':
      return refused('encrypted', 'encrypted by the phone: remove the encryption key in its settings and use TLS');
    default:
      return { ignored: withoutEffect.get(type) ?? 'unknownType' };
  }
}

/** What OwnTracks also publishes, and why it changes nothing here. */
const withoutEffect: ReadonlyMap<string, string> = new Map([
  ['waypoint', 'regionOfThePhone'],
  ['waypoints', 'regionOfThePhone'],
  ['card', 'profileOfTheUser'],
  // Steps between two moments, asked for by command; our `steps` is the counter of the day.
  ['steps', 'stepsOfAnInterval'],
  ['cmd', 'command'],
  ['request', 'request'],
  ['beacon', 'beaconRanging'],
  ['status', 'statusOfTheApp'],
  ['configuration', 'configurationOfTheApp'],
  ['dump', 'configurationOfTheApp'],
]);

function readLocation(source: Source, device: Device): DecodeResult {
  const refusals = new Refusals();
  const facts: Draft = {};
  const position = positionOf(source, device, refusals);
  if (position !== undefined) facts.position = position;
  // -1 is what a phone says that does not know.
  if (source.batt !== undefined && source.batt !== -1) {
    const batteryPct = metricIn('batteryPct', source.batt, 'batt', device.kind, refusals);
    if (batteryPct !== undefined) facts.batteryPct = batteryPct;
  }
  if (isWalking(source.vel)) facts.motion = true;
  const charging = chargingOf.get(source.bs);
  if (charging !== undefined) facts.charging = charging;
  return outcome(source, device, facts, refusals);
}

/** The place of a region change is a fix like any other; which of the phone's own regions it was does not concern us. */
function readTransition(source: Source, device: Device): DecodeResult {
  const refusals = new Refusals();
  const position = positionOf(source, device, refusals);
  return outcome(source, device, position === undefined ? {} : { position }, refusals);
}

function outcome(source: Source, device: Device, facts: Draft, refusals: Refusals): DecodeResult {
  const clock = clockOf(source.tst, refusals);
  if (Object.keys(facts).length === 0) {
    if (refusals.count === 0) refusals.add('nothingMeasured', '', 'expected a position or a measurement');
    return { decoded: [], refused: refusals.list };
  }
  const decoded: Decoded = { device, lane: 'telemetry', ...(clock !== undefined && { deviceClockMs: clock }), facts };
  return { decoded: [decoded], refused: refusals.list };
}

function positionOf(source: Source, device: Device, refusals: Refusals): Draft['position'] {
  const at = latLonIn(source, '', refusals);
  const accuracyM = accuracyIn(source.acc, 'acc', refusals);
  return at && withDetails(fixFrom(at, device.datum ?? 'WGS84'), accuracyM);
}

/** Below this a phone on a table "moves" by the noise of its fixes. Standing still says nothing about the person. */
const walkingKmh = 3;

function isWalking(velocityKmh: unknown): boolean {
  return typeof velocityKmh === 'number' && velocityKmh >= walkingKmh && Number.isFinite(velocityKmh);
}

/** Battery status: 1 unplugged, 2 charging, 3 full and plugged in; 0 is unknown. */
const chargingOf: ReadonlyMap<unknown, boolean> = new Map([
  [1, false],
  [2, true],
  [3, true],
]);

function clockOf(tstS: unknown, refusals: Refusals): number | undefined {
  if (tstS === undefined) return undefined;
  const seconds = numberIn(tstS, { min: anyDateMs.min / 1000, max: anyDateMs.max / 1000 }, 'tst', refusals);
  return seconds === undefined ? undefined : Math.round(seconds * 1000);
}
