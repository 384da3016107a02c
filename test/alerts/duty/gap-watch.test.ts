import { afterEach, expect, test } from 'vitest';
import { GapWatch } from '../../../alerts/duty/gap-watch.ts';
import { DutyPlan } from '../../../alerts/duty/plan.ts';
import { Policy } from '../../../model/policy.ts';
import { Roster } from '../../../model/roster.ts';
import { type House, house } from '../support/house.ts';
import { at, operator, request } from '../support/night.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const every = [1, 2, 3, 4, 5, 6, 7];
const byDay = { shifts: [{ userId: 'worker', days: every, from: '08:00', to: '20:00' }] };
const roundTheClock = { shifts: [{ userId: 'worker', days: every, from: '00:00', to: '00:00' }] };
const day = (days: number, clock: string) => `${24 * days + Number(clock.slice(0, 2))}${clock.slice(2)}`;

/** A street whose roster is `parts`; `looks` at a time and says who heard what. */
async function street(parts: object) {
  const pages: string[] = [];
  const home = await house({ contacts: [], channels: { show: async (username) => pages.push(username) > 0 } });
  ends.push(() => home.close());
  const { directory, records, desk } = home;
  const plan = new DutyPlan(directory, 'UTC');
  const watch = new GapWatch({ directory, records, desk, plan, timeZone: 'UTC' });
  const write = (roster: object) => {
    const entity = Roster.parse({ id: 'street-roster', name: 'Street', areaId: 'street', ...roster });
    directory.apply({ kind: 'rosters', id: entity.id, entity });
  };
  write(parts);
  const looks = async (clock: string): Promise<string[]> => {
    await home.moveTo(clock);
    await watch.look(at(clock));
    await home.moveTo(`${clock}:30`); // what can wait is gathered for so long
    await new Promise((resolve) => setImmediate(resolve));
    return pages.splice(0);
  };
  return { home, looks, write };
}

const gaps = ({ desk }: House) => desk.open().map(({ summary }) => summary.en);

test('a roster without a night: the centre hears of it a day before, once', async () => {
  const { home, looks } = await street(byDay);
  expect(await looks('09:00')).toEqual(['operator']);
  expect(await looks('09:10')).toEqual([]);
  const { type, severity, areaId, residentId, summary } = home.only();
  expect({ type, severity, areaId }).toEqual({ type: 'dutyGap', severity: 'P3', areaId: 'street' });
  expect(residentId).toMatch(/^@street\/duty-/);
  expect(summary.en).toBe('Street: nobody is on duty from 03-14 20:00 to 03-15 08:00');
});

test('the night after is told for itself, and a night that is over is no alert any more', async () => {
  const { home, looks } = await street(byDay);
  await looks('09:00');
  await home.desk.act(home.only().id, request('enRoute'), operator, at('09:05'));
  expect(await looks('20:10')).toEqual(['operator']); // tomorrow's; tonight's has begun and is known
  expect(gaps(home).length).toBe(2);
  await looks(day(1, '08:00')); // tomorrow's was answered by nobody: it is told again
  expect(gaps(home)).toEqual(['Street: nobody is on duty from 03-15 20:00 to 03-16 08:00']);
});

test('somebody takes the night: the alert is over by itself', async () => {
  const { home, looks, write } = await street(byDay);
  await looks('09:00');
  write(roundTheClock);
  expect(await looks('09:10')).toEqual([]);
  expect(gaps(home)).toEqual([]);
});

test('whoever took the night takes it back: the centre hears of it again, each time', async () => {
  const { home, looks, write } = await street(byDay);
  await looks('09:00');
  for (const clock of ['10', '11']) {
    write(roundTheClock);
    expect(await looks(`${clock}:00`)).toEqual([]);
    write(byDay);
    expect(await looks(`${clock}:10`)).toEqual(['operator']);
  }
  expect(gaps(home).length).toBe(1);
});

test('somebody takes the first half of the night: it is the same gap, told once', async () => {
  const { home, looks, write } = await street(byDay);
  await looks('09:00');
  write({ shifts: [{ userId: 'worker', days: every, from: '08:00', to: '23:00' }] });
  expect(await looks('09:10')).toEqual([]);
  expect(gaps(home).length).toBe(1);
});

test('the centre knows and closes it: it stays closed, also when the night has begun', async () => {
  const { home, looks } = await street(byDay);
  await looks('09:00');
  await home.desk.act(home.only().id, request('resolve', { note: 'the district stands in' }), operator, at('09:05'));
  for (const clock of ['09:10', '19:50']) expect(await looks(clock)).toEqual([]);
  expect(await looks('20:30')).toEqual(['operator']); // tomorrow's
  expect(gaps(home).length).toBe(1);
});

test('nobody is on duty at this moment: told once, however often it is looked at', async () => {
  const { home, looks } = await street({});
  expect(await looks('09:00')).toEqual(['operator']);
  expect(await looks('09:10')).toEqual([]);
  await home.desk.act(home.only().id, request('resolve'), operator, at('09:11'));
  expect(await looks('09:20')).toEqual([]);
});

test('an area without any roster has no gap; one that covers the day has none either', async () => {
  const { home, looks } = await street(roundTheClock);
  expect(await looks('09:00')).toEqual([]);
  home.directory.apply({ kind: 'rosters', id: 'street-roster', entity: undefined });
  expect(await looks('09:10')).toEqual([]);
  expect(gaps(home)).toEqual([]);
});

test('a roster that is taken away takes its gaps with it', async () => {
  const { home, looks } = await street(byDay);
  await looks('09:00');
  home.directory.apply({ kind: 'rosters', id: 'street-roster', entity: undefined });
  await looks('09:10');
  expect(gaps(home)).toEqual([]);
});

test('a policy for everything does not send the gap to the responders', async () => {
  const { home, looks } = await street(byDay);
  const entity = Policy.parse({ id: 'all', name: 'All', steps: [{ afterS: 0, target: 'responders' }] });
  home.directory.apply({ kind: 'policies', id: 'all', entity });
  expect(await looks('09:00')).toEqual(['operator']);
});

test('a policy that names the gap says who is told of it', async () => {
  const { home, looks } = await street(byDay);
  const steps = [{ afterS: 0, target: 'responders' }];
  const entity = Policy.parse({ id: 'gaps', name: 'Gaps', types: ['dutyGap'], steps });
  home.directory.apply({ kind: 'policies', id: 'gaps', entity });
  expect(await looks('09:00')).toEqual(['worker']);
});

test('an area of which the records cannot be read keeps no other waiting, and is named', async () => {
  const home = await house({ contacts: [] });
  ends.push(() => home.close());
  const { directory, records, desk } = home;
  for (const areaId of ['street', 'city']) {
    const entity = Roster.parse({ id: `${areaId}-roster`, name: areaId, areaId, ...byDay });
    directory.apply({ kind: 'rosters', id: entity.id, entity });
  }
  let reads = 0;
  const alert = async (id: string) => {
    if (reads++ === 0) throw new Error('disk I/O error');
    return records.alert(id);
  };
  const watch = new GapWatch({
    directory,
    records: { alert },
    desk,
    plan: new DutyPlan(directory, 'UTC'),
    timeZone: 'UTC',
  });
  await expect(watch.look(at('09:00'))).rejects.toThrow('not done for street');
  expect(desk.open().map(({ areaId }) => areaId)).toEqual(['city']);
  await watch.look(at('09:10'));
  expect(
    desk
      .open()
      .map(({ areaId }) => areaId)
      .sort(),
  ).toEqual(['city', 'street']);
});
