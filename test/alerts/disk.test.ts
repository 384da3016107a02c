import { afterEach, expect, test } from 'vitest';
import type { Alert } from '../../model/alert.ts';
import type { AlertChange, RecordStore } from '../../store/contracts.ts';
import { eventually, settled } from './support/eventually.ts';
import { hookServer } from './support/hook-server.ts';
import { house, reachedAt } from './support/house.ts';
import { memberOf } from './support/member.ts';
import { at, daughter, raise, request } from './support/night.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** The records as they are, on a disk that refuses what `refuses` says. */
async function onBadDisk() {
  const fault: { refuses: (alert: Alert) => boolean } = { refuses: () => false };
  const broken = (changes: readonly AlertChange[]) => changes.some(({ alert }) => fault.refuses(alert));
  const disk = (records: RecordStore): RecordStore =>
    new Proxy(records, {
      get(target, name: keyof RecordStore) {
        const refusing = async (changes: readonly AlertChange[]) => {
          if (broken(changes)) throw new Error('disk full');
          return target.applyAlerts(changes);
        };
        return name === 'applyAlerts' ? refusing : memberOf(target, name);
      },
    });
  const server = await hookServer();
  const home = await house({ contacts: [reachedAt(server, 'daughter', 0), reachedAt(server, 'son', 1)], disk });
  ends.push(
    () => server.close(),
    () => home.close(),
  );
  return { fault, server, home };
}

test('the disk is full: the SOS goes out from memory, loudly, and is stored when there is room', async () => {
  const { fault, server, home } = await onBadDisk();
  fault.refuses = () => true;
  let stored = false;
  const applied = home.desk.apply([raise('02:10')]).then(() => {
    stored = true;
  });
  await eventually(() => server.posted.length === 1);
  expect(home.seen).toEqual(['sos open x1']);
  expect(home.logged).toContain('error: alerts could not be stored');
  const { id } = home.only();
  expect([stored, await home.records.alert(id)]).toEqual([false, undefined]);

  await expect(home.desk.act(id, request('claim'), daughter, at('02:10:20'))).rejects.toMatchObject({
    code: 'unavailable',
  });
  await home.moveTo('02:11');
  await eventually(() => server.posted.length === 2);

  fault.refuses = () => false;
  await home.moveTo('02:11:50');
  await applied;
  await home.desk.stop(1000);
  expect(server.posted.map(({ path }) => path)).toEqual(['/daughter', '/son']);
  expect(home.seen).toEqual(['sos open x1', 'sos open x1']);
  const notifications = await home.records.notificationsOf(id);
  expect(notifications.map(({ recipientId, state }) => `${recipientId} ${state}`).sort()).toEqual([
    'daughter delivered',
    'son delivered',
    'worker delivered',
    'worker sent',
  ]);
  expect((await home.records.timeline(id)).map(({ what }) => what)).toEqual([
    'raised',
    'notified',
    'escalated',
    'notified',
    'escalated',
    'notified',
  ]);
});

test('what is not urgent is told when it is stored, not before', async () => {
  const { fault, home } = await onBadDisk();
  fault.refuses = () => true;
  const applied = home.desk.apply([raise('02:10', { type: 'batteryLow', severity: 'P4' })]);
  await settled();
  expect(home.seen).toEqual([]);
  fault.refuses = () => false;
  await home.moveTo('02:10:01');
  await applied;
  expect(home.seen).toEqual(['batteryLow open x1']);
});

const notWorn = { type: 'notWorn', severity: 'P4' } as const;
const tamper = { type: 'tamper', severity: 'P4' } as const;
const courses = [
  { name: 'in one batch', batches: [[raise('02:10', notWorn), raise('02:10:01', notWorn), raise('02:10', tamper)]] },
  { name: 'in batches', batches: [[raise('02:10', notWorn)], [raise('02:10:01', notWorn)], [raise('02:10', tamper)]] },
];
for (const { name, batches } of courses) {
  test(`a change the disk will not take holds up later ones of that alert, and no other alert (${name})`, async () => {
    const { fault, home } = await onBadDisk();
    fault.refuses = ({ type, count }) => type === 'notWorn' && count === 1;
    const applied = Promise.all(batches.map((batch) => home.desk.apply(batch)));
    await settled();
    expect(home.seen).toEqual(['tamper open x1']);
    fault.refuses = () => false;
    await home.moveTo('02:20');
    await applied;
    expect(home.seen).toEqual(['tamper open x1', 'notWorn open x1', 'notWorn open x2']);
    const { id } = home.desk.open().find(({ type }) => type === 'notWorn') ?? home.only();
    expect(await home.records.alert(id)).toMatchObject({ count: 2 });
  });
}

test('an action that could not be stored did not happen', async () => {
  const { fault, home } = await onBadDisk();
  await home.desk.apply([raise('02:10')]);
  const { id } = home.only();
  fault.refuses = () => true;
  await expect(home.desk.act(id, request('claim'), daughter, at('02:10:20'))).rejects.toMatchObject({
    code: 'unavailable',
  });
  expect(home.only().state).toBe('open');
  fault.refuses = () => false;
  expect(await home.desk.act(id, request('claim'), daughter, at('02:10:21'))).toMatchObject({ assignee: 'daughter' });
});
