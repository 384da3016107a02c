import { expect, test } from 'vitest';
import type { Command } from '../../model/device.ts';
import type { Facts, Reading } from '../../model/reading.ts';
import { reportInterval } from '../../rules/report-interval.ts';
import { at, homeOf, says, walks } from './support/home.ts';
import { Life } from './support/replay.ts';

const she = homeOf();

/** Every command with the time of the reading that caused it, as `08:00 300`. */
function commandsTo(readings: readonly Reading[], home = she): string[] {
  let state = reportInterval.initial;
  return readings.flatMap((reading) => {
    const outcome = reportInterval.step(home, state, { kind: 'reading', reading, nowMs: reading.receivedAtMs });
    state = JSON.parse(JSON.stringify(outcome.state)) as typeof state;
    const minute = new Date(reading.takenAtMs + 8 * 3_600_000).toISOString().slice(11, 16);
    return (outcome.commands ?? []).map(({ args }: Command) => `${minute} ${args.everyS}`);
  });
}

const every = (seconds: number, time: string, metres: readonly number[], facts: Facts = {}) =>
  metres.map((m, i) => walks(at(time) + i * seconds * 1000, m, 12, facts));

const places = [
  { name: 'deep in the zone', metres: 20, facts: {}, everyS: 300 },
  { name: '150 m from the edge', metres: 150, facts: {}, everyS: 120 },
  { name: '60 m from the edge', metres: 240, facts: {}, everyS: 60 },
  { name: 'outside', metres: 310, facts: {}, everyS: 30 },
  { name: 'still, wherever in the zone', metres: 240, facts: { motion: false }, everyS: 600 },
  { name: 'on the charger', metres: 20, facts: { charging: true }, everyS: 600 },
  { name: 'by the home beacon', metres: 240, facts: { homeAnchor: true }, everyS: 600 },
  { name: 'deep in the zone with a weak battery', metres: 20, facts: { batteryPct: 15 }, everyS: 600 },
  { name: 'outside with a weak battery: now every word counts', metres: 400, facts: { batteryPct: 15 }, everyS: 30 },
];
for (const { name, metres, facts, everyS } of places) {
  test(`${name}: every ${everyS} s`, () => {
    expect(commandsTo([walks(at('08:00'), metres, 12, facts)])).toEqual([`08:00 ${everyS}`]);
  });
}

test('walking out it is told at once to report more often, walking home only when it has lasted', () => {
  const out = every(60, '08:00', [20, 120, 220, 320, 420]);
  const home = every(60, '08:05', [320, 220, 120, 20, 20, 20, 20, 20, 20, 20, 20, 20]);
  expect(commandsTo([...out, ...home])).toEqual(['08:00 300', '08:01 120', '08:02 30', '08:11 300']);
});

test('the edge that comes nearer fast is foreseen', () => {
  expect(commandsTo(every(60, '08:00', [120, 200]))).toEqual(['08:00 120', '08:01 30']);
  expect(commandsTo(every(60, '08:00', [120, 130]))).toEqual(['08:00 120']);
});

test('to and fro over a line of the table it is told once, not with every fix', () => {
  const flapping = every(
    30,
    '08:00',
    Array.from({ length: 120 }, (_, i) => (i % 2 === 0 ? 95 : 105)),
  );
  expect(commandsTo(flapping).length).toBeLessThanOrEqual(3);
});

const seconds = (step: number, metres: readonly number[]) => every(step, '08:00', metres);

test('a nervous fix does not send two commands in a row, but being outside is told at once', () => {
  expect(commandsTo(seconds(5, [20, 150, 20]))).toEqual(['08:00 300']);
  expect(commandsTo(seconds(5, [20, 310]))).toEqual(['08:00 300', '08:00 30']);
});

test('however she goes about the edge and however often the band speaks, it is told four times in five minutes at most', () => {
  const places = [20, 150, 240, 310];
  const hour = seconds(
    3,
    Array.from({ length: 1200 }, (_, i) => places[(i * i + 3 * i) % 4] ?? 0),
  );
  expect(commandsTo(hour).length).toBeLessThanOrEqual(4 * 12);
});

test('near the edge her distance is written down once a minute, not with every fix', () => {
  const life = new Life(reportInterval, she);
  for (const reading of seconds(
    5,
    Array.from({ length: 720 }, (_, i) => 240 + (i % 7)),
  ))
    life.hear(reading);
  expect(life.writes).toBeLessThanOrEqual(62);
});

test('after a call for help it reports every 15 s for half an hour', () => {
  const call = says('band-1', at('08:00'), { events: ['sos'] });
  const after = every(
    60,
    '08:01',
    Array.from({ length: 45 }, () => 20),
  );
  expect(commandsTo([call, ...after])).toEqual(['08:00 15', '08:36 300']);
});

const silent: { name: string; readings: readonly Reading[] }[] = [
  { name: 'a late fix', readings: [says('band-1', at('08:00'), walks(0, 900).facts, at('09:00'))] },
  {
    name: 'a cell position',
    readings: [says('band-1', at('08:00'), { position: { lat: 24, lon: 118, source: 'cell' } })],
  },
  { name: 'a motion sensor', readings: [says('pir-1', at('08:00'), { motion: false })] },
];
for (const { name, readings } of silent) {
  test(`no command for ${name}`, () => expect(commandsTo(readings)).toEqual([]));
}

test('without a zone there is no edge to watch', () => {
  expect(commandsTo(every(60, '08:00', [0, 500]), homeOf({ zones: [] }))).toEqual([]);
});

test('a replay says the same under the same ids', () => {
  const idsOf = () =>
    reportInterval
      .step(she, {}, { kind: 'reading', reading: walks(at('08:00'), 20), nowMs: 0 })
      .commands?.map(({ id }) => id);
  expect(idsOf()).toEqual([`reportInterval:band-1:${at('08:00')}`]);
  expect(idsOf()).toEqual(idsOf());
});
