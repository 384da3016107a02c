import { expect, test } from 'vitest';
import type { Facts } from '../../model/reading.ts';
import { batteryLow } from '../../rules/battery-low.ts';
import { at, homeOf, minuteMs, says } from './support/home.ts';
import { heads, replay, told } from './support/replay.ts';

const home = homeOf();
const battery = (...facts: readonly Facts[]) =>
  facts.map((fact, i) => says('band-1', at('08:00') + i * 10 * minuteMs, fact));
const pct = (...levels: readonly number[]) => battery(...levels.map((batteryPct) => ({ batteryPct })));

test('a battery that runs down is told at 15 % and again, graver, at 5 %', () => {
  expect(told(replay(batteryLow, home, pct(40, 16, 15, 14, 9, 5, 4, 1)))).toEqual([
    'raise P4 王秀英的手环电量剩 15%',
    'raise P3 王秀英的手环电量剩 5%',
  ]);
});

test('a reading that wavers about the limit alerts once', () => {
  expect(heads(replay(batteryLow, home, pct(15, 16, 14, 17, 15, 19, 13)))).toEqual(['raise P4 batteryLow']);
});

test('five points above the limit it is good again, and may be low again', () => {
  const signals = replay(batteryLow, home, pct(15, 20, 15));
  expect(heads(signals)).toEqual(['raise P4 batteryLow', 'clear P4 batteryLow', 'raise P4 batteryLow']);
  expect(new Set(signals.map(({ id }) => id)).size).toBe(3);
});

test('on the charger it is good again, also in the messages that do not say so', () => {
  const readings = battery(
    { batteryPct: 4 },
    { charging: true },
    { batteryPct: 4 },
    { batteryPct: 12, charging: true },
  );
  expect(heads(replay(batteryLow, home, readings))).toEqual(['raise P3 batteryLow', 'clear P4 batteryLow']);
});

test('taken off the charger too early it is low again', () => {
  const readings = battery({ batteryPct: 8 }, { charging: true }, { charging: false, batteryPct: 10 });
  expect(heads(replay(batteryLow, home, readings))).toEqual([
    'raise P4 batteryLow',
    'clear P4 batteryLow',
    'raise P4 batteryLow',
  ]);
});

test('each device has its own battery', () => {
  const readings = [says('band-1', at('08:00'), { batteryPct: 10 }), says('smoke-1', at('08:00'), { batteryPct: 10 })];
  expect(replay(batteryLow, home, readings).map(({ summary }) => summary.en)).toEqual([
    'The wristband of 王秀英 has 10 % battery left',
    'The smoke detector of 王秀英 (厨房) has 10 % battery left',
  ]);
});

test('what a battery was an hour ago is history', () => {
  expect(replay(batteryLow, home, [says('band-1', at('08:00'), { batteryPct: 3 }, at('09:00'))])).toEqual([]);
});
