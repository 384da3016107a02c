import { afterEach, expect, test } from 'vitest';
import { figuresOf } from '../../../alerts/kpi/figures.ts';
import { storiesOf } from '../../../alerts/kpi/kpi.ts';
import { loadOf } from '../../../alerts/kpi/load.ts';
import type { ActionRequest } from '../../../model/alert.ts';
import type { User } from '../../../model/people.ts';
import { type House, house } from '../support/house.ts';
import { at, clear, contact, operator, raise, request, worker } from '../support/night.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function street(): Promise<House> {
  const home = await house({ contacts: [contact('daughter', 0, { kind: 'log', address: 'log' })] });
  ends.push(() => home.close());
  return home;
}

/** Somebody does something about the alert of this resident. */
async function acts(
  home: House,
  who: User,
  residentId: string,
  clock: string,
  action: ActionRequest['action'],
  more = {},
) {
  const alert = home.desk.open().find((one) => one.residentId === residentId && one.severity <= 'P3');
  return home.desk.act(alert?.id ?? 'none', request(action, more), who, at(clock));
}

async function figures(home: House, from = '02:00', to = '04:00') {
  const { items } = await home.records.alerts({ limit: 100 });
  const of = { fromMs: at(from), toMs: at(to), residents: 2 };
  return figuresOf(await storiesOf(home.records, items), of);
}

test('a night in figures: answered in 30 s and in 2 minutes, one visited in 12 minutes, one a false alarm', async () => {
  const home = await street();
  await home.desk.apply([raise('02:10')]);
  await acts(home, worker, 'wang', '02:10:30', 'claim');
  await acts(home, worker, 'wang', '02:12', 'enRoute');
  await acts(home, worker, 'wang', '02:22', 'arrive');
  const { id } = await acts(home, worker, 'wang', '02:40', 'resolve', { outcome: 'helped' });
  await home.desk.note(id, { kind: 'calledBack', reached: true, rating: 4 }, operator, at('03:30'));
  await home.moveTo('02:50');
  await home.desk.apply([raise('02:50', { subjectId: 'zhao' })]);
  await acts(home, worker, 'zhao', '02:52', 'resolve', { outcome: 'accidental' });
  await home.desk.apply([raise('02:53', { type: 'batteryLow', severity: 'P4' })]);
  await home.desk.apply([clear('02:54', { type: 'batteryLow', severity: 'P4' })]);

  expect(await figures(home)).toMatchObject({
    total: 3,
    byType: { sos: 2, batteryLow: 1 },
    bySeverity: { P1: 2, P4: 1 },
    p1: { count: 2, acknowledgedWithin60s: 0.5, acknowledgedWithin180s: 1, unansweredOver180s: 0 },
    arrival: { of: 1, share: 1, within15min: 1, within30min: 1 },
    medianMs: { acknowledge: 75_000, arrive: 720_000, resolve: 960_000 },
    precision: { sos: { of: 2, share: 0.5 } },
    load: { mostPerHour: 2, meanPerHour: 1, floodShare: 0 },
    callBack: { of: 2, share: 0.5, meanRating: 4 },
  });
});

test('an emergency nobody answered is not answered in time, and is named', async () => {
  const home = await street();
  await home.desk.apply([raise('02:10')]);
  const { p1 } = await figures(home);
  expect(p1).toMatchObject({
    acknowledgedWithin60s: 0,
    acknowledgedWithin180s: 0,
    unansweredIds: [home.only().id],
  });
});

test('a suspicion that became an emergency is timed from then on', async () => {
  const home = await street();
  await home.desk.apply([raise('02:10', { type: 'fall', severity: 'P2' })]);
  await home.moveTo('02:20');
  await home.desk.apply([raise('02:20', { type: 'fall', severity: 'P1', id: 'fall:unanswered' })]);
  await acts(home, worker, 'wang', '02:20:40', 'claim');
  expect((await figures(home)).p1).toMatchObject({ count: 1, acknowledgedWithin60s: 1 });
});

test('an answer that was taken back is an answer still: the figures come from the time line, not from how it is now', async () => {
  const home = await street();
  await home.desk.apply([raise('02:10')]);
  await acts(home, worker, 'wang', '02:10:30', 'claim');
  await home.moveTo('02:15:30');
  expect(home.only().state).toBe('open');
  expect((await figures(home)).p1.acknowledgedWithin60s).toBe(1);
});

test('what the service does itself is no answer', async () => {
  const home = await street();
  await home.desk.apply([raise('02:10')]);
  await home.moveTo('02:12'); // the grid worker is sent by name
  expect((await figures(home)).p1.acknowledgedWithin180s).toBe(0);
});

test('a quiet night has no shares and no medians', async () => {
  const { total, p1, arrival, medianMs, precision, callBack } = await figures(await street());
  expect({ total, count: p1.count, arrival: arrival.share, medianMs, precision, rating: callBack.meanRating }).toEqual({
    total: 0,
    count: 0,
    arrival: undefined,
    medianMs: { acknowledge: undefined, arrive: undefined, resolve: undefined },
    precision: {},
    rating: undefined,
  });
});

test('ten alarms in ten minutes are a flood', () => {
  const range = { fromMs: 0, toMs: 3_600_000 };
  const burst = Array.from({ length: 10 }, (_, i) => 600_000 + i * 1000);
  expect(loadOf(burst, range)).toEqual({ meanPerHour: 10, mostPerHour: 10, floodShare: 1 / 6 });
  expect(loadOf(burst.slice(1), range).floodShare).toBe(0);
});

test('a change of shift is told to people, and is in no figure', async () => {
  const home = await street();
  const report = { id: 'shift:1', type: 'shiftHandOver', subjectId: '@street/shift-1', areaId: 'street' } as const;
  await home.desk.report({ ...report, summary: { zh: '', en: '' }, evidence: {}, userIds: ['worker'] }, at('02:10'));
  expect((await home.records.alerts({ limit: 10 })).items.length).toBe(1);
  expect(await figures(home)).toMatchObject({ total: 0, bySeverity: { P5: 0 }, delivery: {} });
});
