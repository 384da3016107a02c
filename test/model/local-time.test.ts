import { expect, test } from 'vitest';
import { localTime, nextLocal, scheduleHolds, stamp } from '../../model/local-time.ts';

const utc = (text: string) => Date.parse(text);

test('the wall clock of Xiamen', () => {
  expect(localTime('Asia/Shanghai', utc('2025-11-21T16:30:00Z'))).toEqual({ day: 6, minute: 30 });
  expect(stamp('Asia/Shanghai', utc('2025-11-21T16:30:00Z'))).toBe('11-22 00:30');
});

test('Sunday is the seventh day, before 1970 too', () => {
  expect(localTime('UTC', utc('2025-11-23T12:00:00Z')).day).toBe(7);
  expect(localTime('UTC', utc('1969-12-28T12:00:00Z')).day).toBe(7);
});

test('an odd offset is known to the minute', () => {
  expect(localTime('Asia/Kathmandu', utc('2025-11-21T00:00:00Z')).minute).toBe(5 * 60 + 45);
});

test('clocks go forward: 02:30 does not exist, and 03:00 follows 01:59', () => {
  const before = utc('2025-03-30T00:59:00Z');
  expect(localTime('Europe/Berlin', before).minute).toBe(119);
  expect(localTime('Europe/Berlin', before + 60_000).minute).toBe(180);
  expect(nextLocal('Europe/Berlin', 7 * 60, utc('2025-03-29T22:00:00Z'))).toBe(utc('2025-03-30T05:00:00Z'));
});

for (const { zone, eve, instant } of [
  { zone: 'Europe/Berlin', eve: '2026-03-28T12:00:00Z', instant: '2026-03-29T01:30:00Z' },
  { zone: 'America/New_York', eve: '2026-03-07T18:00:00Z', instant: '2026-03-08T07:30:00Z' },
]) {
  test(`02:30 that does not exist in ${zone} is the moment that is 03:30 there`, () => {
    expect(nextLocal(zone, 150, utc(eve))).toBe(utc(instant));
    expect(localTime(zone, utc(instant)).minute).toBe(210);
  });
}

test('clocks go back: both 02:30 are in the night', () => {
  const night = { from: '02:00', to: '03:00' };
  const halfPasts = [utc('2025-10-26T00:30:00Z'), utc('2025-10-26T01:30:00Z')];
  expect(halfPasts.map((atMs) => scheduleHolds(night, 'Europe/Berlin', atMs))).toEqual([true, true]);
  expect(nextLocal('Europe/Berlin', 7 * 60, utc('2025-10-25T22:00:00Z'))).toBe(utc('2025-10-26T06:00:00Z'));
});

test('a schedule over midnight belongs to the day it began on', () => {
  const fridayNight = { days: [5], from: '22:00', to: '06:00' };
  const holds = (text: string) => scheduleHolds(fridayNight, 'Asia/Shanghai', utc(`${text}+08:00`));
  expect(holds('2025-11-21T23:00')).toBe(true);
  expect(holds('2025-11-22T05:59')).toBe(true);
  expect(holds('2025-11-22T23:00')).toBe(false);
  expect(holds('2025-11-21T05:00')).toBe(false);
});

test('Sunday night reaches into Monday', () => {
  const sundayNight = { days: [7], from: '22:00', to: '06:00' };
  expect(scheduleHolds(sundayNight, 'Asia/Shanghai', utc('2025-11-24T01:00+08:00'))).toBe(true);
});

test('the same time from and to is the whole day', () => {
  const friday = { days: [5], from: '00:00', to: '00:00' };
  const holds = (text: string) => scheduleHolds(friday, 'Asia/Shanghai', utc(`${text}+08:00`));
  expect([holds('2025-11-21T00:00'), holds('2025-11-21T23:59'), holds('2025-11-22T00:00')]).toEqual([
    true,
    true,
    false,
  ]);
});

test('the next seven o’clock is today, tomorrow, or now', () => {
  const seven = (text: string) => nextLocal('Asia/Shanghai', 420, utc(`${text}+08:00`));
  expect(seven('2025-11-21T06:00')).toBe(utc('2025-11-21T07:00+08:00'));
  expect(seven('2025-11-21T07:00')).toBe(utc('2025-11-21T07:00+08:00'));
  expect(seven('2025-11-21T07:01')).toBe(utc('2025-11-22T07:00+08:00'));
});
