import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import type { Signal } from '../../model/alert.ts';
import type { Contact } from '../../model/people.ts';
import { eventually } from './support/eventually.ts';
import { hookServer } from './support/hook-server.ts';
import { type House, house, reachedAt } from './support/house.ts';
import { at, clear, contact, daughter, raise, request, resident } from './support/night.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function familyHook() {
  const server = await hookServer();
  ends.push(() => server.close());
  return server;
}

async function homeOf(contacts: readonly Contact[], more: Partial<Parameters<typeof house>[0]> = {}): Promise<House> {
  const home = await house({ contacts, ...more });
  ends.push(() => home.close());
  // Nobody but the family, so that nothing else is expected.
  for (const id of ['worker', 'operator']) home.directory.apply({ kind: 'users', id, entity: undefined });
  return home;
}

const attention = (clock: string, type: Signal['type'] = 'vitals', more: Partial<Signal> = {}) =>
  raise(clock, { type, severity: 'P3', ...more });
const maintenance = (clock: string, type: Signal['type'] = 'batteryLow', more: Partial<Signal> = {}) =>
  raise(clock, { type, severity: 'P4', ...more });
/** What one message was about, gravest first. */
const about = ({ alert }: { alert: { type: string; also?: readonly { type: string }[] | undefined } }) =>
  [alert.type, ...(alert.also ?? []).map(({ type }) => type)].join('+');
const quiet = () => new Promise((resolve) => setTimeout(resolve, 60));

test('three things to look at within half a minute are one message that names all three', async () => {
  const family = await familyHook();
  const home = await homeOf([reachedAt(family, 'daughter', 0)]);
  await home.desk.apply([attention('02:10')]);
  await home.moveTo('02:10:10');
  await home.desk.apply([attention('02:10:10', 'zoneExit')]);
  await home.moveTo('02:10:20');
  await home.desk.apply([attention('02:10:20', 'inactivity')]);
  await home.moveTo('02:10:29');
  await quiet();
  expect(family.posted).toEqual([]);
  await home.moveTo('02:10:30');
  await eventually(() => family.posted.length === 1);
  await home.moveTo('02:11:30');
  await quiet();
  expect(family.posted.map(about)).toEqual(['vitals+zoneExit+inactivity']);
  for (const alert of home.desk.open())
    expect((await home.records.notificationsOf(alert.id)).map(({ state }) => state)).toEqual(['delivered']);
});

test('an answer to the one message is an answer to all it named', async () => {
  const family = await familyHook();
  const home = await homeOf([reachedAt(family, 'daughter', 0)]);
  await home.desk.apply([attention('02:10'), attention('02:10', 'inactivity')]);
  await home.moveTo('02:10:30');
  await eventually(() => family.posted.length === 1);
  await home.desk.answer(family.posted[0]!.id, 'acknowledge', 'link', at('02:11')); // it was posted
  expect(home.desk.open().map(({ state }) => state)).toEqual(['acknowledged', 'acknowledged']);
});

test('what is over before half a minute has passed disturbs nobody, and the records say why', async () => {
  const family = await familyHook();
  const home = await homeOf([reachedAt(family, 'daughter', 0)]);
  await home.desk.apply([attention('02:10')]);
  const { id } = home.only();
  await home.moveTo('02:10:20');
  await home.desk.apply([clear('02:10:20', { type: 'vitals', severity: 'P3' })]);
  await home.moveTo('02:11');
  await quiet();
  expect(family.posted).toEqual([]);
  await eventually(async () => (await home.records.notificationsOf(id))[0]?.state === 'withheld');
  expect((await home.records.notificationsOf(id))[0]?.failure).toBe('it was over before this was sent');
});

