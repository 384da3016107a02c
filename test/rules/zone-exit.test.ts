import { expect, test } from 'vitest';
import type { Facts } from '../../model/reading.ts';
import { zoneExit } from '../../rules/zone-exit.ts';
import { at, east, homeOf, homeZone, minuteMs, says, walks } from './support/home.ts';
import { heads, Life, replay, told } from './support/replay.ts';

const she = homeOf();
/** A fix every 30 s from 08:00, so many metres east of home each. */
const walk = (...metres: readonly number[]) => metres.map((m, i) => walks(at('08:00') + i * 30_000, m));

test('she leaves and is found out within 90 s, once, however long the walk', () => {
  const signals = replay(zoneExit, she, walk(0, 100, 200, 300, 360, 390, 420, 450, 480, 510, 540));
  expect(told(signals)).toEqual(['raise P2 王秀英离开安全区 120 米']);
  expect(signals[0]).toMatchObject({ atMs: at('08:02'), receivedAtMs: at('08:03') });
});

test('far out and accurate, two fixes are enough', () => {
  const signals = replay(zoneExit, she, walk(0, 900, 950));
  expect(signals.map(({ receivedAtMs }) => receivedAtMs)).toEqual([at('08:01')]);
});

test('a walk of an hour is told again every ten minutes, as the same excursion', () => {
  const hour = walk(0, ...Array.from({ length: 120 }, (_, i) => 400 + i));
  const signals = replay(zoneExit, she, hour);
  expect(heads(signals)).toEqual(Array(6).fill('raise P2 zoneExit'));
  expect(signals.slice(1).map(({ atMs }, i) => atMs - (signals[i]?.receivedAtMs ?? 0))).toEqual(
    Array(5).fill(10 * minuteMs),
  );
  expect(new Set(signals.map(({ id }) => id)).size).toBe(6);
});

test('back home ends the excursion, and the next one is another', () => {
  const signals = replay(zoneExit, she, walk(0, 400, 400, 400, 200, 100, 400, 400, 400, 0, 0));
  expect(heads(signals)).toEqual(['raise P2 zoneExit', 'clear P2 zoneExit', 'raise P2 zoneExit', 'clear P2 zoneExit']);
  expect(signals[1]?.id).toBe(`${signals[0]?.id}:clear`);
  expect(signals[2]?.id).not.toBe(signals[0]?.id);
});

const times = (facts: Facts, ...metres: readonly number[]) =>
  metres.map((m, i) => walks(at('08:00') + i * 30_000, m, 12, facts));
const cell = { position: { ...east(5000), accuracyM: 100, source: 'cell' as const } };

const quiet = [
  {
    name: 'a fix 200 m off that claims 2 m',
    readings: [...walk(0, 0), walks(at('08:01'), 500, 2), walks(at('08:01:30'), 0)],
  },
  {
    name: 'one wild fix far away that claims 5 m',
    readings: [...walk(0, 0), walks(at('08:01'), 1400, 5), walks(at('08:01:30'), 0)],
  },
  {
    name: 'somebody who lives near the edge, in and out by the error of the fix',
    readings: walk(290, 320, 280, 340, 310, 345, 290, 330),
  },
  {
    name: 'fixes that could be anywhere',
    readings: walk(0).concat([1, 2, 3, 4].map((i) => walks(at('08:00') + i * 30_000, 700, 900))),
  },
  {
    name: 'fixes further out than their error only on the map',
    readings: walk(0).concat([1, 2, 3, 4].map((i) => walks(at('08:00') + i * 30_000, 420, 140))),
  },
  {
    name: 'cell positions, however many',
    readings: [1, 2, 3, 4, 5].map((i) => says('band-1', at('08:00') + i * minuteMs, cell)),
  },
  {
    name: 'a buffer that arrives late',
    readings: [30, 31, 32, 33].map((m) =>
      says('band-1', at(`08:${m}`), { position: { ...east(900), accuracyM: 5 } }, at('09:00')),
    ),
  },
  { name: 'six fixes of the same moment', readings: Array.from({ length: 6 }, () => walks(at('08:00'), 900, 5)) },
  { name: 'a second of agreement', readings: [0, 1, 2, 3, 4].map((s) => walks(at('08:00') + s * 1000, 420)) },
  { name: 'a jump no car could make', readings: [...walk(0), walks(at('08:00:30'), 60_000, 5)] },
  { name: 'a phone on the charger', readings: times({ charging: true }, 0, 400, 400, 400, 400) },
  { name: 'a home beacon in range', readings: times({ homeAnchor: true }, 0, 400, 400, 400, 400) },
];
for (const { name, readings } of quiet) {
  test(`no alert for ${name}`, () => expect(told(replay(zoneExit, she, readings))).toEqual([]));
}

