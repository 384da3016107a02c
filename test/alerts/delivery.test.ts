import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { overNextChannel } from '../../alerts/fall-over.ts';
import { applySignal } from '../../alerts/life-cycle.ts';
import { Outbox } from '../../alerts/outbox.ts';
import { afterNews, type Channel, type Notification, type NotificationState } from '../../model/notification.ts';
import type { Contact } from '../../model/people.ts';
import { openRecords } from '../../store/records/records.ts';
import { eventually, settled } from './support/eventually.ts';
import { closedPort, hookServer } from './support/hook-server.ts';
import { type House, house } from './support/house.ts';
import { messageTo } from './support/message.ts';
import { at, contact, raise, resident } from './support/night.ts';
import { jsonOf, standIn } from './support/stand-in.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
function lasting<T extends { close(): Promise<unknown> }>(part: T): T {
  ends.push(() => part.close());
  return part;
}

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const openAlert = applySignal(undefined, raise('02:10', { type: 'fall', suspected: true }), {
  nowMs: at('02:10'),
  areaId: 'street',
})!.alert; // a raise opens

const robot = (url: string, key = 'k') => ({ kind: 'wecom', address: `${url}/send?key=${key}` }) as const;
const hook = (url: string, name: string) => ({ kind: 'webhook', address: `${url}/${name}` }) as const;
const takesAll = () => ({ json: { errcode: 0 } });

/** What became of the messages to the family; responders and the centre are told in page and app. */
const sent = async (home: House, alertId = home.only().id) =>
  (await home.records.notificationsOf(alertId))
    .filter(({ channel }) => channel !== 'sse' && channel !== 'mqtt')
    .map(({ channel, state }) => `${channel} ${state}`)
    .sort();
const theOne = async (home: House): Promise<Notification> => (await home.records.notificationsOf(home.only().id))[0]!;

/** Residents who share one group robot: `r0`, `r1`, … */
function manyHomes(home: House, count: number, contacts: Contact[]): string[] {
  const ids = Array.from({ length: count }, (_, i) => `r${i}`);
  for (const id of ids) home.directory.apply({ kind: 'residents', id, entity: resident(id, contacts) });
  return ids;
}
const fromEach = (ids: readonly string[], severity: 'P1' | 'P2', clock = '02:10') =>
  ids.map((subjectId) =>
    raise(clock, { id: `${subjectId}:${severity}`, subjectId, severity, type: severity === 'P1' ? 'sos' : 'vitals' }),
  );

test('30 reports to one group at once: ten go, the others wait their minute, and the robot is never blocked', async () => {
  const provider = await standIn(takesAll);
  const home = lasting(await house({ contacts: [] }));
  const ids = manyHomes(home, 30, [contact('group', 0, robot(provider.url))]);
  await home.desk.apply(fromEach(ids, 'P2'));
  await eventually(() => provider.requests.length >= 10);
  await home.moveTo('02:10:30');
  await settled();
  expect(provider.requests.length).toBe(10);
  await home.moveTo('02:11:01');
  await eventually(() => provider.requests.length === 20);
  await home.moveTo('02:12:02');
  await eventually(() => provider.requests.length === 30);
});

test('an SOS after them finds a place that was kept for it', async () => {
  const provider = await standIn(takesAll);
  const home = lasting(await house({ contacts: [] }));
  const ids = manyHomes(home, 30, [contact('group', 0, robot(provider.url))]);
  await home.desk.apply(fromEach(ids, 'P2'));
  await eventually(() => provider.requests.length === 10);
  await home.desk.apply(fromEach(['r7'], 'P1'));
  await eventually(() => provider.requests.length === 11);
  expect(JSON.stringify(provider.requests.map(jsonOf))).toContain('P1');
});

