import { expect, test } from 'vitest';
import { tamper } from '../../rules/tamper.ts';
import { at, homeOf, says } from './support/home.ts';
import { replay, told } from './support/replay.ts';

const opened = (time: string, deviceId = 'smoke-1') => says(deviceId, at(time), { events: ['tamper'] });

test('an open case is told, and again after an hour, not with every heartbeat', () => {
  const signals = replay(tamper, homeOf(), [opened('08:00'), opened('08:10'), opened('08:59'), opened('09:00')]);
  expect(told(signals)).toEqual(Array(2).fill('raise P4 王秀英的厨房烟感被拆动'));
});

test('another device is another case', () => {
  const signals = replay(tamper, homeOf(), [opened('08:00'), opened('08:01', 'door-1')]);
  expect(signals.map(({ deviceId }) => deviceId)).toEqual(['smoke-1', 'door-1']);
});
