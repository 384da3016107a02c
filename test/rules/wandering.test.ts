import { expect, test } from 'vitest';
import type { Reading } from '../../model/reading.ts';
import { wandering } from '../../rules/wandering.ts';
import { at, homeOf, minuteMs } from './support/home.ts';
import { heads, Life, replay } from './support/replay.ts';
import { fix, lapping, market, type Point, pacing, random, times, way } from './support/walks.ts';

const atRisk = homeOf({ resident: { cognitiveRisk: true } });
const patterns = [
  { name: 'to and fro', points: pacing, pattern: 'pacing' },
  { name: 'round and round', points: lapping, pattern: 'lapping' },
  { name: 'here and there without aim', points: random, pattern: 'random' },
];
for (const { name, points, pattern } of patterns) {
  test(`${name} outside her zone is told once`, () => {
    const signals = replay(wandering, atRisk, way(points));
    expect(heads(signals)).toEqual(['raise P3 wandering']);
    expect(signals[0]?.evidence).toMatchObject({ pattern });
  });
}

test('back in the zone ends it', () => {
  const signals = replay(wandering, atRisk, [...way(pacing), fix(at('10:40'), 0, 0)]);
  expect(heads(signals)).toEqual(['raise P3 wandering', 'clear P3 wandering']);
  expect(signals[1]?.id).toBe(`${signals[0]?.id}:clear`);
});

/** A way round one block and, turning the other way, round the next. */
const eight: readonly Point[] = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0], [-1, 0], [-1, 1], [0, 1]]; // biome-ignore format: a drawing
const noise = (i: number) => 12 * Math.sin(i * 2.4) + 9 * Math.cos(i * 5.1);
const quiet: { name: string; readings: readonly Reading[] }[] = [
  { name: 'a way to the shop', readings: way(times(30, (i): Point => [50 * i, 0])) },
  { name: 'a way there and back', readings: way(times(30, (i): Point => [50 * (i < 15 ? i : 30 - i), 0])) },
  {
    name: 'once round the block',
    readings: way(times(25, (i): Point => [80 * Math.cos(i / 4), 80 * Math.sin(i / 4)])),
  },
  {
    name: 'a bench, where the fixes wander and she does not',
    readings: times(120, (i) => fix(at('10:00') + i * 20_000, 600 + noise(i), noise(i + 7), 15)),
  },
  { name: 'pacing in her own courtyard', readings: pacing.map(([x, y], i) => fix(at('10:00') + i * minuteMs, x, y)) },
  {
    name: 'one and a half times round a pond',
    readings: way(lapping.slice(0, 13).map(([x, y]): Point => [0.9 * x, 0.9 * y])),
  },
  {
    name: 'up and down at the bus stop',
    readings: way(times(40, (i): Point => [[0, 20, 40, 20][i % 4] ?? 0, 0])),
  },
  {
    name: 'an eight through streets that cross at right angles',
    readings: way([...eight, ...eight, ...eight].map(([x, y]): Point => [40 * x, 40 * y])),
  },
  { name: 'a bus that goes to and fro', readings: way(times(24, (i): Point => [[0, 800, 1600, 800][i % 4] ?? 0, 0])) },
  {
    name: 'fixes too poor to draw a way',
    readings: pacing.map(([x, y], i) => fix(at('10:00') + i * minuteMs, 600 + x, y, 120)),
  },
];
for (const { name, readings } of quiet) {
  test(`no alert for ${name}`, () => expect(heads(replay(wandering, atRisk, readings))).toEqual([]));
}

test('laps round the park are nobody’s business when no risk is known', () => {
  const fit = homeOf({ resident: { cognitiveRisk: false } });
  expect(replay(wandering, fit, way(lapping))).toEqual([]);
});

test('where she has not been in four weeks it is urgent', () => {
  const signals = replay(wandering, atRisk, [...market(20), ...way(pacing, at('10:00', 20))]);
  expect(heads(signals)).toEqual(['raise P2 wandering']);
  expect(signals[0]?.evidence.isUnknownPlace).toBe(true);
});

test('more than a kilometre from anywhere usual is worth a look, and the usual market is not', () => {
  const afar = times(12, (i) => fix(at('10:00', 20) + i * minuteMs, 2000 + 60 * i, -1500));
  const signals = replay(wandering, atRisk, [...market(20), ...afar]);
  expect(heads(signals)).toEqual(['raise P3 wandering']);
  expect(signals[0]?.summary.en).toContain('more than 1 km from anywhere');
  expect(replay(wandering, atRisk, market(40))).toEqual([]);
});

test('nobody knows what is usual in the first two weeks', () => {
  const afar = times(12, (i) => fix(at('10:00', 5) + i * minuteMs, 2000 + 60 * i, -1500));
  expect(replay(wandering, atRisk, [...market(5), ...afar])).toEqual([]);
});

test('a month of walks everywhere stays small on the disk', () => {
  const life = new Life(wandering, atRisk);
  for (let day = 0; day < 30; day++) {
    for (let i = 0; i < 60; i++) life.hear(fix(at('09:00', day) + i * minuteMs, 400 + 60 * i, (day % 6) * 300));
  }
  expect(JSON.stringify(life.state).length).toBeLessThan(2000);
});
