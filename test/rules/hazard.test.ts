import { expect, test } from 'vitest';
import type { Command } from '../../model/device.ts';
import type { Reading } from '../../model/reading.ts';
import { gas } from '../../rules/gas.ts';
import { smoke } from '../../rules/smoke.ts';
import { at, homeOf, hourMs, minuteMs, says } from './support/home.ts';
import { heads, Life, replay, told } from './support/replay.ts';

const smokeIs = (time: string, present: boolean, received = time) =>
  says('smoke-1', at(time), { smoke: present }, at(received));

test('the first report of smoke is the alarm', () => {
  expect(told(replay(smoke, homeOf(), [smokeIs('08:00', true)]))).toEqual(['raise P1 王秀英家厨房烟雾报警']);
});

test('a detector that goes on saying so is repeated once a minute, not ten times', () => {
  const beats = ['08:00', '08:00:10', '08:00:20', '08:00:59', '08:01', '08:01:30', '08:02'];
  const signals = replay(
    smoke,
    homeOf(),
    beats.map((time) => smokeIs(time, true)),
  );
  const repeats = signals.filter(({ id }) => !id.endsWith(':confirmed'));
  expect(repeats.map(({ atMs }) => atMs)).toEqual([at('08:00'), at('08:01'), at('08:02')]);
});

test('the detector says when the smoke has gone, and the next smoke is a new alarm', () => {
  const signals = replay(smoke, homeOf(), [
    smokeIs('08:00', true),
    smokeIs('08:00:40', false),
    smokeIs('08:00:50', true),
    says('smoke-1', at('08:02:30'), { events: ['smokeCleared'] }),
  ]);
  expect(heads(signals)).toEqual(['raise P1 smoke', 'clear P1 smoke', 'raise P1 smoke', 'clear P1 smoke']);
  expect(new Set(signals.map(({ id }) => id)).size).toBe(4);
});

test('heartbeats without smoke say nothing and write nothing', () => {
  const life = new Life(smoke, homeOf());
  for (const time of ['08:00', '09:00', '10:00']) life.hear(smokeIs(time, false));
  expect(life.signals).toEqual([]);
  expect(life.writes).toBe(0);
});

test('smoke out of a buffer is still an alarm, even after the all-clear behind it', () => {
  const signals = replay(smoke, homeOf(), [
    smokeIs('08:00', true),
    smokeIs('08:01:30', false),
    smokeIs('07:30', true, '08:03'),
  ]);
  expect(heads(signals)).toEqual(['raise P1 smoke', 'clear P1 smoke', 'raise P1 smoke']);
  expect(signals.at(-1)).toMatchObject({ late: true, atMs: at('07:30') });
});

test('a heartbeat of a known fire that arrives late is not another fire', () => {
  const readings = [smokeIs('08:00', true), smokeIs('08:01:30', false), smokeIs('08:01', true, '08:03')];
  expect(heads(replay(smoke, homeOf(), readings))).toEqual(['raise P1 smoke', 'clear P1 smoke']);
});

test('smoke and its end in one message is an alarm', () => {
  const both = says('smoke-1', at('08:00'), { events: ['smokeCleared', 'smoke'] });
  expect(heads(replay(smoke, homeOf(), [both]))).toEqual(['raise P1 smoke']);
});

test('two detectors are two alarms, and one of them clearing leaves the other', () => {
  const signals = replay(smoke, homeOf(), [
    smokeIs('08:00', true),
    says('band-1', at('08:00:30'), { smoke: true }),
    smokeIs('08:01', false),
  ]);
  expect(signals.map(({ effect, deviceId }) => `${effect} ${deviceId}`)).toEqual([
    'raise smoke-1',
    'raise band-1',
    'clear smoke-1',
  ]);
});

test('gas is told by event and by state, and cleared by state', () => {
  const signals = replay(gas, homeOf(), [
    says('gas-1', at('08:00'), { events: ['gas'] }),
    says('gas-1', at('08:00:30'), { gas: true }),
    says('gas-1', at('08:01'), { gas: false }),
  ]);
  expect(heads(signals)).toEqual(['raise P1 gas', 'clear P1 gas']);
});

// ---- a second source ----