test('killed while three wait: after the restart they are one message, once', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'anju-storm-')), 'records.db');
  const family = await familyHook();
  const contacts = [reachedAt(family, 'daughter', 0)];
  const before = await house({ contacts, file });
  await before.desk.apply([attention('02:10'), attention('02:10', 'zoneExit'), attention('02:10', 'inactivity')]);
  await before.close();
  expect(family.posted).toEqual([]);
  const after = await homeOf(contacts, { file, clock: '02:10:31' });
  await eventually(() => family.posted.length === 1);
  await after.moveTo('02:12');
  await quiet();
  expect(family.posted.map((one) => about(one).split('+').sort())).toEqual([['inactivity', 'vitals', 'zoneExit']]);
  ends.push(async () => rmSync(dirname(file), { recursive: true }));
});

test('while she calls for help nobody reads of her battery; when it is over and still low, they do', async () => {
  const family = await familyHook();
  const home = await homeOf([reachedAt(family, 'daughter', 0)]);
  await home.desk.apply([raise('02:10')]);
  await eventually(() => family.posted.length === 1);
  await home.desk.apply([attention('02:10', 'inactivity'), attention('02:10', 'vitals')]);
  await home.desk.act(home.desk.open()[0]!.id, request('acknowledge'), daughter, at('02:10:10')); // the SOS
  await home.desk.act(home.desk.open()[0]!.id, request('enRoute'), daughter, at('02:10:20'));
  const waiting = home.desk.open().filter(({ severity }) => severity === 'P3');
  await home.moveTo('02:14');
  await quiet();
  expect(family.posted.map(about)).toEqual(['sos']);
  const [held] = await home.records.notificationsOf(waiting[0]!.id);
  expect(held).toMatchObject({ state: 'queued', failure: 'held while an emergency of the same resident is open' });
  await home.desk.apply([clear('02:14', { type: 'vitals', severity: 'P3' })]);
  await home.desk.act(home.desk.open()[0]!.id, request('resolve', { outcome: 'helped' }), daughter, at('02:14:30'));
  await home.moveTo('02:15');
  await eventually(() => family.posted.length === 2);
  await quiet();
  expect(family.posted.map(about)).toEqual(['sos', 'inactivity']);
});

test('an emergency of somebody else holds nothing back', async () => {
  const family = await familyHook();
  const home = await homeOf([reachedAt(family, 'daughter', 0)]);
  await home.desk.apply([raise('02:10', { subjectId: 'zhao', deviceId: 'other' }), attention('02:10')]);
  await home.moveTo('02:10:30');
  await eventually(() => family.posted.length === 1);
  expect(family.posted.map(about)).toEqual(['vitals']);
});

test('a contact that comes and goes: the fourth time it stays open, nobody hears of it again, and an hour of quiet ends it', async () => {
  const family = await familyHook();
  const home = await homeOf([reachedAt(family, 'daughter', 0)]);
  for (const minute of [0, 5, 10, 15]) {
    await home.moveTo(`02:${10 + minute}`);
    await home.desk.apply([attention(`02:${10 + minute}`, 'vitals', { id: `v${minute}` })]);
    await home.moveTo(`02:${12 + minute}`);
    await eventually(() => family.posted.length === minute / 5 + 1);
    await home.desk.apply([clear(`02:${12 + minute}`, { type: 'vitals', severity: 'P3', id: `v${minute}` })]);
  }
  expect(home.only().state).toBe('open');
  expect(home.lines.filter(({ what }) => what === 'heldOpen').length).toBe(1);
  const { id } = home.only();
  await home.moveTo('02:29');
  await home.desk.apply([attention('02:29', 'vitals', { id: 'v-again' })]);
  await home.moveTo('02:30');
  await home.desk.apply([clear('02:30', { type: 'vitals', severity: 'P3', id: 'v-again' })]);
  await quiet();
  expect(home.only().id).toBe(id);
  expect(family.posted.length).toBe(4);
  await home.moveTo('03:29:59');
  expect(home.only().id).toBe(id);
  await home.moveTo('03:30');
  expect(home.desk.open()).toEqual([]);
});

