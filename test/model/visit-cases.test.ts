import { expect, test } from 'vitest';
import type { VisitTier } from '../../model/people.ts';
import type { Visit, VisitPlan } from '../../model/visit.ts';
import { casesOf } from '../../model/visit-cases.ts';

const xiamen = 'Asia/Shanghai';
/** A time on the wall in Xiamen, in March 2026. */
const at = (text: string) => Date.parse(`2026-03-${text.replace(' ', 'T')}:00+08:00`);
const shown = (atMs: number) => new Date(atMs + 8 * 3_600_000).toISOString().slice(8, 16).replace('T', ' ');

/** What is recorded of her from the first on, in this order; each time with the plan as it stood then. */
class Month {
  readonly #visits: Visit[] = [];
  #plan: VisitPlan | undefined;

  plans(tier: VisitTier, since = '01 10:00'): this {
    this.#plan = { ...this.#plan, tier, sinceMs: at(since) };
    return this;
  }

  plansNothing(): this {
    this.#plan = undefined;
    return this;
  }

  seen(...times: readonly string[]): this {
    for (const time of times) this.#record(time, 'well');
    return this;
  }

  missedAtHome(time: string): this {
    return this.#record(time, 'notReached');
  }

  until(time: string): string[] {
    const cases = casesOf('wang', this.#visits.toReversed(), this.#plan, {
      timeZone: xiamen,
      fromMs: 0,
      nowMs: at(time),
    });
    const inOrder = cases.toSorted((a, b) => a.atMs - b.atMs);
    return inOrder.map(({ atMs, isOnTime }) => `${shown(atMs)} ${isOnTime ? 'on time' : 'missed'}`);
  }

  #record(time: string, outcome: Visit['outcome']): this {
    const facts = { id: time, residentId: 'wang', kind: 'visit', by: 'u', recordedAtMs: 0 } as const;
    this.#visits.push({ ...facts, atMs: at(time), outcome, ...(this.#plan && { plan: this.#plan }) });
    const last = Math.max(at(time), this.#plan?.lastContactMs ?? 0);
    if (this.#plan && outcome !== 'notReached') this.#plan = { ...this.#plan, lastContactMs: last };
    return this;
  }
}
const daily = () => new Month().plans('red');
const weekly = () => new Month().plans('orange');

test('every day one contact: each is one that was due and in time; the second of a day is none', () => {
  const month = daily().seen('02 09:00', '03 09:00', '03 15:00', '04 19:59');
  expect(month.until('05 12:00')).toEqual(['02 09:00 on time', '03 09:00 on time', '04 19:59 on time']);
});

test('each day without anybody is missed, also while it goes on', () => {
  const month = daily().seen('02 09:00', '05 09:00').missedAtHome('06 09:00');
  const first = ['02 09:00 on time', '03 20:00 missed', '04 20:00 missed', '05 09:00 on time'];
  expect(month.until('05 19:59')).toEqual(first);
  expect(month.until('07 21:00')).toEqual([...first, '06 20:00 missed', '07 20:00 missed']);
});

test('who comes at nine in the evening makes up for the day, and does not turn it into a good one', () => {
  expect(daily().seen('02 21:00', '03 10:00').until('03 12:00')).toEqual(['02 20:00 missed', '03 10:00 on time']);
});

test('a weekly contact: early, in the days of grace, late', () => {
  expect(weekly().seen('04 09:00').until('05 12:00')).toEqual(['04 09:00 on time']);
  expect(weekly().seen('09 19:00').until('10 12:00')).toEqual(['09 19:00 on time']);
  expect(weekly().seen('11 09:00').until('12 12:00')).toEqual(['09 20:00 missed']);
});

test('what a phone sends in the evening counts for when it was', () => {
  const inOrder = daily().seen('02 09:00', '03 09:00', '04 09:00').until('04 12:00');
  expect(daily().seen('04 09:00', '02 09:00', '03 09:00').until('04 12:00')).toEqual(inOrder);
});

test('each contact is judged by the plan of its time', () => {
  const month = daily().seen('02 09:00').plans('orange', '02 12:00').seen('08 09:00').plansNothing().seen('20 09:00');
  expect(month.until('28 12:00')).toEqual(['02 09:00 on time', '08 09:00 on time']);
});
