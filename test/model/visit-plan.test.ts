import fc from 'fast-check';
import { expect, test } from 'vitest';
import { localDay, localTime } from '../../model/local-time.ts';
import { VisitTier } from '../../model/people.ts';
import type { VisitPlan } from '../../model/visit.ts';
import { dueVisit, missedBy, visitState } from '../../model/visit-plan.ts';

const xiamen = 'Asia/Shanghai';
/** A time on the wall in Xiamen. */
const at = (text: string) => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);
const shown = (atMs: number) => new Date(atMs + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
const datesOf = (plan: VisitPlan, after?: number) => {
  const { dueAtMs, overdueAtMs } = dueVisit(plan, xiamen, after);
  return [shown(dueAtMs), shown(overdueAtMs)];
};
const seen = (tier: VisitTier, when: string): VisitPlan => ({
  tier,
  sinceMs: at('2026-01-01 10:00'),
  lastContactMs: at(when),
});

test.each([
  ['red', '2026-03-07 09:00', '2026-03-08 18:00', '2026-03-08 20:00'],
  ['red', '2026-03-07 23:59', '2026-03-08 18:00', '2026-03-08 20:00'],
  ['orange', '2026-03-07 09:00', '2026-03-14 18:00', '2026-03-15 20:00'],
  ['yellow', '2026-03-07 09:00', '2026-04-07 18:00', '2026-04-10 20:00'],
  ['blue', '2026-03-07 09:00', '2026-06-07 18:00', '2026-06-14 20:00'],
  ['green', '2026-03-07 09:00', '2026-09-07 18:00', '2026-09-21 20:00'],
  ['yellow', '2026-01-31 09:00', '2026-02-28 18:00', '2026-03-03 20:00'],
  ['green', '2026-08-31 09:00', '2027-02-28 18:00', '2027-03-14 20:00'],
  ['yellow', '2026-12-31 09:00', '2027-01-31 18:00', '2027-02-03 20:00'],
] as const)('%s, spoken to at %s: to be contacted by %s, overdue at %s', (tier, when, due, overdue) => {
  expect(datesOf(seen(tier, when))).toEqual([due, overdue]);
});

test('the first contact counts from when the plan was set, not from a visit before it', () => {
  const plan: VisitPlan = { tier: 'orange', sinceMs: at('2026-03-07 10:00') };
  expect(datesOf(plan)).toEqual(['2026-03-14 18:00', '2026-03-15 20:00']);
  expect(datesOf({ ...plan, lastContactMs: at('2026-03-01 10:00') })).toEqual(datesOf(plan));
});

test('while she is with her son nothing is due; what fell due meanwhile is due on the first whole day at home', () => {
  const daily = seen('red', '2026-03-07 09:00');
  expect(datesOf({ ...daily, awayUntilMs: at('2026-03-12 15:00') })).toEqual(['2026-03-13 18:00', '2026-03-13 20:00']);
  const weekly = seen('orange', '2026-03-07 09:00');
  expect(datesOf({ ...daily, awayUntilMs: at('2026-03-13 00:00') })).toEqual(['2026-03-13 18:00', '2026-03-13 20:00']);
  expect(datesOf({ ...weekly, awayUntilMs: at('2026-03-16 08:00') })).toEqual(['2026-03-17 18:00', '2026-03-18 20:00']);
  expect(datesOf({ ...weekly, awayUntilMs: at('2026-03-10 08:00') })).toEqual(datesOf(weekly));
});

test('due is it from the morning of the day on, through the days of grace, and then overdue', () => {
  const due = dueVisit(seen('orange', '2026-03-07 09:00'), xiamen);
  const states = ['2026-03-13 23:59', '2026-03-14 00:00', '2026-03-14 19:00', '2026-03-15 19:59', '2026-03-15 20:00'];
  expect(states.map((when) => visitState(due, xiamen, at(when)))).toEqual(['notDue', 'due', 'due', 'due', 'overdue']);
});

test('a fortnight without anybody is fourteen daily contacts missed, or two weekly ones', () => {
  expect(missedBy(seen('red', '2026-03-01 09:00'), xiamen, at('2026-03-15 20:00'))).toBe(14);
  expect(missedBy(seen('orange', '2026-03-01 09:00'), xiamen, at('2026-03-16 20:00'))).toBe(2);
  expect(missedBy(seen('orange', '2026-03-01 09:00'), xiamen, at('2026-03-09 19:59'))).toBe(0);
});

test('by the clock on the wall, also on the nights on which it is changed', () => {
  const berlin = 'Europe/Berlin';
  for (const day of ['2026-03-28', '2026-03-29', '2026-10-24', '2026-10-25']) {
    const { dueAtMs, overdueAtMs } = dueVisit({ tier: 'red', sinceMs: Date.parse(`${day}T12:00:00Z`) }, berlin);
    expect([localTime(berlin, dueAtMs).minute, localTime(berlin, overdueAtMs).minute]).toEqual([18 * 60, 20 * 60]);
  }
});

const plan: fc.Arbitrary<VisitPlan> = fc.record(
  {
    tier: fc.constantFrom(...VisitTier.options),
    sinceMs: fc.integer({ min: at('2020-01-01 00:00'), max: at('2030-01-01 00:00') }),
    lastContactMs: fc.integer({ min: at('2020-01-01 00:00'), max: at('2030-01-01 00:00') }),
    awayUntilMs: fc.integer({ min: at('2020-01-01 00:00'), max: at('2030-01-01 00:00') }),
  },
  { requiredKeys: ['tier', 'sinceMs'] },
);
const zone = fc.constantFrom(xiamen, 'Europe/Berlin', 'America/Sao_Paulo', 'Pacific/Apia', 'Australia/Lord_Howe');

test('whatever the plan: due after it began and after she is back, overdue after due, each later than the one before, and counted as one counts by hand', () => {
  fc.assert(
    fc.property(plan, zone, fc.integer({ min: 0, max: 900 }), (one, timeZone, days) => {
      const dates = Array.from({ length: 4 }, (_, i) => dueVisit(one, timeZone, i));
      expect(dates[0]!.dueAtMs).toBeGreaterThan(Math.max(one.sinceMs, one.lastContactMs ?? 0, one.awayUntilMs ?? 0));
      expect(localDay(timeZone, dates[0]!.dueAtMs)).toBe(dates[0]!.day);
      for (const { dueAtMs, overdueAtMs } of dates) expect(overdueAtMs).toBeGreaterThan(dueAtMs);
      for (const [i, { day }] of dates.slice(1).entries()) expect(day).toBeGreaterThan(dates[i]!.day);
      const nowMs = dates[0]!.dueAtMs + days * 86_400_000;
      const missed = missedBy(one, timeZone, nowMs);
      expect(dueVisit(one, timeZone, missed).overdueAtMs).toBeGreaterThan(nowMs);
      if (missed > 0) expect(dueVisit(one, timeZone, missed - 1).overdueAtMs).toBeLessThanOrEqual(nowMs);
    }),
    { numRuns: 500 },
  );
});