test('it is still known for flapping after a restart', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'anju-flap-')), 'records.db');
  const first = await house({ contacts: [], file });
  for (const minute of [10, 13, 16]) {
    await first.moveTo(`02:${minute}`);
    await first.desk.apply([maintenance(`02:${minute}`, 'deviceOffline', { id: `o${minute}` })]);
    await first.desk.apply([clear(`02:${minute}`, { type: 'deviceOffline', severity: 'P4', id: `o${minute}` })]);
  }
  await first.close();
  const second = await homeOf([], { file, clock: '02:20' });
  await second.desk.apply([maintenance('02:20', 'deviceOffline', { id: 'o20' })]);
  await second.desk.apply([clear('02:20', { type: 'deviceOffline', severity: 'P4', id: 'o20' })]);
  expect(second.only().state).toBe('open');
  ends.push(async () => rmSync(dirname(file), { recursive: true }));
});

test('more than ten messages in ten minutes: what can wait becomes one, an emergency is told at once all the same', async () => {
  const family = await familyHook();
  const home = await homeOf([]);
  const robot = contact('group', 0, { kind: 'webhook', address: `${family.url}/group` });
  for (let nth = 0; nth < 30; nth++)
    home.directory.apply({ kind: 'residents', id: `r${nth}`, entity: resident(`r${nth}`, [robot]) });
  for (let nth = 0; nth < 10; nth++)
    await home.desk.apply([raise('02:10', { id: `s${nth}`, subjectId: `r${nth}`, severity: 'P2', type: 'fall' })]);
  await eventually(() => family.posted.length === 10);
  for (let nth = 10; nth < 25; nth++)
    await home.desk.apply([attention('02:10', 'vitals', { id: `v${nth}`, subjectId: `r${nth}` })]);
  await home.moveTo('02:10:45');
  await quiet();
  expect(family.posted.length).toBe(10);
  await home.desk.apply([raise('02:10:45', { id: 'sos', subjectId: 'r29' })]);
  await eventually(() => family.posted.length === 11);
  for (const alert of home.desk.open().filter(({ severity }) => severity <= 'P2'))
    await home.desk.act(alert.id, request('resolve'), { id: 'a', username: 'a', role: 'admin' }, at('02:11'));
  await home.moveTo('02:20:01');
  await eventually(() => family.posted.length === 12);
  await quiet();
  expect(family.posted.slice(10).map(({ alert }) => [alert.type, alert.alsoTotal ?? 0])).toEqual([
    ['sos', 0],
    ['vitals', 14],
  ]);
});

test('nine o’clock: one message with what is open, none when nothing is, and none twice', async () => {
  const family = await familyHook();
  const home = await homeOf([reachedAt(family, 'daughter', 0)]);
  await home.desk.apply([
    maintenance('02:10'),
    maintenance('02:10', 'tamper'),
    maintenance('02:10', 'notWorn', { id: 'gone' }),
  ]);
  await home.desk.apply([clear('02:20', { type: 'notWorn', severity: 'P4', id: 'gone' })]);
  await home.moveTo('08:59:59');
  await home.desk.digest(at('08:59:59'));
  await quiet();
  expect(family.posted).toEqual([]);
  await home.moveTo('09:00');
  await home.desk.digest(at('09:00'));
  await home.desk.digest(at('09:00'));
  await eventually(() => family.posted.length === 1);
  await home.moveTo('09:30');
  await quiet();
  expect(family.posted.length).toBe(1);
  expect(family.posted.map((one) => about(one).split('+').sort())).toEqual([['batteryLow', 'tamper']]);
  for (const type of ['batteryLow', 'tamper'] as const)
    await home.desk.apply([clear('10:00', { type, severity: 'P4' })]);
  await home.desk.digest(at('33:00'));
  await quiet();
  expect(family.posted.length).toBe(1);
});

