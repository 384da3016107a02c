import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Frames } from '../../broker/frames.ts';
import {
  alertTopic,
  devicePublishAllowed,
  deviceSubscribeAllowed,
  isFilter,
  matches,
  parseActionTopic,
  parseAlertTopic,
  parseDeviceTopic,
  personPublishAllowed,
  personSubscribeAllowed,
} from '../../broker/topics.ts';
import type { Device } from '../../model/device.ts';

const band: Device = { id: 'band-1', kind: 'wristband' };
const phone: Device = { id: 'phone-1', kind: 'hub', codec: 'owntracks' };

test.each([
  ['a/b', 'a/b', true],
  ['a/+', 'a/b', true],
  ['a/+', 'a/b/c', false],
  ['a/+', 'a', false],
  ['a/#', 'a/b/c', true],
  ['a/#', 'a', true],
  ['a/#', 'ab', false],
  ['#', 'a/b', true],
  ['#', '$SYS/a', false],
  ['+/a', '$SYS/a', false],
  ['$SYS/#', '$SYS/a', true],
  ['+/+', '/a', true],
  ['a//b', 'a//b', true],
  ['a/+/b', 'a//b', true],
])('filter %s and topic %s: %s', (filter, topic, expected) => expect(matches(filter, topic)).toBe(expected));

test('a filter without wildcards matches itself and nothing else', () => {
  const topic = fc
    .array(fc.stringMatching(/^[a-z]{0,3}$/), { minLength: 1, maxLength: 5 })
    .map((levels) => levels.join('/'));
  fc.assert(fc.property(topic, topic, (one, other) => matches(one, other) === (one === other)));
});

test.each(['a#', 'a+', '+a', 'a/#/b', 'a/b#', ''])('%j is no filter', (filter) => expect(isFilter(filter)).toBe(false));
test.each(['#', '+', '/', 'a/+/b/#', '+/+'])('%j is a filter', (filter) => expect(isFilter(filter)).toBe(true));

test.each([
  ['v1/devices/band-1/telemetry', { deviceId: 'band-1', lane: 'telemetry' }],
  ['v1/devices/band-1/command', { deviceId: 'band-1', lane: 'command' }],
  ['v1/devices/__proto__/event', undefined],
  ['v1/devices/band-1/constructor', undefined],
  ['v1/devices/band-1/telemetry/x', undefined],
  ['v1/devices/band 1/telemetry', undefined],
  ['v2/devices/band-1/telemetry', undefined],
])('%s is read as a device topic', (topic, expected) => expect(parseDeviceTopic(topic)).toEqual(expected));

test.each([
  ['v1/actions/a1', 'a1'],
  ['v1/actions/sos:r0:17', 'sos:r0:17'],
  ['v1/actions/', undefined],
  ['v1/actions/a/b', undefined],
  ['v1/alerts/a', undefined],
])('%s names an alert', (topic, expected) => expect(parseActionTopic(topic)).toBe(expected));

test('an alert topic is read as it was made', () => {
  const topic = alertTopic(['city', 'east'], 'P1', 'sos');
  expect(topic).toBe('v1/alerts/city/east/P1/sos');
  expect(parseAlertTopic(topic)).toEqual({ areaPath: ['city', 'east'], severity: 'P1', type: 'sos' });
  expect(parseAlertTopic('v1/alerts/P1')).toBeUndefined();
});

test.each([
  [band, [], 'v1/devices/band-1/telemetry', true],
  [band, [], 'v1/devices/band-1/status', true],
  [band, [], 'v1/devices/band-1/reply', true],
  [band, [], 'v1/devices/band-1/command', false],
  [band, [], 'v1/devices/band-2/telemetry', false],
  [band, [], 'owntracks/ana/phone', false],
  [band, ['zigbee2mqtt'] as const, 'zigbee2mqtt/door', true],
  [band, ['zigbee2mqtt'] as const, 'owntracks/ana/phone', false],
  [phone, [], 'owntracks/ana/phone/event', true],
  [phone, [], 'owntracks', false],
  [phone, [], 'v1/devices/phone-1/telemetry', true],
  [phone, [], 'v1/actions/a1', false],
] as const)('device %o with children %j publishes to %s: %s', (device, children, topic, expected) =>
  expect(devicePublishAllowed(device, children, topic)).toBe(expected),
);

