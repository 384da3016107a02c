import { expect, test } from 'vitest';
import { gas } from '../../rules/gas.ts';
import { smoke } from '../../rules/smoke.ts';
import { at, homeOf, says } from './support/home.ts';
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
  expect(signals.map(({ atMs }) => atMs)).toEqual([at('08:00'), at('08:01'), at('08:02')]);
});

test('the detector says when the smoke has gone, and the next smoke is a new alarm', () => {
  const signals = replay(smoke, homeOf(), [
    smokeIs('08:00', true),
    smokeIs('08:00:40', false),
    smokeIs('08:00:50', true),
    says('smoke-1', at('08:03'), { events: ['smokeCleared'] }),
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
    smokeIs('08:02', false),
    smokeIs('07:30', true, '08:03'),
  ]);
  expect(heads(signals)).toEqual(['raise P1 smoke', 'clear P1 smoke', 'raise P1 smoke']);
  expect(signals.at(-1)).toMatchObject({ late: true, atMs: at('07:30') });
});

test('a heartbeat of a known fire that arrives late is not another fire', () => {
  const readings = [smokeIs('08:00', true), smokeIs('08:02', false), smokeIs('08:01', true, '08:03')];
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
    says('gas-1', at('08:05'), { gas: false }),
  ]);
  expect(heads(signals)).toEqual(['raise P1 gas', 'clear P1 gas']);
});
