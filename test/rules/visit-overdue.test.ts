import { expect, test } from 'vitest';
import { engineFollows } from '../../app/records-watch.ts';
import type { Signal } from '../../model/alert.ts';
import { Directory } from '../../model/directory.ts';
import type { Resident } from '../../model/people.ts';
import { areaRules } from '../../rules/areas/index.ts';
import { rules } from '../../rules/index.ts';
import { Watch } from '../../rules/watch.ts';
import { at, hourMs, says, timeZone } from './support/home.ts';

const iso = (atMs: number) => new Date(atMs).toISOString();
type Plan = Pick<Resident, 'visitTier' | 'visitTierSince' | 'lastContactAt' | 'awayUntil'>;
const daily: Plan = { visitTier: 'red', visitTierSince: iso(at('09:00')) };

/** Wang Xiuying, who has no device at all, and the engine, hour by hour. */
class Planned {
  readonly signals: Signal[] = [];
  readonly #directory = new Directory();
  #watch: Watch;
  #nowMs = at('09:00');

  constructor(plan: Plan) {
    this.plans(plan);
    this.#watch = this.#started();
    this.#watch.expectAwaited();
  }

  plans(plan: Plan): this {
    const home = { lat: 24.4451, lon: 118.0823, datum: 'WGS84' } as const;
    const wang: Resident = { id: 'wang', name: '王秀英', areaId: 'siming', home, contacts: [], ...plan };
    this.#directory.apply({ kind: 'residents', id: 'wang', entity: wang });
    return this;
  }

  leaves(): this {
    this.#directory.apply({ kind: 'residents', id: 'wang', entity: undefined });
    return this;
  }

