import { expect, test } from 'vitest';
import type { Device } from '../../model/device.ts';
import { bytes, Door, decode, decodedOf, factsOf, hub, morningMs, refusalsOf, zigbee } from './door.ts';

const button = zigbee('button-1', 'callButton', 'bedroom/button');
const smoke = zigbee('smoke-1', 'smokeDetector', 'kitchen smoke');
const gas = zigbee('gas-1', 'gasDetector', 'gas');
const motion = zigbee('pir-1', 'motionSensor', 'hall');
const door = zigbee('door-1', 'doorSensor', 'front door');
const remote = zigbee('remote-1', 'motionSensor', 'remote');
const home = [button, smoke, gas, motion, door, remote];

const say = (name: string, payload: unknown) => decode(`zigbee2mqtt/${name}`, bytes(payload), hub, ...home);

test('a press is an SOS, and the battery beside it counts for itself', () => {
  expect(decodedOf(say('bedroom/button', { action: 'emergency', battery: 3, linkquality: 80 }))).toEqual([
    { device: button, lane: 'event', echoes: true, facts: { events: ['sos'] } },
    { device: button, lane: 'telemetry', facts: { batteryPct: 3 } },
  ]);
});

for (const action of ['single', 'double', 'hold', 'long', 'on', 'off', '1_single', 'button_2_press', 'SOS', 'panic']) {
  test(`on a call button "${action}" is an SOS`, () => {
    expect(factsOf(say('bedroom/button', { action }))).toEqual([{ events: ['sos'] }]);
  });
}

for (const action of ['release', 'hold_release', 'disarm', 'arm_all_zones']) {
  test(`on a call button "${action}" is no press`, () => {
    expect(say('bedroom/button', { action })).toEqual({ ignored: 'actionWithoutMeaning' });
  });
}

test('on any other device only what is named so is an SOS', () => {
  expect(factsOf(say('remote', { action: 'panic' }))).toEqual([{ events: ['sos'] }]);
  expect(factsOf(say('remote', { action: 'button_3_sos' }))).toEqual([{ events: ['sos'] }]);
  expect(say('remote', { action: 'single' })).toEqual({ ignored: 'actionWithoutMeaning' });
});

test('a heartbeat with an empty action is no press', () => {
  expect(factsOf(say('bedroom/button', { action: null, battery: 90 }))).toEqual([{ batteryPct: 90 }]);
  expect(say('bedroom/button', { action: null })).toEqual({ ignored: 'noAction' });
  expect(say('bedroom/button', { action: '', linkquality: 5 })).toEqual({ ignored: 'noAction' });
  expect(say('bedroom/button/action', '')).toEqual({ ignored: 'noAction' });
});

const sosOf = (door: Door, name: string, payload: unknown, atMs: number) =>
  door.receive(`zigbee2mqtt/${name}`, payload, atMs).filter(({ facts }) => facts.events?.includes('sos'));

const copies = [
  { name: 'bedroom/button', payload: { action: 'emergency', battery: 90 } },
  { name: 'bedroom/button', payload: { action: '', battery: 90 } },
  { name: 'bedroom/button/action', payload: 'emergency' },
];

for (const [order, messages] of [
  ['as they come', copies],
  ['in reverse', copies.toReversed()],
] as const) {
  test(`three messages of one press are one SOS, ${order}`, () => {
    const doorway = new Door(hub, ...home);
    const heard = messages.flatMap(({ name, payload }, index) => sosOf(doorway, name, payload, morningMs + index * 40));
    expect(heard).toHaveLength(1);
  });
}

test('the copy with a clock of the hub and the copy without are still one SOS', () => {
  const doorway = new Door(hub, ...home);
  const json = { action: 'emergency', last_seen: new Date(morningMs - 4_000).toISOString() };
  expect(sosOf(doorway, 'bedroom/button', json, morningMs)).toHaveLength(1);
  expect(sosOf(doorway, 'bedroom/button/action', 'emergency', morningMs + 30)).toHaveLength(0);
});

test('an installation that publishes only plain text is heard, press by press', () => {
  const doorway = new Door(hub, ...home);
  const presses = [0, 15_000, 200_000].flatMap((afterMs) =>
    sosOf(doorway, 'bedroom/button/action', 'emergency', morningMs + afterMs),
  );
  expect(presses).toHaveLength(3);
  expect(new Set(presses.map(({ id }) => id)).size).toBe(3);
});

test('two buttons pressed in the same moment are two calls', () => {
  const other = zigbee('button-2', 'callButton', 'bath');
  const doorway = new Door(hub, ...home, other);
  expect(sosOf(doorway, 'bedroom/button', { action: 'emergency' }, morningMs)).toHaveLength(1);
  expect(sosOf(doorway, 'bath', { action: 'emergency' }, morningMs)).toHaveLength(1);
});

test('smoke and gas count as sent, and go through the life-safety lane', () => {
  expect(decodedOf(say('kitchen smoke', { smoke: true, battery: 100 }))).toEqual([
    { device: smoke, lane: 'event', facts: { batteryPct: 100, smoke: true } },
  ]);
  expect(decodedOf(say('gas', { gas: true }))).toMatchObject([{ lane: 'event', facts: { gas: true } }]);
  expect(decodedOf(say('gas', { carbon_monoxide: true, gas: false }))).toMatchObject([{ facts: { gas: true } }]);
  expect(decodedOf(say('gas', { gas: false }))).toMatchObject([{ lane: 'telemetry', facts: { gas: false } }]);
});

