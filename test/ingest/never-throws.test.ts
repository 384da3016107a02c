import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DecodeResult } from '../../ingest/contracts.ts';
import { normalise } from '../../ingest/normalise.ts';
import { band, bytes, decode, hub, morningMs, phone, zigbee } from './door.ts';

const button = zigbee('button-1', 'callButton', 'button');
const doors = [
  { sender: band, topic: 'v1/devices/band-7/telemetry' },
  { sender: band, topic: 'v1/devices/band-7/event' },
  { sender: band, topic: 'v1/devices/band-7/burst' },
  { sender: band, topic: 'v1/devices/band-7/status' },
  { sender: band, topic: 'v1/devices/band-7/reply' },
  { sender: phone, topic: 'owntracks/wang/phone' },
  { sender: phone, topic: 'owntracks/wang/phone/event' },
  { sender: hub, topic: 'zigbee2mqtt/button' },
  { sender: hub, topic: 'zigbee2mqtt/button/availability' },
  { sender: hub, topic: 'zigbee2mqtt/button/action' },
];

const names = [
  ...['t', 'seq', 'event', 'position', 'lat', 'lon', 'accuracyM', 'datum', 'batteryPct', 'worn', 'online', 'id', 'ok'],
  ...[
    'rateHz',
    'samples',
    'site',
    'unit',
    '_type',
    'tst',
    'acc',
    'batt',
    'vel',
    'bs',
    'action',
    'battery',
    'last_seen',
  ],
  ...['contact', 'smoke', 'occupancy', 'tamper', '__proto__', 'constructor', 'toString', 'hasOwnProperty'],
];
const words = [
  'location',
  'transition',
  'lwt',
  'encrypted',
  'sos',
  'emergency',
  'WGS84',
  'BD09',
  'online',
  'wrist',
  'g',
];

const { json } = fc.letrec<{ json: unknown; object: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(fc.constantFrom(...words), fc.double(), fc.integer(), fc.boolean(), fc.constant(null), fc.string()),
    tie('object'),
    fc.array(tie('json'), { maxLength: 5 }),
  ),
  object: fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), tie('json'), { maxKeys: 8 }),
}));

/** Real shapes, and the same cut and damaged anywhere. */
const payload = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  json.map((value) => bytes(JSON.stringify(value) ?? '')),
  fc.tuple(json, fc.nat(), fc.integer({ min: 0, max: 255 })).map(([value, at, byte]) => {
    const damaged = bytes(JSON.stringify(value) ?? '');
    if (damaged.length > 0) damaged[at % damaged.length] = byte;
    return damaged;
  }),
);

/** Ignored for a reason, decoded, refused by name: never silence, and never a time that nobody could believe. */
function comesToSomething(topic: string, result: DecodeResult): void {
  if ('ignored' in result) {
    expect(result.ignored).not.toBe('');
    return;
  }
  expect(result.decoded.length + result.refused.length).toBeGreaterThan(0);
  for (const decoded of result.decoded) {
    const { takenAtMs, receivedAtMs } = normalise(decoded, topic, morningMs);
    expect(takenAtMs).toBeLessThanOrEqual(receivedAtMs + 5 * 60_000);
  }
}

for (const { sender, topic } of doors) {
  test(`no bytes under ${topic} make its codec throw, and every message comes to something`, () => {
    fc.assert(
      fc.property(payload, (input) => comesToSomething(topic, decode(topic, input, sender, button))),
      { numRuns: 600 },
    );
  });
}

test('no topic makes a codec throw', () => {
  const level = fc.oneof(
    fc.constantFrom('', '+', '#', '__proto__', 'bridge', 'set', 'band-7', 'wang', 'phone'),
    fc.string(),
  );
  const topics = fc.tuple(
    fc.constantFrom('v1/devices/', 'owntracks/', 'zigbee2mqtt/', 'homeassistant/'),
    fc.array(level, { maxLength: 6 }),
  );
  fc.assert(
    fc.property(topics, ([prefix, levels]) => {
      expect(decode(prefix + levels.join('/'), bytes('{}'), hub, button, band)).toBeTypeOf('object');
    }),
  );
});
