import type { Device, DeviceKind } from '../../model/device.ts';
import type { Facts } from '../../model/reading.ts';
import type { Codec, Decoded, DecodeResult, Household } from '../contracts.ts';
import { claimIn, type Draft, metricIn } from '../fields.ts';
import { isSource, jsonOf, type Source, textOf } from '../payload.ts';
import { Refusals, refused, typeName } from '../refusals.ts';
import { isPress } from './zigbee-press.ts';

const prefix = 'zigbee2mqtt/';

/**
 * Zigbee2MQTT: `zigbee2mqtt/{friendlyName}` with the whole state as JSON, `…/availability`, and, when the installation
 * is set to it, one plain value for each attribute under `…/{attribute}`. A friendly name may contain `/`.
 * Source: https://www.zigbee2mqtt.io/guide/usage/mqtt_topics_and_messages.html
 *
 * A press arrives up to three times: JSON with the action, JSON with an empty one, plain text under `…/action`.
 * An installation may publish either form alone, so both count here, as a reading of its own that holds the press and
 * nothing else, marked `echoes`: whichever comes second within moments is the same press.
 */
export const zigbee2mqtt: Codec = {
  name: 'zigbee2mqtt',
  speaks: (topic) => topic.startsWith(prefix) || topic.startsWith('homeassistant/'),
  decode(topic, payload, among) {
    if (!topic.startsWith(prefix)) return { ignored: 'homeAssistantDiscovery' };
    const path = topic.slice(prefix.length);
    if (path === 'bridge' || path.startsWith('bridge/')) return { ignored: 'bridge' };
    const device = among.byAddress('zigbee2mqtt', path);
    return device === undefined ? decodeBelow(path, payload, among) : decodeState(device, payload);
  },
};

/** `{friendlyName}/{leaf}`. */
function decodeBelow(path: string, payload: Uint8Array, among: Household): DecodeResult {
  const cut = path.lastIndexOf('/');
  const leaf = path.slice(cut + 1);
  if (/\/(set|get)(\/|$)/.test(path)) return { ignored: 'command' };
  const device = cut < 0 ? undefined : among.byAddress('zigbee2mqtt', path.slice(0, cut));
  if (device === undefined)
    return refused('unknownDevice', 'no device of this sender has this friendly name as address');
  const read = textOf(payload);
  if ('reason' in read) return refused(read.reason, read.detail);
  return leaf === 'availability'
    ? readAvailability(device, read.text)
    : readState(device, { [leaf]: attribute(leaf, read.text) });
}

function decodeState(device: Device, payload: Uint8Array): DecodeResult {
  const json = jsonOf(payload);
  if ('reason' in json) return refused(json.reason, json.detail);
  if (!isSource(json.value)) return refused('notAnObject', `expected an object, got ${typeName(json.value)}`);
  return readState(device, json.value);
}

/** `online`, `offline`, or `{"state": …}` in newer versions. */
function readAvailability(device: Device, text: string): DecodeResult {
  const said = plain(text);
  const state = isSource(said) ? said.state : said;
  if (state !== 'online' && state !== 'offline')
    return refused('wrongType', 'availability: expected online or offline');
  return { decoded: [{ device, lane: 'status', facts: { online: state === 'online' } }], refused: [] };
}

/** A plain attribute: `true`, `97`, `null`, or words. Only scalars and a flat object are looked at, so depth does no harm. */
function plain(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Buttons may name their keys `1`, `2`: an action is a name. */
function attribute(leaf: string, text: string): unknown {
  const value = plain(text);
  return leaf === 'action' && typeof value === 'number' ? text : value;
}

function readState(device: Device, source: Source): DecodeResult {
  const refusals = new Refusals();
  const facts = factsOf(source, device.kind, refusals);
  const clock = clockOf(source.last_seen);
  const common = { device, ...(clock !== undefined && { deviceClockMs: clock }) };
  const decoded: Decoded[] = [];
  if (isPress(source.action, device.kind)) {
    decoded.push({ ...common, lane: 'event', echoes: true, facts: { events: ['sos'] } });
  }
  if (Object.keys(facts).length > 0) decoded.push({ ...common, lane: isDanger(facts) ? 'event' : 'telemetry', facts });
  if (decoded.length === 0 && refusals.count === 0) return { ignored: reasonForNothing(source) };
  return { decoded, refused: refusals.list };
}

function isDanger({ smoke, gas }: Facts): boolean {
  return smoke === true || gas === true;
}

/**
 * Absent and null mean the hub does not know (yet). Room temperature is not body temperature; link quality, voltage,
 * illuminance and water have no word in our vocabulary.
 */
function factsOf(source: Source, kind: DeviceKind, refusals: Refusals): Draft {
  const facts: Draft = {};
  if (claim('tamper') === true) facts.events = ['tamper'];
  const batteryPct = batteryOf(source.battery, kind, refusals);
  if (batteryPct !== undefined) facts.batteryPct = batteryPct;
  set('motion', either(claim('occupancy'), claim('presence')));
  const contact = claim('contact');
  set('contactOpen', contact === undefined ? undefined : !contact); // true is closed: the magnet touches
  set('smoke', claim('smoke'));
  set('gas', either(claim('gas'), claim('carbon_monoxide')));
  return facts;

  function claim(name: string): boolean | undefined {
    const value = source[name];
    return value === undefined || value === null ? undefined : claimIn(value, name, refusals);
  }
  function set(name: 'motion' | 'contactOpen' | 'smoke' | 'gas', value: boolean | undefined): void {
    if (value !== undefined) facts[name] = value;
  }
}

function either(one: boolean | undefined, other: boolean | undefined): boolean | undefined {
  return one === undefined && other === undefined ? undefined : one === true || other === true;
}

/**
 * A number or, from older converters, its text. 0 is believed although the sender was able to say it: a gauge that
 * shows nothing wants the same visit as an empty battery, and hiding it would hide a dying button.
 */
function batteryOf(value: unknown, kind: DeviceKind, refusals: Refusals): number | undefined {
  if (value === undefined || value === null) return undefined;
  const isNumberText = typeof value === 'string' && /^\d{1,3}(\.\d{1,4})?$/.test(value);
  return metricIn('batteryPct', isNumberText ? Number(value) : value, 'battery', kind, refusals);
}

/** ISO 8601 with its zone, or epoch milliseconds. Local time without a zone says nothing certain and is not used. */
function clockOf(lastSeen: unknown): number | undefined {
  const atMs = typeof lastSeen === 'string' && /(Z|[+-]\d\d:?\d\d)$/.test(lastSeen) ? Date.parse(lastSeen) : lastSeen;
  return typeof atMs === 'number' && Math.abs(atMs) <= 8.64e15 ? Math.round(atMs) : undefined;
}

function reasonForNothing(source: Source): string {
  if (!Object.hasOwn(source, 'action')) return 'nothingWeUse';
  return source.action === null || source.action === '' ? 'noAction' : 'actionWithoutMeaning';
}