test('more SOS than the robot takes: nobody waits for it, and it has the rest a minute later', async () => {
  const provider = await standIn(takesAll);
  const family = lasting(await hookServer());
  const home = lasting(await house({ contacts: [] }));
  const ids = manyHomes(home, 25, [contact('group', 0, robot(provider.url), hook(family.url, 'group'))]);
  await home.desk.apply(fromEach(ids, 'P1'));
  await eventually(() => family.posted.length === 25 && provider.requests.length === 18);
  await home.moveTo('02:10:59');
  await settled();
  expect(provider.requests.length).toBe(18);
  await home.moveTo('02:11');
  await eventually(() => provider.requests.length === 25);
});

const report = raise('02:10', { type: 'vitals', severity: 'P3' });

test('what can wait goes over one channel; when that is no good, over the next, and it says so', async () => {
  const family = lasting(await hookServer());
  const gone = lasting(await hookServer((_, response) => response.writeHead(404).end()));
  const channels = [hook(gone.url, 'old'), hook(family.url, 'new'), { kind: 'log', address: 'x' } as const];
  const home = lasting(await house({ contacts: [contact('daughter', 0, ...channels)] }));
  await home.desk.apply([report]);
  await home.moveTo('02:10:30');
  await eventually(async () => (await sent(home)).join() === 'webhook failed,webhook queued');
  await home.moveTo('02:10:35');
  await eventually(() => family.posted.length === 1);
  await eventually(async () => (await sent(home)).join() === 'webhook delivered,webhook failed');
  expect(home.lines.filter(({ what }) => what === 'notified').map(({ who, detail }) => [who, detail])).toEqual([
    ['daughter', { reason: 'opened', channels: ['webhook'] }],
    ['daughter', { reason: 'fallOver', channels: ['webhook'], instead: 'webhook', because: 'answered 404' }],
  ]);
});

test('an endpoint that only stumbles gets a second chance before the next channel is used', async () => {
  const family = lasting(await hookServer((_, response) => response.writeHead(503).end()));
  const home = lasting(
    await house({ contacts: [contact('daughter', 0, hook(family.url, 'x'), { kind: 'log', address: 'x' })] }),
  );
  await home.desk.apply([report]);
  await home.moveTo('02:10:30');
  await eventually(async () => (await theOne(home)).attempts === 1);
  expect(await sent(home)).toEqual(['webhook queued']);
  await home.moveTo('02:10:35');
  await eventually(async () => (await theFirst(home, 'webhook')).attempts === 2);
  await eventually(async () => (await sent(home)).length === 2);
  await home.moveTo('02:10:40');
  await eventually(async () => (await sent(home)).join() === 'log delivered,webhook queued');
  await home.moveTo('02:16');
  await eventually(async () => (await theFirst(home, 'webhook')).attempts === 3);
  expect(await sent(home)).toEqual(['log delivered', 'webhook queued']);
});

const theFirst = async (home: House, channel: string) =>
  (await home.records.notificationsOf(home.only().id)).find((one) => one.channel === channel)!; // it was told there

test('killed between the failure and the next channel: after the restart the next channel is used, once', async () => {
  const family = lasting(await hookServer());
  const records = await openRecords(':memory:');
  const ruling = () => ({ may: 'go' as const });
  const parts = { records, ruling, clock: () => at('02:10'), random: () => 1, log: silent, alertOf: () => openAlert };
  const failing: Channel = { kind: 'wecom', send: async () => ({ outcome: 'retry', reason: 'no answer' }) };
  const one: Notification = {
    ...messageTo({ ...robot(family.url), channel: 'wecom' }),
    fallbacks: [hook(family.url, 'x')],
  };
  const hindered: string[] = [];
  const outbox = () =>
    new Outbox({ ...parts, channels: [failing], onFailed: () => undefined, onHindered: ({ id }) => hindered.push(id) });
  await records.applyAlerts([{ alert: openAlert, areaPath: [], entries: [], notifications: [one] }]);
  const before = outbox();
  await before.load();
  await before.tick(at('02:10'));
  await eventually(() => hindered.length === 1);
  await before.stop(100);
  const after = outbox();
  await after.load();
  await after.tick(at('02:10:02'));
  await eventually(() => hindered.length === 2);
  await after.stop(100);
  // Both are the same message: whoever stores it a second time stores nothing.
  const [first, again] = [overNextChannel(one, 0), overNextChannel({ ...one, attempts: 2, failure: 'x' }, 99)];
  expect(first?.notification.id).toBe(again?.notification.id);
  expect(first?.notification).toMatchObject({
    channel: 'webhook',
    address: `${family.url}/x`,
    state: 'queued',
    attempts: 0,
  });
  await records.close();
});

