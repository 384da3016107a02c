import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { DutyPlan } from '../../../alerts/duty/plan.ts';
import { shiftHandOver } from '../../../alerts/shift/gather.ts';
import { ShiftWatch } from '../../../alerts/shift/watch.ts';
import { textOf } from '../../../alerts/shift/words.ts';
import { Resident } from '../../../model/people.ts';
import { Roster } from '../../../model/roster.ts';
import { Silence } from '../../../model/silence.ts';
import { type House, house } from '../support/house.ts';
import { at, operator, raise, request, resident, user, worker } from '../support/night.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const every = [1, 2, 3, 4, 5, 6, 7];
const early = user('early', 'responder', { areaId: 'street' });
const shifts = [
  { userId: 'early', days: every, from: '08:00', to: '16:00' },
  { userId: 'worker', days: every, from: '20:00', to: '08:00' },
];

/** A street where the night's worker hands over to the early one at eight; nobody is there from four to eight. */
async function street(file = ':memory:', clock = '02:10') {
  const pages: string[] = [];
  const home = await house({
    contacts: [],
    file,
    clock,
    channels: { show: async (username, { type, summary }) => pages.push(`${username} ${type}: ${summary.en}`) > 0 },
  });
  ends.push(() => home.close());
  home.directory.apply({ kind: 'users', id: 'early', entity: early });
  const roster = Roster.parse({ id: 'r', name: 'Street', areaId: 'street', shifts });
  home.directory.apply({ kind: 'rosters', id: 'r', entity: roster });
  const plan = new DutyPlan(home.directory, 'UTC');
  const parts = { directory: home.directory, plan, desk: home.desk, records: home.records };
  const watch = new ShiftWatch(parts);
  /** The calendar's minute, and who was told what on their page. */
  const minute = async (time: string): Promise<string[]> => {
    await home.moveTo(time);
    await watch.look(at(time));
    await home.moveTo(`${time}:30`);
    await new Promise((resolve) => setImmediate(resolve));
    return pages.splice(0);
  };
  const told = (atMs: number) => shiftHandOver(parts, 'street', atMs);
  return { home, minute, told, pages };
}

/** A night with everything that is worth telling. */
async function busyNight({ desk, directory }: House): Promise<void> {
  const zhao = Resident.parse({ ...resident('zhao', []), riskTier: 'red', awayUntil: '2026-03-16T10:00:00Z' });
  directory.apply({ kind: 'residents', id: 'zhao', entity: zhao });
  const device = { id: 'smoke-1', kind: 'smokeDetector', residentId: 'zhao' } as const;
  directory.apply({ kind: 'devices', id: device.id, entity: device });
  const works = {
    id: 'works',
    areaId: 'city',
    from: '2026-03-14T00:00:00Z',
    to: '2026-03-14T12:00:00Z',
    reason: 'router',
  };
  directory.apply({ kind: 'silences', id: 'works', entity: Silence.parse({ ...works, types: ['areaOutage'] }) });
  const silence = { id: 'test-smoke-1', deviceId: 'smoke-1', from: '2026-03-14T07:50:00Z', to: '2026-03-14T08:10:00Z' };
  const test = Silence.parse({ ...silence, reason: 'test', exercise: true, tells: true });
  directory.apply({ kind: 'silences', id: test.id, entity: test });
  await desk.apply([raise('03:00', { type: 'fall' })]);
  const [fall] = desk.open();
  await desk.act(fall!.id, request('claim'), worker, at('03:01')); // it has just opened
  await desk.act(fall!.id, request('resolve', { outcome: 'helped' }), worker, at('04:00'));
  const promise = { kind: 'callBackPromised', forMs: at('10:00'), note: 'her knee' } as const;
  await desk.note(fall!.id, promise, operator, at('04:10'));
  await desk.apply([raise('05:00'), raise('05:30', { type: 'batteryLow', severity: 'P4', subjectId: 'zhao' })]);
  await desk.act(desk.open()[0]!.id, request('claim'), worker, at('05:01')); // the gravest comes first
}

test('at eight the early shift is told once what it takes over; nobody else is', async () => {
  const { home, minute } = await street();
  await busyNight(home);
  expect((await minute('07:59')).filter((line) => line.includes('shiftHandOver'))).toEqual([]);
  const [line, ...more] = (await minute('08:00')).filter((page) => page.includes('shiftHandOver'));
  expect(line).toMatch(
    /^early shiftHandOver: Street, hand-over: 2 open \(1 P1\), 1 call-backs owed, 1 away, 2 silenced/,
  );
  expect(more).toEqual([]);
  expect((await minute('08:01')).filter((page) => page.includes('shiftHandOver'))).toEqual([]);
  const { items } = await home.records.alerts({ types: ['shiftHandOver'], limit: 10 });
  expect(items).toMatchObject([{ state: 'resolved', severity: 'P5', outcome: 'record', areaId: 'street' }]);
  expect(JSON.stringify(items)).not.toContain('Resident zhao'); // what is kept names nobody
});

