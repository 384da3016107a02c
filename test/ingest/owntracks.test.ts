import { expect, test } from 'vitest';
import type { Device } from '../../model/device.ts';
import { bytes, decode, decodedOf, factsOf, phone, refusalsOf } from './door.ts';

const say = (payload: unknown, topic = 'owntracks/wang/phone') => decode(topic, bytes(payload), phone);
const location = { _type: 'location', lat: 24.4451, lon: 118.0823, tst: 1_773_475_200, acc: 15, tid: 'wx' };

test('a location is a fix at the time of the phone, with battery and charger', () => {
  expect(decodedOf(say({ ...location, batt: 64, bs: 2, vel: 0, conn: 'm' }))).toEqual([
    {
      device: phone,
      lane: 'telemetry',
      deviceClockMs: 1_773_475_200_000,
      facts: { position: { lat: 24.4451, lon: 118.0823, accuracyM: 15 }, batteryPct: 64, charging: true },
    },
  ]);
});

test('accuracy 0 means the phone does not know', () => {
  expect(factsOf(say({ ...location, acc: 0 }))).toEqual([{ position: { lat: 24.4451, lon: 118.0823 } }]);
});

test('a walking phone moves, a resting phone says nothing about its owner', () => {
  expect(factsOf(say({ ...location, vel: 4 }))[0]?.motion).toBe(true);
  expect(factsOf(say({ ...location, vel: 1 }))[0]).not.toHaveProperty('motion');
});

test('battery -1 is a phone that does not know; 180 is refused and the fix stays', () => {
  expect(refusalsOf(say({ ...location, batt: -1 }))).toEqual([]);
  const result = say({ ...location, batt: 180 });
  expect(factsOf(result)[0]?.position).toBeDefined();
  expect(refusalsOf(result)).toMatchObject([{ reason: 'outOfRange' }]);
});

test('a transition is a fix like any other', () => {
  const transition = {
    _type: 'transition',
    lat: 24.4,
    lon: 118.1,
    acc: 60,
    tst: 1_773_475_260,
    event: 'leave',
    desc: 'home',
  };
  const [decoded] = decodedOf(say(transition, 'owntracks/wang/phone/event'));
  expect(decoded).toMatchObject({
    deviceClockMs: 1_773_475_260_000,
    facts: { position: { lat: 24.4, lon: 118.1, accuracyM: 60 } },
  });
});

test('a beacon at 0,0 is not a place', () => {
  const beacon = { _type: 'transition', t: 'b', lat: 0.0, lon: 0.0, acc: 0.0, tst: 1_773_475_260, event: 'enter' };
  const result = say(beacon, 'owntracks/wang/phone/event');
  expect(decodedOf(result)).toEqual([]);
  expect(refusalsOf(result)).toMatchObject([{ reason: 'nullIsland' }]);
});

test('the last will says offline, at the time we hear it: its own time is when the phone connected', () => {
  expect(decodedOf(say({ _type: 'lwt', tst: 1_773_400_000 }))).toEqual([
    { device: phone, lane: 'status', facts: { online: false } },
  ]);
});

const withoutEffect = [
  { _type: 'waypoint', desc: 'home', lat: 24.4, lon: 118.1, rad: 100, tst: 1 },
  { _type: 'waypoints', waypoints: [] },
  { _type: 'card', name: 'W', face: 'aGk=' },
  { _type: 'steps', steps: 900, from: 1, to: 2 },
  { _type: 'cmd', action: 'reportLocation' },
  { _type: 'request', request: 'tour' },
  { _type: 'somethingNew', tst: 1 },
];

for (const payload of withoutEffect) {
  test(`${payload._type} is known to have no effect, with a reason`, () => {
    expect(say(payload)).toEqual({ ignored: expect.stringMatching(/./) });
  });
}

test('what the phone encrypted is refused by name', () => {
  expect(refusalsOf(say({ _type: 'encrypted', data: 'AAAA' }))).toMatchObject([{ reason: 'encrypted' }]);
});

test('text for numbers is refused by name; without a place nothing remains', () => {
  const result = say({ ...location, lat: '24.4451' });
  expect(decodedOf(result)).toEqual([]);
  expect(refusalsOf(result)).toMatchObject([{ reason: 'wrongType', detail: expect.stringContaining('lat') }]);
  expect(decodedOf(say({ ...location, tst: 'yesterday' }))[0]).not.toHaveProperty('deviceClockMs');
  expect(refusalsOf(say({ lat: 1, lon: 2 }))).toMatchObject([{ reason: 'wrongType' }]);
});

test("somebody else's phone is unknown here", () => {
  expect(refusalsOf(say(location, 'owntracks/li/phone'))).toMatchObject([{ reason: 'unknownDevice' }]);
  expect(refusalsOf(say(location, 'owntracks/wang'))).toMatchObject([{ reason: 'unknownTopic' }]);
});

test('a phone set to a Chinese map is converted', () => {
  const huawei: Device = { ...phone, datum: 'GCJ02' };
  const [facts] = factsOf(decode('owntracks/wang/phone', bytes(location), huawei));
  expect(facts?.position?.original).toEqual({ lat: 24.4451, lon: 118.0823, datum: 'GCJ02' });
});