  waits(time: string, day = 0): this {
    const untilMs = at(time, day);
    for (; this.#nowMs < untilMs; this.#nowMs += hourMs / 4) this.#tick();
    this.#nowMs = untilMs;
    this.#tick();
    return this;
  }

  /** The service is down until then, and comes back with what is on the disk. */
  isDownUntil(time: string, day = 0): this {
    const kept = this.#watch.statesOf('wang');
    this.#nowMs = at(time, day);
    this.#watch = this.#started();
    if (Object.keys(kept).length > 0) this.#watch.restoreLater('wang', JSON.stringify(kept));
    this.#watch.expectAwaited();
    this.#watch.wake(10);
    this.#tick();
    return this;
  }

  clockIsSetBackTo(time: string, day = 0): this {
    this.#watch.clockSetBack(this.#nowMs - at(time, day));
    this.#nowMs = at(time, day);
    return this;
  }

  /** The disk refused: what is in memory is thrown away and read again. */
  readsAgain(): this {
    const kept = this.#watch.statesOf('wang');
    this.#watch.forget();
    if (Object.keys(kept).length > 0) this.#watch.restore('wang', JSON.stringify(kept));
    return this;
  }

  hears(time: string, day = 0): this {
    this.signals.push(...this.#watch.step(says('pir-1', at(time, day), { motion: true }), at(time, day)).signals);
    return this;
  }

  get told(): string[] {
    return this.signals.map(({ effect, severity, summary }) => `${effect} ${severity} ${summary.zh}`);
  }

  get ids(): string[] {
    return this.signals.map(({ id }) => id);
  }

  get missed(): unknown[] {
    return this.signals.filter(({ effect }) => effect === 'raise').map(({ evidence }) => evidence.missed);
  }

  #tick(): void {
    for (const { signals } of this.#watch.due(this.#nowMs)) this.signals.push(...signals);
  }

  #started(): Watch {
    const directory = this.#directory;
    const watch = new Watch({ rules, areaRules, directory, timeZone, listeningSinceMs: this.#nowMs });
    engineFollows(watch, directory);
    return watch;
  }
}

const overdue = 'raise P3 王秀英的每日探访已逾期';
const seen = 'clear P3 已联系到王秀英';

test('somebody without any device whom nobody saw all day is told of at eight in the evening, once', () => {
  const wang = new Planned(daily).waits('19:59', 1);
  expect(wang.told).toEqual([]);
  expect(wang.waits('23:00', 1).told).toEqual([overdue]);
  expect(wang.signals[0]).toMatchObject({ atMs: at('20:00', 1), deviceId: '', subjectId: 'wang', suspected: false });
});

test('the alarm says in numbers and words why, and what would have kept it quiet', () => {
  const [alarm] = new Planned({ ...daily, lastContactAt: iso(at('11:00')) }).waits('21:00', 1).signals;
  expect(alarm?.evidence).toMatchObject({
    tier: 'red',
    dueAtMs: at('18:00', 1),
    overdueAtMs: at('20:00', 1),
    missed: 1,
    lastContactAtMs: at('11:00'),
    because: [
      { zh: '探访等级为“红 每日”', en: 'she is planned to be contacted (red, daily)' },
      { zh: '上次联系到她是 11-21 11:00', en: 'somebody last spoke to her at 11-21 11:00' },
      {
        zh: '应于 11-22 18:00 前联系，自 11-22 20:00 起逾期',
        en: 'it was due by 11-22 18:00, and overdue from 11-22 20:00 on',
      },
    ],
    unless: [{ en: expect.stringContaining('recorded before that in which somebody spoke to her') }],
  });
});

test('a call in the evening closes it, and the next day counts again', () => {
  const wang = new Planned(daily).waits('20:30', 1);
  wang.plans({ ...daily, lastContactAt: iso(at('20:30', 1)) }).waits('21:00', 1);
  expect(wang.told).toEqual([overdue, seen]);
  expect(wang.waits('21:00', 2).told).toEqual([overdue, seen, overdue]);
  expect(new Set(wang.ids).size).toBe(3);
});

test('seen every day, nothing is ever said', () => {
  const wang = new Planned(daily);
  for (let day = 0; day < 30; day++) wang.waits('17:00', day).plans({ ...daily, lastContactAt: iso(at('17:00', day)) });
  expect(wang.told).toEqual([]);
});

test('a weekly contact that nobody made is work for the next days: P4', () => {
  const weekly: Plan = { ...daily, visitTier: 'orange' };
  expect(new Planned(weekly).waits('19:59', 8).told).toEqual([]);
  expect(new Planned(weekly).waits('20:00', 8).told).toEqual(['raise P4 王秀英的每周探访已逾期']);
});

test('the service was down when it fell due, and for days after: told once when it is back, with how often it was', () => {
  const wang = new Planned(daily).waits('12:00', 1).isDownUntil('08:00', 5);
  expect(wang.told).toEqual([overdue]);
  expect(wang.missed).toEqual([4]);
  expect(wang.isDownUntil('12:00', 5).isDownUntil('19:00', 5).told).toEqual([overdue]);
  expect(wang.waits('21:00', 5).missed).toEqual([4, 5]);
});

test('told before the service went down, it is not told again; the call made meanwhile closes it', () => {
  const wang = new Planned(daily).waits('21:00', 1).isDownUntil('22:00', 1);
  expect(wang.told).toEqual([overdue]);
  wang.plans({ ...daily, lastContactAt: iso(at('22:30', 1)) }).isDownUntil('23:00', 1);
  expect(wang.told).toEqual([overdue, seen]);
});

test('after the disk had to be read again it is awaited as before', () => {
  const wang = new Planned(daily).waits('12:00', 1).readsAgain();
  expect(wang.waits('21:00', 1).readsAgain().waits('23:00', 1).told).toEqual([overdue]);
});

test('each day that passes without anybody is one more fact, in case somebody closed the alert and nobody went', () => {
  const wang = new Planned(daily).waits('21:00', 3);
  expect(wang.told).toEqual([overdue, overdue, overdue]);
  expect(wang.missed).toEqual([1, 2, 3]);
  expect(new Set(wang.ids).size).toBe(3);
  expect(wang.signals[2]?.evidence.because).toContainEqual({
    zh: '已连续错过 3 次',
    en: 'it was missed 3 times in a row',
  });
});

test('a visit recorded late that was in time takes it back', () => {
  const wang = new Planned(daily).waits('21:00', 1);
  expect(wang.plans({ ...daily, lastContactAt: iso(at('16:00', 1)) }).waits('22:00', 1).told).toEqual([overdue, seen]);
});

test('a visit recorded late that was too early to count changes nothing', () => {
  const wang = new Planned(daily).waits('21:00', 1);
  expect(wang.plans({ ...daily, lastContactAt: iso(at('16:00')) }).waits('22:00', 1).told).toEqual([overdue]);
});

test('the plan is taken away, or made a looser one: it is over; so is it when she moves out', () => {
  const over = 'clear P3 王秀英目前无需探访';
  const late = () => new Planned(daily).waits('21:00', 1);
  expect(late().plans({}).waits('21:00', 9).told).toEqual([overdue, over]);
  const monthly: Plan = { visitTier: 'yellow', visitTierSince: iso(at('21:00', 1)) };
  expect(late().plans(monthly).waits('21:00', 9).told).toEqual([overdue, over]);
  expect(late().leaves().waits('21:00', 9).told).toEqual([overdue, 'clear P3 wang目前无需探访']);
});

test('away with her son nobody is missing; taken back, it is told once more under a name of its own', () => {
  const away: Plan = { ...daily, awayUntil: iso(at('12:00', 6)) };
  const wang = new Planned(away).waits('19:59', 7);
  expect(wang.told).toEqual([]);
  expect(wang.waits('21:00', 7).told).toEqual([overdue]);

  const late = new Planned(daily).waits('21:00', 1).plans(away).waits('22:00', 1).plans(daily).waits('23:00', 1);
  expect(late.told).toEqual([overdue, 'clear P3 王秀英目前无需探访', overdue]);
  expect(new Set(late.ids).size).toBe(3);
});

test('a contact that was a slip and is taken back: it is told once more', () => {
  const wang = new Planned(daily).waits('21:00', 1).plans({ ...daily, lastContactAt: iso(at('21:00', 1)) });
  expect(wang.waits('21:01', 1).plans(daily).waits('21:02', 1).told).toEqual([overdue, seen, overdue]);
  expect(new Set(wang.ids).size).toBe(3);
});

test('the clock was a day ahead and is set right: nothing is told a day too early', () => {
  const wang = new Planned(daily).waits('12:00', 1).clockIsSetBackTo('12:00');
  expect(wang.waits('19:59', 1).told).toEqual([]);
  expect(wang.waits('20:00', 1).told).toEqual([overdue]);
});

test('what her sensors say is no contact and changes nothing', () => {
  const wang = new Planned(daily).waits('12:00', 1).hears('12:00', 1).waits('21:00', 1).hears('21:01', 1);
  expect(wang.told.filter((line) => line.includes('探访'))).toEqual([overdue]);
});

test('a plan that is made while the service runs is watched from then on', () => {
  const wang = new Planned({}).waits('09:00', 3);
  wang.plans({ visitTier: 'red', visitTierSince: iso(at('09:00', 3)) });
  expect(wang.waits('21:00', 3).told).toEqual([]);
  expect(wang.waits('21:00', 4).told).toEqual([overdue]);
});

test('nobody without a plan costs the engine anything', () => {
  const directory = new Directory();
  const watch = new Watch({ rules, areaRules, directory, timeZone, listeningSinceMs: 0 });
  engineFollows(watch, directory);
  const home = { lat: 24.4451, lon: 118.0823, datum: 'WGS84' } as const;
  for (let i = 0; i < 100; i++) {
    const entity: Resident = { id: `r${i}`, name: 'x', areaId: 'a', home, contacts: [], ...(i === 7 && daily) };
    directory.apply({ kind: 'residents', id: `r${i}`, entity });
  }
  expect([...watch.due(at('09:00'))]).toEqual([]);
  expect(watch.subjectCount).toBe(1);
});