const confirmations = (readings: readonly Reading[], until = '09:00') =>
  replay(smoke, homeOf(), readings, { untilMs: at(until) })
    .filter(({ evidence }) => evidence.confirmed === true)
    .map(({ atMs, evidence, deviceId, suspected }) => ({ atMs, by: evidence.confirmedBy, deviceId, suspected }));
const heat = (time: string, temperatureC: number, deviceId = 'pir-1') => says(deviceId, at(time), { temperatureC });

test('a second detector within five minutes confirms it in its own report', () => {
  const readings = [smokeIs('08:00', true), says('gas-1', at('08:01'), { smoke: true })];
  expect(confirmations(readings)[0]).toEqual({
    atMs: at('08:01'),
    by: 'secondDetector',
    deviceId: 'gas-1',
    suspected: false,
  });
  const apart = [smokeIs('08:00', true), smokeIs('08:01', false), says('gas-1', at('08:07'), { smoke: true })];
  expect(confirmations(apart, '08:08')).toEqual([]);
});

test('gas and smoke in one home confirm each other, whichever comes first', () => {
  const both = [smokeIs('08:00', true), says('gas-1', at('08:01'), { gas: true })];
  expect(confirmations(both)).toEqual([
    { atMs: at('08:01'), by: 'otherHazard', deviceId: 'smoke-1', suspected: false },
  ]);
  expect(replay(gas, homeOf(), both)[0]?.evidence).toMatchObject({ confirmed: true, confirmedBy: 'otherHazard' });
});

test('a room that gets 8 °C hotter in a minute, or is 57 °C hot, confirms it', () => {
  const rising = [smokeIs('08:00', true), heat('08:00:10', 24), heat('08:00:40', 29)];
  expect(confirmations(rising)).toMatchObject([{ atMs: at('08:00:40'), by: 'heat', deviceId: 'smoke-1' }]);
  expect(confirmations([smokeIs('08:00', true), heat('08:00:30', 58)])).toMatchObject([{ by: 'heat' }]);
  expect(confirmations([heat('07:57', 61), smokeIs('08:00', true)])).toMatchObject([{ atMs: at('08:00'), by: 'heat' }]);
});

test('a warm kitchen and a hot body confirm nothing', () => {
  const readings = [smokeIs('08:00', true), heat('08:00:10', 24), heat('08:01', 27), smokeIs('08:01:30', false)];
  expect(confirmations(readings)).toEqual([]);
  const fever = [smokeIs('08:00', true), heat('08:00:10', 30, 'band-1'), heat('08:00:40', 38, 'band-1')];
  expect(confirmations(fever, '08:01')).toEqual([]);
});

test('still on after two minutes without an answer it is confirmed once, and not when she says that she is fine', () => {
  expect(confirmations([smokeIs('08:00', true)])).toEqual([
    { atMs: at('08:02'), by: 'stillOn', deviceId: 'smoke-1', suspected: false },
  ]);
  expect(confirmations([smokeIs('08:00', true), says('button-1', at('08:01'), { events: ['ok'] })])).toEqual([]);
  expect(confirmations([smokeIs('08:00', true), smokeIs('08:01:30', false)])).toEqual([]);
});

test('down when the two minutes were over, the service waits for what is on its way, then says it once', () => {
  const life = new Life(smoke, homeOf(), { listeningSinceMs: at('08:30') }).hear(smokeIs('08:00', true));
  expect(life.waitUntil(at('08:30')).signals).toHaveLength(1);
  life.waitUntil(at('09:00'));
  expect(life.signals.map(({ evidence, receivedAtMs }) => [evidence.confirmed, receivedAtMs])).toEqual([
    [false, at('08:00')],
    [true, at('08:30:30')],
  ]);
});

test('whoever goes there is told who was last seen at home; nobody at home is no reason to be quiet', () => {
  const moved = says('pir-1', at('07:50'), { motion: true });
  const [seen] = replay(smoke, homeOf(), [moved, smokeIs('08:00', true)]);
  expect(seen?.evidence).toMatchObject({ presence: 'likelyHome', lastSeenRoom: '客厅', lastSeenAtMs: at('07:50') });
  expect(JSON.stringify(seen?.evidence.because)).toContain('Likely at home: motion sensor (客厅) at 07:50');
  const [unseen] = replay(smoke, homeOf(), [moved, smokeIs('08:30', true)]);
  expect(unseen).toMatchObject({ severity: 'P1', evidence: { presence: 'unknown' } });
});

