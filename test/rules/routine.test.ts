import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  alertLine,
  isLearned,
  lived,
  meetsLine,
  nothingLearned,
  type Routine,
} from '../../rules/inactivity/routine.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const shanghai = 'Asia/Shanghai';

/** Somebody who moves every twenty minutes, day and night. */
function busy(timeZone: string, fromMs: number, days: number): Routine {
  let routine = nothingLearned;
  for (let atMs = fromMs; atMs < fromMs + days * dayMs; atMs += 20 * minuteMs) {
    const stillness = { fromMs: atMs - 20 * minuteMs, toMs: atMs, wasStill: true, atMostMin: Infinity };
    routine = lived(routine, timeZone, stillness);
  }
  return routine;
}

const nights = [
  { name: 'an ordinary night', evening: '2026-06-10T23:00+02:00', morning: '2026-06-11T07:00+02:00' },
  { name: 'the night the clock goes back', evening: '2026-10-24T23:00+02:00', morning: '2026-10-25T07:00+01:00' },
  { name: 'the night the clock goes forward', evening: '2026-03-28T23:00+01:00', morning: '2026-03-29T07:00+02:00' },
];
for (const { name, evening, morning } of nights) {
  test(`after ${name} the day begins at seven on the wall`, () => {
    const fromMs = Date.parse(evening);
    const routine = busy('Europe/Berlin', fromMs - 20 * dayMs, 20);
    expect(meetsLine(routine, 'Europe/Berlin', fromMs)).toEqual({
      atMs: Date.parse(morning),
      limitMin: alertLine.leastByDayMin,
    });
  });
}

test('fourteen days make a line, and a gap of four leaves three to live', () => {
  const noon = Date.parse('2025-11-21T12:00+08:00');
  const routine = busy(shanghai, noon, 13);
  expect(isLearned(routine)).toBe(true);
  const back = noon + 18 * dayMs;
  const after = lived(routine, shanghai, { fromMs: back, toMs: back, wasStill: false, atMostMin: 0 });
  expect(isLearned(after)).toBe(false);
  const later = [1, 2].reduce((known, day) => {
    const atMs = back + day * dayMs;
    return lived(known, shanghai, { fromMs: atMs, toMs: atMs, wasStill: false, atMostMin: 0 });
  }, after);
  expect(isLearned(later)).toBe(true);
});

test('what was seen twice is written once', () => {
  const noon = Date.parse('2025-11-21T12:00+08:00');
  const once = lived(nothingLearned, shanghai, { fromMs: noon, toMs: noon + hourMs, wasStill: true, atMostMin: 999 });
  expect(lived(once, shanghai, { fromMs: noon, toMs: noon + hourMs, wasStill: true, atMostMin: 999 })).toBe(once);
});

test('after a month nothing is left of a month', () => {
  const start = Date.parse('2025-11-01T00:00+08:00');
  const lazy = lived(busy(shanghai, start, 15), shanghai, {
    fromMs: start + 15 * dayMs + 8 * hourMs,
    toMs: start + 15 * dayMs + 16 * hourMs,
    wasStill: true,
    atMostMin: Infinity,
  });
  const noon = (days: number) => start + days * dayMs + 12 * hourMs;
  const lineAfter = (routine: Routine, days: number) => meetsLine(routine, shanghai, noon(days)).limitMin;
  let routine = lazy;
  expect(lineAfter(lazy, 16)).toBeGreaterThan(alertLine.leastByDayMin);
  for (let atMs = noon(16); atMs < noon(46); atMs += 20 * minuteMs) {
    routine = lived(routine, shanghai, { fromMs: atMs - 20 * minuteMs, toMs: atMs, wasStill: true, atMostMin: 999 });
  }
  expect(lineAfter(routine, 46)).toBe(alertLine.leastByDayMin);
});

test('whatever a home does for months, what is known of it stays small and the line within its bounds', () => {
  const moment = fc.record({
    gapMin: fc.integer({ min: 0, max: 6000 }),
    wasStill: fc.boolean(),
    atMostMin: fc.constantFrom(Infinity, 30, 500),
  });
  fc.assert(
    fc.property(fc.array(moment, { maxLength: 200 }), (moments) => {
      let routine = nothingLearned;
      let atMs = Date.parse('2025-11-21T12:00+08:00');
      for (const { gapMin, wasStill, atMostMin } of moments) {
        const fromMs = atMs;
        atMs += gapMin * minuteMs;
        routine = lived(routine, shanghai, { fromMs, toMs: atMs, wasStill, atMostMin });
      }
      expect(JSON.stringify(routine).length).toBeLessThan(500);
      expect(routine.parts.every((part) => /^[.A-Za-z0-9_-]{48}$/.test(part))).toBe(true);
      const { limitMin, atMs: metMs } = meetsLine(routine, shanghai, atMs);
      expect(limitMin).toBeGreaterThanOrEqual(alertLine.leastByDayMin);
      expect(limitMin).toBeLessThanOrEqual(710);
      expect(metMs - atMs).toBeLessThanOrEqual(710 * minuteMs);
      expect(metMs - atMs).toBeGreaterThanOrEqual(alertLine.leastByDayMin * minuteMs);
    }),
    { numRuns: 60 },
  );
});