test('out-of-order and repeated fixes are history, not votes', () => {
  const [inside, ...outside] = walk(0, 400, 410, 420);
  const [a, b] = outside;
  if (!inside || !a || !b) throw new Error('the walk is too short');
  expect(replay(zoneExit, she, [inside, b, a, a, b, b])).toEqual([]);
});

test('the beacon of three minutes ago says nothing about now', () => {
  const anchored = says('band-1', at('07:56'), { homeAnchor: true });
  expect(heads(replay(zoneExit, she, [anchored, ...walk(400, 400, 400, 400)]))).toEqual(['raise P2 zoneExit']);
  const justNow = says('band-1', at('07:59:50'), { homeAnchor: true });
  expect(replay(zoneExit, she, [justNow, ...walk(400, 400, 400, 400)])).toEqual([]);
});

test('home again where no satellite is seen: the beacon is enough', () => {
  const beacons = ['08:05', '08:05:30'].map((time) => says('band-1', at(time), { homeAnchor: true }));
  expect(heads(replay(zoneExit, she, [...walk(0, 400, 400, 400), ...beacons]))).toEqual([
    'raise P2 zoneExit',
    'clear P2 zoneExit',
  ]);
});

test('an accuracy the device does not know is taken for 50 m', () => {
  const unknown = (m: number) => [0, 30, 60, 90].map((s) => walks(at('08:00') + s * 1000, m, undefined));
  expect(replay(zoneExit, she, unknown(345))).toEqual([]);
  expect(heads(replay(zoneExit, she, unknown(360)))).toEqual(['raise P2 zoneExit']);
});

test('one fix a second finds her out in the same time as one every 30 s', () => {
  const seconds = Array.from({ length: 120 }, (_, s) => walks(at('08:00') + s * 1000, 400));
  expect(replay(zoneExit, she, seconds)[0]?.receivedAtMs).toBe(at('08:01'));
});

test('one poor fix among the good ones does not save her from being found', () => {
  expect(heads(replay(zoneExit, she, walk(0, 400, 310, 400, 400)))).toEqual(['raise P2 zoneExit']);
});

test('outside one safe zone and inside another is safe', () => {
  const daughter = {
    ...homeZone,
    id: 'daughter',
    shape: { type: 'circle' as const, center: east(1000), radiusM: 300 },
  };
  expect(replay(zoneExit, homeOf({ zones: [homeZone, daughter] }), walk(0, 900, 950, 1000, 1100))).toEqual([]);
});

test('a zone of the night says nothing by day, and ends an excursion when the morning comes', () => {
  const night = homeOf({ zones: [{ ...homeZone, schedule: { from: '22:00', to: '08:01' } }] });
  const out = [400, 400, 400, 400, 400].map((m, i) => walks(at('07:59') + i * 30_000, m));
  expect(heads(replay(zoneExit, night, out))).toEqual(['raise P2 zoneExit']);
  const later = [...out, walks(at('08:02'), 400)];
  expect(heads(replay(zoneExit, night, later))).toEqual(['raise P2 zoneExit', 'clear P2 zoneExit']);
});

test('without a safe zone nobody can leave it', () => {
  const life = new Life(zoneExit, homeOf({ zones: [] }));
  for (const reading of walk(0, 5000, 5000, 5000)) life.hear(reading);
  expect(life).toMatchObject({ signals: [], writes: 0 });
});

test('the band at home does not hide that the phone went out', () => {
  const phone = walk(0, 400, 400, 400).map((reading) => ({ ...reading, deviceId: 'phone-1' }));
  const band = [15, 45, 75, 105].map((s) => walks(at('08:00') + s * 1000, 0));
  const both = [...phone, ...band].sort((a, b) => a.takenAtMs - b.takenAtMs);
  expect(replay(zoneExit, she, both).map(({ deviceId }) => deviceId)).toEqual(['phone-1']);
});

test('a quiet day at home is written down now and then, not with every fix', () => {
  const life = new Life(zoneExit, she);
  for (let i = 0; i < 120; i++) life.hear(walks(at('08:00') + i * 30_000, i % 50));
  expect(life.writes).toBe(12);
});
