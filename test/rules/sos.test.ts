import { expect, test } from 'vitest';
import { batteryLow } from '../../rules/battery-low.ts';
import { sos } from '../../rules/sos.ts';
import { at, homeOf, hourMs, says } from './support/home.ts';
import { heads, replay, told } from './support/replay.ts';

const press = (atMs: number, receivedAtMs?: number) => says('button-1', atMs, { events: ['sos'] }, receivedAtMs);

test('every press calls for help, the second as loud as the first', () => {
  const signals = replay(sos, homeOf(), [press(at('08:00')), press(at('08:00:05')), press(at('08:02:30'))]);
  expect(told(signals)).toEqual(Array(3).fill('raise P1 王秀英按下了求助键'));
  expect(new Set(signals.map(({ id }) => id)).size).toBe(3);
});

test('the same press sent again is the same press', () => {
  const [first, second] = replay(sos, homeOf(), [press(at('08:00')), press(at('08:00'))]);
  expect(second?.id).toBe(first?.id);
});

test('a press on an almost empty battery is a call for help and a low battery', () => {
  const both = says('band-1', at('08:00'), { events: ['sos'], batteryPct: 3 });
  expect(heads(replay(sos, homeOf(), [both]))).toEqual(['raise P1 sos']);
  expect(heads(replay(batteryLow, homeOf(), [both]))).toEqual(['raise P3 batteryLow']);
});

test('a press out of a buffer, 20 minutes old, still calls and says when it was', () => {
  const [signal] = replay(sos, homeOf(), [press(at('08:00'), at('08:20'))]);
  expect(signal).toMatchObject({ severity: 'P1', late: true, atMs: at('08:00'), receivedAtMs: at('08:20') });
  expect(signal?.summary.zh).toContain('11-21 08:00');
});

test('a press of the day before, or of a device whose clock stands in another year, is still unanswered: P1, marked late', () => {
  const signals = replay(sos, homeOf(), [press(at('08:00'), at('08:00') + 25 * hourMs)]);
  expect(signals).toMatchObject([{ severity: 'P1', late: true }]);
});

test('a press that is certain to be of the day before is a record to call back about', () => {
  const old = { ...press(at('08:00'), at('08:00') + 25 * hourMs), clockProven: true as const };
  const signals = replay(sos, homeOf(), [old, { ...press(at('09:00'), at('09:20')), clockProven: true }]);
  expect(told(signals)).toEqual([
    'raise P4 王秀英曾于 11-21 08:00 按下求助键（一天前的记录，请回访）',
    'raise P1 王秀英曾于 11-21 09:00 按下求助键（迟到的消息）',
  ]);
});

test('a call from where she is carries the place', () => {
  const position = { lat: 24.4451, lon: 118.0823, accuracyM: 8 };
  const [signal] = replay(sos, homeOf(), [says('band-1', at('08:00'), { events: ['sos'], position })]);
  expect(signal?.position).toEqual(position);
});
