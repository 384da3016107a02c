import { expect, test } from 'vitest';
import type { Facts } from '../../model/reading.ts';
import { vitals } from '../../rules/vitals.ts';
import { at, homeOf, hourMs, minuteMs, says } from './support/home.ts';
import { heads, Life, replay } from './support/replay.ts';

/** What wearers of wristbands are not to be woken for, and what has to come through all the same. */
const home = homeOf();
const oxygen = (fromMs: number, everyMin: number, ...values: readonly number[]) =>
  values.map((spo2Pct, i) => says('band-1', fromMs + i * everyMin * minuteMs, { spo2Pct }));
/** A night from 22:00 to 07:00 at one value every 10 min, and the day after it. */
const night = (day: number, beat: (at: number) => number, daytime = 66) =>
  Array.from({ length: 144 }, (_, i) => {
    const heartRateBpm = i < 54 ? beat(i) : daytime;
    return says('band-1', at('22:00', day) + i * 10 * minuteMs, { heartRateBpm });
  });

// ---- oxygen at the wrist ----

const asOnABench: readonly { name: string; values: readonly number[] }[] = [
  { name: 'two low values of four', values: [91, 89, 97, 94] },
  { name: 'two low values and nothing after', values: [90, 89] },
  { name: 'values that scatter by motion', values: [89, 97, 90, 95, 88, 98, 91, 93, 96, 89] },
  { name: 'contact lost twice', values: [97, 50, 50, 96, 97] },
];
for (const { name, values } of asOnABench) {
  test(`oxygen at the wrist, every 12 minutes on a bench: ${name} is nobody's alarm`, () => {
    expect(replay(vitals, home, oxygen(at('10:00'), 12, ...values))).toEqual([]);
  });
}

test('three values of 91 and less in a row are told, however seldom the band measures', () => {
  const signals = replay(vitals, home, oxygen(at('10:00'), 30, 97, 91, 90, 91));
  expect(signals.map(({ severity, atMs }) => [severity, atMs])).toEqual([['P2', at('11:30')]]);
  expect(signals[0]?.evidence).toMatchObject({ spo2Pct: 91, heldMin: 60 });
});

test('84 % is told at the second value, and one wild value between does not put it off', () => {
  expect(replay(vitals, home, oxygen(at('10:00'), 12, 84, 83)).map(({ atMs }) => atMs)).toEqual([at('10:12')]);
  expect(heads(replay(vitals, home, oxygen(at('10:00'), 12, 90, 89, 98, 89, 90)))).toEqual(['raise P2 vitals']);
});

test('92 % at the wrist is attention after an hour', () => {
  const signals = replay(vitals, home, oxygen(at('10:00'), 15, 92, 93, 92, 93, 92, 92));
  expect(signals.map(({ severity, atMs }) => [severity, atMs])).toEqual([['P3', at('11:00')]]);
});

test('the oximeter somebody sits down to needs no third value', () => {
  const clip = [0, 2].map((minute) => ({
    ...says('cuff-1', at('10:00') + minute * minuteMs, { spo2Pct: 90 }),
    kind: 'vitalsMonitor' as const,
  }));
  expect(heads(replay(vitals, home, clip))).toEqual(['raise P2 vitals']);
});

// ---- the slow pulse of sleep ----

test('a pulse of 42 to 46 in her sleep, night after night, is not told before it is known as hers, nor then', () => {
  const nights = Array.from({ length: 20 }, (_, day) => night(day, (i) => 42 + (i % 5))).flat();
  expect(replay(vitals, home, nights)).toEqual([]);
});

test('a pulse of 40 is told at night, too', () => {
  expect(
    heads(
      replay(
        vitals,
        home,
        night(0, () => 40),
      ),
    ),
  ).toContain('raise P2 vitals');
});

test('a pulse of 44 by day is attention in the first week', () => {
  const day = Array.from({ length: 8 }, (_, i) => says('band-1', at('14:00') + i * 5 * minuteMs, { heartRateBpm: 44 }));
  expect(heads(replay(vitals, home, day))).toEqual(['raise P3 vitals']);
});

test('after two nights of 62, a night of 44 is unlike her', () => {
  const nights = [0, 1].flatMap((day) => night(day, () => 62));
  expect(heads(replay(vitals, home, [...nights, ...night(2, () => 44)]))).toContain('raise P3 vitals');
});

test('that is for bands: 44 at the monitor she sat down to is told at the third measurement, at any hour', () => {
  const early = [0, 1, 2].map((day) => ({
    ...says('cuff-1', at('06:00', day), { heartRateBpm: 44 }),
    kind: 'vitalsMonitor' as const,
  }));
  expect(heads(replay(vitals, home, early))).toEqual(['raise P3 vitals']);
});

// ---- the same again ----

test('amber that comes and goes is told once a day, red every time', () => {
  const spells = [115, 85, 115, 85, 150].flatMap((heartRateBpm, spell) =>
    Array.from({ length: 12 }, (_, i) =>
      says('band-1', at('08:00') + spell * hourMs + i * 5 * minuteMs, { heartRateBpm }),
    ),
  );
  const raised = replay(vitals, home, spells).filter(({ effect }) => effect === 'raise');
  expect(raised.map(({ severity }) => severity)).toEqual(['P3', 'P2']);
});

test('amber of the next day is news, and so is amber on the other side', () => {
  const spell = (fromMs: number, heartRateBpm: number) =>
    Array.from({ length: 12 }, (_, i) => says('band-1', fromMs + i * 5 * minuteMs, { heartRateBpm }));
  const calm = (fromMs: number) => spell(fromMs, 75);
  const readings = [
    ...spell(at('10:00'), 115),
    ...calm(at('11:00')),
    ...spell(at('14:00'), 44),
    ...calm(at('15:00')),
    ...spell(at('12:00', 1), 115),
  ];
  const raised = replay(vitals, home, readings).filter(({ effect }) => effect === 'raise');
  expect(raised).toHaveLength(3);
});

test('a month of nights and benches stays small', () => {
  const life = new Life(vitals, home);
  const facts = (i: number): Facts => ({
    heartRateBpm: i % 24 < 7 ? 44 : 92,
    spo2Pct: i % 3 === 0 ? 90 : 96,
    steps: i,
  });
  for (let i = 0; i < 30 * 48; i++) life.hear(says('band-1', at('00:00') + i * 30 * minuteMs, facts(i)));
  expect(JSON.stringify(life.state).length).toBeLessThan(1500);
});