test.each([
  ['v1/devices/band-1/command', true],
  ['v1/devices/band-1/#', true],
  ['v1/devices/band-1/+', true],
  ['v1/devices/band-1/reply', false],
  ['v1/devices/band-10/#', false],
  ['v1/devices/+/command', false],
  ['owntracks/#', false],
  ['zigbee2mqtt/+/set', false],
])('band-1 subscribes to %s: %s', (filter, expected) =>
  expect(deviceSubscribeAllowed(band, [], filter)).toBe(expected),
);

test.each([
  ['zigbee2mqtt/#', true],
  ['zigbee2mqtt/+/set', true],
  ['owntracks/#', false],
  ['#', false],
  ['+/door', false],
])('a hub of Zigbee sensors subscribes to %s: %s', (filter, expected) =>
  expect(deviceSubscribeAllowed(band, ['zigbee2mqtt'], filter)).toBe(expected),
);

const east = [
  ['city', 'east'],
  ['city', 'south', 'lane-3'],
];
test.each([
  ['v1/alerts/city/east/#', true],
  ['v1/alerts/city/east/grid-1/+/sos', true],
  ['v1/alerts/city/south/lane-3/P1/sos', true],
  ['v1/alerts/city/eastern/#', false],
  ['v1/alerts/city/+/P1/sos', false],
  ['v1/alerts/city/south/#', false],
  ['v1/alerts/city/#', false],
  ['v1/alerts/#', false],
  ['v1/alerts', false],
  ['v1/+/city/east/#', false],
  ['+/alerts/city/east/#', false],
  ['v1/devices/band-1/#', false],
  ['#', false],
  ['$SYS/#', false],
])('a responder of the east subscribes to %s: %s', (filter, expected) =>
  expect(personSubscribeAllowed(east, filter)).toBe(expected),
);

test('an administrator subscribes to every alert and to nothing else; nobody without a scope to any', () => {
  expect(personSubscribeAllowed('all', 'v1/alerts/#')).toBe(true);
  expect(personSubscribeAllowed('all', 'v1/#')).toBe(false);
  expect(personSubscribeAllowed('all', '#')).toBe(false);
  expect(personSubscribeAllowed([], 'v1/alerts/city/east/#')).toBe(false);
  expect(personSubscribeAllowed([[]], 'v1/alerts/city/east/#')).toBe(false);
});

test('what a scope grants never matches an alert outside it', () => {
  const id = fc.constantFrom('city', 'east', 'west', 'lane-3');
  const level = fc.oneof(id, fc.constantFrom('+', '#', 'P1', 'sos'));
  const filter = fc.array(level, { minLength: 1, maxLength: 6 }).map((levels) => `v1/alerts/${levels.join('/')}`);
  const path = fc.array(id, { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(filter, path, path, (wanted, scope, where) => {
      const isBelow = scope.every((area, at) => where[at] === area);
      if (isBelow || !isFilter(wanted) || !personSubscribeAllowed([scope], wanted)) return true;
      return !matches(wanted, alertTopic(where, 'P2', 'fall'));
    }),
  );
});

test('people publish actions and nothing else', () => {
  expect(personPublishAllowed('v1/actions/a1')).toBe(true);
  expect(personPublishAllowed('v1/devices/band-1/event')).toBe(false);
});

test('bytes cut anywhere are the same packets', () => {
  const frame = fc.uint8Array({ maxLength: 300 }).map((body) => {
    const length = body.length < 128 ? [body.length] : [(body.length & 127) | 128, body.length >> 7];
    return Buffer.concat([Buffer.from([0x30, ...length]), body]);
  });
  const stream = fc.array(frame, { minLength: 1, maxLength: 8 });
  const cuts = fc.array(fc.nat({ max: 600 }), { maxLength: 12 });
  fc.assert(
    fc.property(stream, cuts, (packets, lengths) => {
      const frames = new Frames();
      const seen: string[] = [];
      const read = (bytes: Buffer) => {
        frames.feed(bytes);
        while (frames.next(() => 1000) === 'whole') {
          seen.push(frames.bytes.toString('hex', frames.bodyStart, frames.bodyEnd));
        }
      };
      let rest = Buffer.concat(packets);
      for (const length of lengths) {
        if (rest.length > 0 && length > 0) read(Buffer.from(rest.subarray(0, length)));
        rest = rest.subarray(length);
      }
      if (rest.length > 0) read(rest);
      expect(seen).toEqual(packets.map((packet) => packet.toString('hex', packet.length < 130 ? 2 : 3)));
      expect(frames.waiting).toBe(0);
    }),
  );
});