test('gone for good (410): not asked again that day, also after a restart, and asked the day after', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'anju-gone-')), 'records.db');
  const family = lasting(await hookServer((_, response) => response.writeHead(410).end()));
  const contacts = [contact('daughter', 0, hook(family.url, 'x'))];
  const evening = await house({ contacts, file });
  await evening.desk.apply([raise('02:10')]);
  await eventually(async () => (await sent(evening)).join() === 'webhook failed');
  await evening.close();
  const night = await house({ contacts, file, clock: '03:00' });
  await night.desk.apply([raise('03:00', { type: 'smoke', deviceId: 'kitchen' })]);
  const smoke = () => night.desk.open().find(({ type }) => type === 'smoke')!.id; // it was raised
  await eventually(async () => (await sent(night, smoke())).join() === 'webhook failed');
  expect(family.posted.length).toBe(1);
  await night.moveTo('26:30');
  await night.desk.apply([raise('26:30', { type: 'zoneExit', severity: 'P2' })]);
  // The smoke of 03:00 is still open and is told again as well.
  await eventually(() => family.posted.length >= 2);
  await night.close();
  rmSync(dirname(file), { recursive: true });
});

test('an endpoint that is dead: P1 is tried as its ladder says, lesser things wait until it is back', async () => {
  const port = await closedPort();
  const dead = `http://127.0.0.1:${port}`;
  const home = lasting(await house({ contacts: [] }));
  const ids = manyHomes(home, 8, [contact('platform', 0, hook(dead, 'x'))]);
  await home.desk.apply(fromEach(ids.slice(0, 6), 'P2'));
  const of = async (nth: number) => (await home.records.notificationsOf(home.desk.open()[nth]!.id))[0]!; // as many are open
  await eventually(async () => (await Promise.all([0, 1, 2, 3, 4].map(of))).every(({ attempts }) => attempts >= 1));
  await home.desk.apply(fromEach(ids.slice(6, 7), 'P2', '02:10'));
  await home.desk.apply(fromEach(ids.slice(7), 'P1'));
  const urgent = home.desk.open().findIndex(({ severity }) => severity === 'P1');
  for (const [tried, clock] of ['02:10', '02:10:02', '02:10:07', '02:10:17'].entries()) {
    await home.moveTo(clock);
    await eventually(async () => (await of(urgent)).attempts === tried + 1);
  }
  const waiting = await Promise.all(home.desk.open().map((_, nth) => of(nth)));
  expect(waiting.some(({ attempts, failure }) => attempts === 0 && failure === 'the endpoint is out of order')).toBe(
    true,
  );
});

test('what became of it only ever goes forward', () => {
  const queued = messageTo({ channel: 'sms', address: '1' });
  const states: NotificationState[] = ['queued', 'sent', 'delivered', 'read', 'acknowledged', 'failed'];
  const after = (from: NotificationState) =>
    states.filter((state) => afterNews({ ...queued, state: from }, state).state !== from);
  expect(after('queued')).toEqual(['sent', 'delivered', 'read', 'acknowledged', 'failed']);
  expect(after('sent')).toEqual(['delivered', 'read', 'acknowledged', 'failed']);
  expect(after('delivered')).toEqual(['read', 'acknowledged']);
  expect(after('acknowledged')).toEqual([]);
  expect(after('failed')).toEqual(['sent', 'delivered', 'read', 'acknowledged']);
});
