import { expect, test } from 'vitest';
import type { Reading } from '../../model/reading.ts';
import { inactivity } from '../../rules/inactivity.ts';
import { allDevices, at, homeOf, hourMs, minuteMs, says } from './support/home.ts';
import { heads, Life, replay, told } from './support/replay.ts';

const home = homeOf();
/** Nobody can be asked here, so people hear at the limit itself. */
const unasked = homeOf({ devices: allDevices.filter(({ id }) => !['button-1', 'band-1', 'phone-1'].includes(id)) });
const moves = (atMs: number) => says('pir-1', atMs, { motion: true });
const door = (atMs: number, contactOpen: boolean) => says('door-1', atMs, { contactOpen });
/** The sensor says every hour that it works and sees nobody. */
function beats(fromMs: number, toMs: number): Reading[] {
  const count = Math.floor((toMs - fromMs) / hourMs);
  return Array.from({ length: count }, (_, i) => says('pir-1', fromMs + (i + 1) * hourMs, { motion: false }));
}
const inOrder = (...readings: Reading[]) => readings.sort((a, b) => a.takenAtMs - b.takenAtMs);

test('12 hours of a day without a movement are told, once, and taken back when she moves', () => {
  const readings = [moves(at('08:00')), ...beats(at('08:00'), at('21:30')), moves(at('21:30')), moves(at('21:41'))];
  const signals = replay(inactivity, unasked, readings);
  expect(told(signals)).toEqual(['raise P3 王秀英已 12 小时没有活动迹象', 'clear P3 王秀英又有活动了']);
  expect(signals[0]?.receivedAtMs).toBe(at('20:00'));
});

test('over a night it takes 14 hours', () => {
  const readings = [moves(at('21:00')), ...beats(at('21:00'), at('13:00', 1))];
  expect(replay(inactivity, unasked, readings).map(({ receivedAtMs }) => receivedAtMs)).toEqual([at('11:00', 1)]);
});

const signs = [
  { name: 'the door', readings: [door(at('08:00'), false), door(at('15:00'), true), moves(at('15:02'))] },
  { name: 'a press of the call button', readings: [says('button-1', at('15:00'), { events: ['ok'] })] },
  {
    name: 'steps',
    readings: [says('band-1', at('08:00'), { steps: 100 }), says('band-1', at('15:00'), { steps: 140 })],
  },
  { name: 'the band moving', readings: [says('band-1', at('15:00'), { motion: true })] },
];
for (const { name, readings } of signs) {
  test(`${name} is a sign of life`, () => {
    const day = inOrder(moves(at('08:00')), ...beats(at('08:00'), at('22:00')), ...readings);
    expect(replay(inactivity, home, day, { untilMs: at('22:00') })).toEqual([]);
  });
}

const noSigns = [
  { name: 'a door that says again that it is closed', readings: [door(at('07:00'), false), door(at('15:00'), false)] },
  {
    name: 'the same number of steps',
    readings: [says('band-1', at('07:00'), { steps: 9 }), says('band-1', at('15:00'), { steps: 9 })],
  },
  {
    name: 'the step counter starting afresh',
    readings: [says('band-1', at('07:00'), { steps: 9 }), says('band-1', at('15:00'), { steps: 0 })],
  },
  { name: 'a movement out of a buffer', readings: [says('pir-1', at('07:30'), { motion: true }, at('15:00'))] },
  { name: 'a tampered detector', readings: [says('smoke-1', at('15:00'), { events: ['tamper'] })] },
];
for (const { name, readings } of noSigns) {
  test(`${name} is no sign of life`, () => {
    const day = [moves(at('08:00')), ...beats(at('08:00'), at('22:00')), ...readings];
    day.sort((a, b) => a.receivedAtMs - b.receivedAtMs);
    const signals = replay(inactivity, home, day);
    expect(signals.map(({ receivedAtMs }) => receivedAtMs)).toEqual([at('20:00') + 10 * minuteMs]);
  });
}

test('who left by the door is away, and is expected back within twelve hours', () => {
  const leaves = [
    door(at('07:50'), false),
    moves(at('08:00')),
    door(at('08:10'), true),
    moves(at('08:10:20')),
    door(at('08:10:40'), false),
  ];
  const readings = [...leaves, ...beats(at('08:10:40'), at('10:00', 1))];
  const signals = replay(inactivity, home, readings);
  expect(signals).toHaveLength(1);
  expect(signals[0]).toMatchObject({ type: 'awayTooLong', receivedAtMs: at('20:10:40') });
});

test('back by the door and moving again, the clock runs again', () => {
  const readings = inOrder(
    door(at('06:00'), false),
    moves(at('07:00')),
    door(at('07:10'), true),
    door(at('09:00'), false),
    moves(at('09:05')),
    ...beats(at('07:00'), at('22:00')),
  );
  expect(replay(inactivity, unasked, readings).map(({ receivedAtMs }) => receivedAtMs)).toEqual([at('21:05')]);
});

test('the silence of dead sensors is not inactivity, until a whole day has passed without a sign', () => {
  const signals = replay(inactivity, unasked, [moves(at('08:00')), ...beats(at('08:00'), at('12:00'))], {
    untilMs: at('12:00', 1),
  });
  expect(signals).toHaveLength(1);
  expect(signals[0]).toMatchObject({ receivedAtMs: at('08:00', 1), evidence: { sensorsSilent: true } });
});

test('sensors that come back after a gap start a new count', () => {
  const readings = [moves(at('08:00')), ...beats(at('08:00'), at('10:00')), ...beats(at('16:00'), at('07:30', 1))];
  expect(replay(inactivity, unasked, readings)[0]?.receivedAtMs).toBe(at('07:00', 1));
});

test('a home without a sensor that could see her is not judged', () => {
  const readings = [says('band-1', at('08:00'), { steps: 5 }), says('band-1', at('08:10'), { steps: 50 })];
  expect(replay(inactivity, home, readings, { untilMs: at('12:00', 3) })).toEqual([]);
});

test('a limit that passed while the service was down waits ten minutes for what devices kept', () => {
  const before = [moves(at('08:00')), ...beats(at('08:00'), at('19:00'))];
  const story = { untilMs: at('21:00'), listeningSinceMs: at('20:30') };
  expect(replay(inactivity, unasked, before, story).map(({ receivedAtMs }) => receivedAtMs)).toEqual([at('20:40')]);
  expect(replay(inactivity, unasked, [...before, moves(at('20:31'))], story)).toEqual([]);
});

test('a busy morning is written down once a minute at most', () => {
  const life = new Life(inactivity, home);
  for (let i = 0; i < 600; i++) life.hear(moves(at('08:00') + i * 1000));
  expect(life.writes).toBeLessThanOrEqual(12);
  expect(heads(life.waitUntil(at('12:00')).signals)).toEqual([]);
});

test('on the day the clocks go back the night is an hour longer and 14 hours are 14 hours', () => {
  const berlin = { ...unasked, timeZone: 'Europe/Berlin' };
  const evening = Date.parse('2025-10-25T21:00+02:00');
  const readings = [moves(evening), ...beats(evening, evening + 16 * hourMs)];
  expect(replay(inactivity, berlin, readings)[0]?.receivedAtMs).toBe(evening + 14 * hourMs);
});