test('the self-test of a detector leaves smoke false, and so do we', () => {
  expect(factsOf(say('kitchen smoke', { smoke: false, test: true }))).toEqual([{ smoke: false }]);
});

test('what the hub does not know yet is not a fact', () => {
  expect(say('kitchen smoke', { smoke: null, battery: null })).toEqual({ ignored: 'nothingWeUse' });
});

test('contact true is a closed door', () => {
  expect(factsOf(say('front door', { contact: true }))).toEqual([{ contactOpen: false }]);
  expect(factsOf(say('front door', { contact: false }))).toEqual([{ contactOpen: true }]);
});

test('occupancy and presence are motion', () => {
  expect(factsOf(say('hall', { occupancy: true, illuminance: 4 }))).toEqual([{ motion: true }]);
  expect(factsOf(say('hall', { presence: false }))).toEqual([{ motion: false }]);
});

const batteries = [
  { battery: 97, pct: 97 },
  { battery: '80.00', pct: 80 },
  { battery: 0, pct: 0 },
];

for (const { battery, pct } of batteries) {
  test(`battery ${JSON.stringify(battery)} is ${pct} %`, () => {
    expect(factsOf(say('hall', { occupancy: false, battery }))[0]?.batteryPct).toBe(pct);
  });
}

test('a battery of 255 or in words is refused, and the motion beside it counts', () => {
  for (const battery of [255, 'full', '', '1e2', true]) {
    const result = say('hall', { occupancy: true, battery });
    expect(factsOf(result)).toEqual([{ motion: true }]);
    expect(refusalsOf(result)).toHaveLength(1);
  }
});

test('the temperature of a room is not that of a person; water has no meaning here', () => {
  expect(say('hall', { temperature: 39.5, humidity: 40 })).toEqual({ ignored: 'nothingWeUse' });
  expect(say('hall', { water_leak: true, linkquality: 3 })).toEqual({ ignored: 'nothingWeUse' });
});

test('tamper is an event while it lasts', () => {
  expect(factsOf(say('front door', { contact: true, tamper: true }))).toEqual([
    { events: ['tamper'], contactOpen: false },
  ]);
  expect(factsOf(say('front door', { contact: true, tamper: false }))).toEqual([{ contactOpen: false }]);
});

test('last_seen is the clock, in ISO 8601 with a zone or in milliseconds', () => {
  const clockOf = (last_seen: unknown) => decodedOf(say('hall', { occupancy: true, last_seen }))[0]?.deviceClockMs;
  expect(clockOf('2026-03-14T16:00:00+08:00')).toBe(morningMs);
  expect(clockOf('2026-03-14T08:00:00.000Z')).toBe(morningMs);
  expect(clockOf(morningMs)).toBe(morningMs);
  for (const useless of ['2026-03-14T08:00:00', 'disable', null, {}, 1e300]) expect(clockOf(useless)).toBeUndefined();
});

test('availability is plain text or JSON', () => {
  const online = (payload: unknown) => factsOf(say('hall/availability', payload));
  expect(online('online')).toEqual([{ online: true }]);
  expect(online({ state: 'offline' })).toEqual([{ online: false }]);
  expect(refusalsOf(say('hall/availability', 'perhaps'))).toMatchObject([{ reason: 'wrongType' }]);
});

test('an installation that publishes one attribute a topic is heard too', () => {
  expect(factsOf(say('kitchen smoke/smoke', 'true'))).toEqual([{ smoke: true }]);
  expect(factsOf(say('front door/contact', 'false'))).toEqual([{ contactOpen: true }]);
  expect(factsOf(say('hall/battery', '81'))).toEqual([{ batteryPct: 81 }]);
  expect(factsOf(say('bedroom/button/action', '1'))).toEqual([{ events: ['sos'] }]);
  expect(say('bedroom/button/action', 'null')).toEqual({ ignored: 'noAction' });
  expect(say('hall/linkquality', '81')).toEqual({ ignored: 'nothingWeUse' });
});

test('what the hub says about itself, and commands, change nothing', () => {
  expect(say('bridge/state', 'online')).toEqual({ ignored: 'bridge' });
  expect(say('bridge/devices', [])).toEqual({ ignored: 'bridge' });
  expect(say('hall/set', { sensitivity: 'high' })).toEqual({ ignored: 'command' });
  expect(decode('homeassistant/sensor/1/config', bytes({}), hub)).toEqual({ ignored: 'homeAssistantDiscovery' });
});

test('a smoke value in words is refused by name', () => {
  expect(refusalsOf(say('kitchen smoke', { smoke: 'yes' }))).toMatchObject([{ reason: 'wrongType' }]);
});

test('two homes with the same friendly name never mix', () => {
  const theirs: Device = { ...zigbee('their-button', 'callButton', 'bedroom/button', 'hub-2'), residentId: 'li' };
  const hub2: Device = { id: 'hub-2', kind: 'hub' };
  const topic = 'zigbee2mqtt/bedroom/button';
  const press = bytes({ action: 'emergency' });
  expect(decodedOf(decode(topic, press, hub, button, theirs))[0]?.device).toBe(button);
  expect(decodedOf(decode(topic, press, hub2, button, theirs))[0]?.device).toBe(theirs);
  expect(refusalsOf(decode(topic, press, hub2, button))).toMatchObject([{ reason: 'unknownDevice' }]);
});