test('the service was down at nine: the summary comes with the start, once', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'anju-nine-')), 'records.db');
  const family = await familyHook();
  const contacts = [reachedAt(family, 'daughter', 0)];
  const before = await house({ contacts, file });
  await before.desk.apply([maintenance('02:10')]);
  await before.close();
  for (const clock of ['11:00', '11:05']) {
    const after = await house({ contacts, file, clock });
    await eventually(() => family.posted.length === 1);
    await quiet();
    await after.close();
  }
  expect(family.posted.map(about)).toEqual(['batteryLow']);
  ends.push(async () => rmSync(dirname(file), { recursive: true }));
});

test('6,000 alerts, an emergency last of all: it is told before what can wait, and nothing holds it', async () => {
  const family = await familyHook();
  const home = await homeOf([reachedAt(family, 'daughter', 0)]);
  for (let nth = 0; nth < 600; nth++)
    home.directory.apply({
      kind: 'residents',
      id: `r${nth}`,
      entity: resident(`r${nth}`, [contact('hub', 0, { kind: 'webhook', address: `${family.url}/hub` })]),
    });
  const storm = Array.from({ length: 5_999 }, (_, nth) => {
    const severity = nth % 5 === 0 ? ('P3' as const) : ('P4' as const);
    return raise('02:10', { id: `n${nth}`, subjectId: `r${nth % 600}`, type: 'deviceOffline', severity });
  });
  const stored = home.desk.apply(storm);
  const urgent = home.desk.apply([raise('02:10')]);
  await urgent;
  await eventually(() => family.posted.length === 1);
  await stored;
  await home.moveTo('02:10:30');
  await eventually(() => family.posted.length >= 2);
  await quiet();
  expect(family.posted.map(({ alert }) => alert.severity)[0]).toBe('P1');
  expect(family.posted.slice(1).every(({ alert }) => alert.severity === 'P3')).toBe(true);
  expect(home.desk.open()[0]?.type).toBe('sos');
}, 30_000);

/** A thousand homes; the grid worker is told of those without a contact. */
async function thousandHomes(what: Partial<Signal>, contacts: readonly Contact[] = []): Promise<House> {
  const home = await house({ contacts: [] });
  ends.push(() => home.close());
  const ids = Array.from({ length: 1000 }, (_, nth) => `home-${nth}`);
  for (const id of ids) home.directory.apply({ kind: 'residents', id, entity: resident(id, contacts) });
  await home.desk.apply(ids.map((id) => raise('02:10', { ...what, id, subjectId: id })));
  return home;
}

/** What was said after the call for help. */
const afterTheCall = ({ seen }: House) => seen.slice(seen.indexOf('sos open x1') + 1);

test('nine o’clock with a thousand empty batteries: a call for help has its turn in between, and each message names many', async () => {
  const nurse = await familyHook();
  const home = await thousandHomes({ type: 'batteryLow', severity: 'P4' }, [reachedAt(nurse, 'nurse', 0)]);
  await home.moveTo('09:00');
  const digest = home.desk.digest(at('09:00'));
  await setImmediate();
  await home.desk.apply([raise('09:00')]);
  await digest;
  expect(afterTheCall(home).length).toBeGreaterThan(500);
  await eventually(() => nurse.posted.length >= 1000 / 200);
  await quiet();
  expect(nurse.posted.map(({ alert }) => alert.alsoTotal)).toEqual(Array(1000 / 200).fill(199));
});

test('a thousand alerts escalate at one moment: a call for help has its turn in between, and all of them have theirs', async () => {
  const home = await thousandHomes({ type: 'vitals', severity: 'P3' });
  const before = home.lines.filter(({ what }) => what === 'escalated').length;
  const ticked = home.moveTo('04:10:01');
  await home.desk.apply([raise('04:10:01')]);
  await ticked;
  expect(afterTheCall(home).length).toBeGreaterThan(500);
  expect(home.lines.filter(({ what }) => what === 'escalated').length - before).toBeGreaterThanOrEqual(1000);
});