test('gone within a minute and she says all is well: still for people to close, and said beside it', () => {
  const readings = [
    smokeIs('08:00', true),
    says('button-1', at('08:00:30'), { events: ['ok'] }),
    smokeIs('08:00:50', false),
  ];
  const [, clearing] = replay(smoke, homeOf(), readings);
  expect(clearing).toMatchObject({ effect: 'clear', severity: 'P1', evidence: { lastedS: 50 } });
  expect(JSON.stringify(clearing?.evidence.because)).toContain('all is well');
});

// ---- a detector in the wrong place ----

const toast = (day: number) => [
  says('smoke-1', at('07:00', day), { smoke: true }),
  says('smoke-1', at('07:01', day), { smoke: false }),
];

test('the fourth piece of toast in a week asks for the detector to be moved, as maintenance, once', () => {
  const signals = replay(smoke, homeOf(), [0, 1, 2, 3, 4].flatMap(toast));
  const maintenance = signals.filter(({ severity }) => severity === 'P4');
  expect(told(maintenance)).toEqual(['raise P4 王秀英的厨房烟感 7 天内短暂误报 4 次，请移位或清洁']);
  expect(maintenance[0]).toMatchObject({ type: 'tamper', atMs: at('07:01', 3), evidence: { shortAlarms: 4 } });
  expect(signals.filter(({ severity, effect }) => severity === 'P1' && effect === 'raise')).toHaveLength(5);
});

test('three a week for a month ask for nothing, and neither do alarms that were confirmed', () => {
  const month = [0, 3, 6, 9, 12, 15, 18, 21].flatMap(toast);
  expect(replay(smoke, homeOf(), month).filter(({ severity }) => severity === 'P4')).toEqual([]);
  const fires = [0, 1, 2, 3, 4].flatMap((day) => [
    says('smoke-1', at('07:00', day), { smoke: true }),
    says('smoke-1', at('07:04', day), { smoke: false }),
  ]);
  expect(replay(smoke, homeOf(), fires).filter(({ severity }) => severity === 'P4')).toEqual([]);
});

// ---- the call device ----

function commandsOf(reading: Reading): readonly Command[] {
  return smoke.step(homeOf(), smoke.initial, { kind: 'reading', reading, nowMs: reading.receivedAtMs }).commands ?? [];
}

test('the call device sounds and asks at the same moment; smoke of an hour ago only asks', () => {
  expect(commandsOf(smokeIs('08:00', true)).map(({ name, deviceId, id }) => [name, deviceId, id])).toEqual([
    ['siren', 'button-1', `siren:smoke:smoke-1:${at('08:00')}`],
    ['confirmOk', 'button-1', `confirmOk:smoke:smoke-1:${at('08:00')}`],
  ]);
  expect(commandsOf(smokeIs('07:00', true, '08:00')).map(({ name }) => name)).toEqual(['confirmOk']);
});

test('a record from the day before is no fire now, unless nobody can vouch for the clock', () => {
  const old = says('smoke-1', at('08:00'), { smoke: true }, at('08:00') + 25 * hourMs);
  expect(heads(replay(smoke, homeOf(), [old])).slice(0, 1)).toEqual(['raise P1 smoke']);
  expect(told(replay(smoke, homeOf(), [{ ...old, clockProven: true }]))).toEqual([
    'raise P4 王秀英家厨房曾于 11-21 08:00 烟雾报警（一天前的记录）',
  ]);
  expect(replay(smoke, homeOf(), [{ ...old, clockProven: true }], { untilMs: at('08:00') + 30 * hourMs })).toHaveLength(
    1,
  );
});

test('a quiet home writes a sighting every five minutes at most', () => {
  const life = new Life(smoke, homeOf());
  for (let i = 0; i < 60; i++) life.hear(says('pir-1', at('08:00') + i * (minuteMs / 2), { motion: true }));
  expect(life.writes).toBeLessThanOrEqual(6);
});