test('the service was down at eight: made up for at the start, and not told again at the next', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'anju-shift-'));
  ends.push(async () => rmSync(folder, { recursive: true }));
  const file = join(folder, 'records.sqlite');
  const first = await street(file, '08:20');
  expect((await first.minute('08:21')).length).toBe(1);
  await first.home.close();
  ends.pop();
  const second = await street(file, '08:22');
  expect(await second.minute('08:23')).toEqual([]);
});

test('an hour later nobody is told any more; an end of duty without anybody coming tells nobody', async () => {
  const { minute } = await street();
  expect(await minute('09:00')).toEqual([]);
  expect(await minute('16:00')).toEqual([]);
});

test('whoever comes on duty and has no page open is told over what their record names', async () => {
  const written: string[] = [];
  const home = await house({ contacts: [], channels: { show: async () => false, publish: () => false } });
  ends.push(() => home.close());
  const reached = { ...early, channels: [{ kind: 'log' as const, address: 'early' }] };
  home.directory.apply({ kind: 'users', id: 'early', entity: reached });
  const report = { id: 'report:1', type: 'shiftHandOver', subjectId: '@street/shift-1', areaId: 'street' } as const;
  await home.desk.report({ ...report, summary: { zh: '', en: '' }, evidence: {}, userIds: ['early'] }, at('02:10'));
  for (const clock of ['02:10:06', '02:10:12', '02:10:20', '02:10:30', '02:10:40', '02:10:50']) {
    await home.moveTo(clock);
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { items } = await home.records.alerts({ types: ['shiftHandOver'], limit: 1 });
  for (const { channel, state } of await home.records.notificationsOf(items[0]!.id))
    written.push(`${channel} ${state}`);
  expect(written).toContain('log delivered');
});

test('the hand-over says who has what in hand, what was done, what is owed, who is away and whose devices are in doubt', async () => {
  const { home, told } = await street();
  await busyNight(home);
  const handOver = await told(at('08:00'));
  expect(handOver.shift.people.map(({ name }) => name)).toEqual(['worker']);
  expect(handOver.next?.people.map(({ name }) => name)).toEqual(['early']);
  expect(handOver.gaps[0]?.from).toBe('2026-03-14T16:00:00.000Z');
  expect(handOver.open.map(({ type, assignee }) => [type, assignee?.name])).toEqual([
    ['sos', 'worker'],
    ['batteryLow', undefined],
  ]);
  expect(handOver.done).toMatchObject([{ type: 'fall', outcome: 'helped' }]);
  expect(handOver.callBacks).toMatchObject([
    { for: '2026-03-14T10:00:00.000Z', note: 'her knee', by: { id: 'operator' } },
  ]);
  expect(handOver.away.map(({ resident: { name } }) => name)).toEqual(['Resident zhao']);
  expect(handOver.silences.map(({ kind, about }) => `${kind} ${about.kind}`).sort()).toEqual([
    'silence area',
    'testMode device',
  ]);
  expect(handOver.doubtful).toMatchObject([
    { resident: { id: 'zhao' }, riskTier: 'red', faults: [{ type: 'batteryLow' }] },
  ]);
});

test('it can be read in Chinese and in English', async () => {
  const { home, told } = await street();
  await busyNight(home);
  const { zh, en } = textOf(await told(at('08:00')), 'UTC');
  expect(en.split('\n').slice(0, 2)).toEqual(['Hand-over Street 03-14 08:00', '03-13 20:00 – 03-14 08:00: worker']);
  expect(en).toContain('- 03-14 05:00 P1 Call for help · Resident wang · claimed · worker');
  expect(zh).toContain('待回访 (1)\n- Resident wang · 03-14 10:00 · operator · her knee');
  expect(zh).toContain('重点对象设备存疑 (1)\n- Resident zhao (red) · 电量低 (03-14 05:30)');
});

test('a call-back that was made is owed no longer; one that did not get through is', async () => {
  const { home, told } = await street();
  await busyNight(home);
  const { id } = (await home.records.alerts({ types: ['fall'], limit: 1 })).items[0]!; // there is one
  await home.desk.note(id, { kind: 'calledBack', reached: false }, operator, at('06:00'));
  expect((await told(at('08:00'))).callBacks).toMatchObject([
    { by: { id: 'operator' }, for: '2026-03-14T10:00:00.000Z' },
  ]);
  await home.desk.note(id, { kind: 'calledBack', reached: true, rating: 5 }, operator, at('07:00'));
  expect((await told(at('08:00'))).callBacks).toEqual([]);
});
