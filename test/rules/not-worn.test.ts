import { expect, test } from 'vitest';
import { notWorn } from '../../rules/not-worn.ts';
import { at, homeOf, says, walks } from './support/home.ts';
import { Life, replay, told } from './support/replay.ts';

const home = homeOf();
const worn = (atMs: number, is: boolean) => says('band-1', atMs, { worn: is });

test('off for half an hour by day is told, and taken back when it is on again', () => {
  const signals = replay(notWorn, home, [worn(at('10:00'), false), worn(at('10:40'), true)]);
  expect(told(signals)).toEqual(['raise P4 王秀英的手环已摘下 30 分钟', 'clear P4 王秀英重新戴上了手环']);
  expect(signals[0]?.receivedAtMs).toBe(at('10:30'));
});

test('off for 29 minutes, over and over, is nobody’s business', () => {
  const readings = [
    worn(at('10:00'), false),
    worn(at('10:29'), true),
    worn(at('10:31'), false),
    worn(at('11:00'), true),
  ];
  expect(replay(notWorn, home, readings)).toEqual([]);
});

const mornings = [
  { off: at('22:30'), toldAt: at('07:30', 1) },
  { off: at('21:45'), toldAt: at('07:30', 1) },
  { off: at('21:30'), toldAt: at('22:00') },
  { off: at('06:50'), toldAt: at('07:30') },
];
for (const { off, toldAt } of mornings) {
  test(`taken off at ${new Date(off).toISOString()}, told at ${new Date(toldAt).toISOString()}`, () => {
    const signals = replay(notWorn, home, [worn(off, false)], { untilMs: at('12:00', 1) });
    expect(signals.map(({ receivedAtMs }) => receivedAtMs)).toEqual([toldAt]);
  });
}

test('taken off outside every safe zone is urgent, at any hour', () => {
  const readings = [walks(at('02:00'), 900), worn(at('02:05'), false)];
  const signals = replay(notWorn, home, readings, { untilMs: at('03:00') });
  expect(told(signals)).toEqual(['raise P2 王秀英在安全区外摘下了手环']);
  expect(signals[0]?.receivedAtMs).toBe(at('02:10'));
});

test('a band that leaves the house without its wearer becomes urgent', () => {
  const readings = [worn(at('10:00'), false), walks(at('10:45'), 900)];
  const signals = replay(notWorn, home, readings, { untilMs: at('11:00') });
  expect(signals.map(({ severity, receivedAtMs }) => [severity, receivedAtMs])).toEqual([
    ['P4', at('10:30')],
    ['P2', at('10:45')],
  ]);
});

test('back inside before it was taken off is not outside', () => {
  const readings = [walks(at('10:00'), 900), walks(at('10:10'), 0), worn(at('10:15'), false)];
  expect(told(replay(notWorn, home, readings, { untilMs: at('10:40') }))).toEqual([]);
});

test('on the charger the clock waits', () => {
  const life = new Life(notWorn, home).hear(says('band-1', at('10:00'), { worn: false, charging: true }));
  expect(life.waitUntil(at('14:00')).signals).toEqual([]);
  life.hear(says('band-1', at('14:00'), { worn: false, charging: false })).waitUntil(at('15:00'));
  expect(life.signals.map(({ receivedAtMs }) => receivedAtMs)).toEqual([at('14:30')]);
});

test('a band that goes on saying it is off is one alert and one write', () => {
  const life = new Life(notWorn, home);
  for (let minute = 0; minute < 60; minute += 5) life.hear(worn(at('10:00') + minute * 60_000, false));
  expect(life.signals).toHaveLength(1);
  expect(life.writes).toBe(2);
});
