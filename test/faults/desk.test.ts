import { afterEach, expect, test } from 'vitest';
import type { Alert, AlertHandling } from '../../model/alert.ts';
import type { RecordStore } from '../../store/contracts.ts';
import { eventually, settled } from '../alerts/support/eventually.ts';
import { house, reachedAt } from '../alerts/support/house.ts';
import { memberOf } from '../alerts/support/member.ts';
import { at, raise, resident } from '../alerts/support/night.ts';
import { family } from './support/full-disk.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
const familyOf = () => family(['daughter', 'son'], ends);

test('the records refuse while the readings are stored: the SOS told from memory and then committed is one, and leaves the outbox only when it is in the records', async () => {
  const { fault, server, home } = await familyOf();
  fault.isFull = true;
  const done: string[] = [];
  void home.desk.apply([raise('02:10')]).then(() => done.push('from memory'));
  await eventually(() => server.posted.length === 1);
  void home.desk.apply([raise('02:10')]).then(() => done.push('committed'));
  await settled();
  expect(done).toEqual([]);
  expect(home.only().count).toBe(1);

  fault.isFull = false;
  await home.moveTo('02:10:10');
  await eventually(() => done.length === 2);
  await home.desk.apply([raise('02:10')]);
  await home.desk.stop(1000);
  expect(server.posted.map(({ path }) => path)).toEqual(['/daughter']);
  expect(await home.records.alert(home.only().id)).toMatchObject({ count: 1 });
});

/** An alert as an older version may have left it. */
async function oldAlert(handling: unknown) {
  const { server, home } = await familyOf();
  await home.desk.apply([raise('02:10', { type: 'fall', severity: 'P2', id: 'old' })]);
  await eventually(() => server.posted.length === 1);
  const old: Alert = { ...home.only(), handling: handling as AlertHandling };
  const later = await house({
    clock: '02:20',
    contacts: [reachedAt(server, 'daughter', 0), reachedAt(server, 'son', 1)],
    disk: (records) =>
      new Proxy(records, {
        get(target, name: keyof RecordStore) {
          return name === 'openAlerts' ? async () => [old] : memberOf(target, name);
        },
      }),
  });
  ends.push(() => later.close());
  return { server, later, old };
}

test('an SOS that would join an alert nobody can read opens one of its own', async () => {
  const { server, later, old } = await oldAlert({});
  await later.desk.apply([raise('02:20')]);
  await eventually(() => server.posted.length === 2);
  const opened = later.desk.open().filter(({ id }) => id !== old.id);
  expect(opened.map(({ type, severity }) => `${type} ${severity}`)).toEqual(['sos P1']);
});

test('an alert that cannot be escalated does not keep the next contact of another one waiting', async () => {
  const { server, later } = await oldAlert({ active: [], waitingSinceMs: at('02:10') });
  await later.desk.apply([raise('02:20', { type: 'smoke' })]);
  await eventually(() => server.posted.length === 2);
  await later.moveTo('02:21:01');
  await eventually(() => server.posted.length === 3);
  expect(server.posted.map(({ path }) => path)).toEqual(['/daughter', '/daughter', '/son']);
});

test('an SOS does not wait for a storm of lesser alerts that came before it', async () => {
  const { home } = await familyOf();
  const ids = Array.from({ length: 3_000 }, (_, i) => `s${i}`);
  for (const id of ids) home.directory.apply({ kind: 'residents', id, entity: resident(id, []) });
  const storm = ids.map((id) => raise('02:10', { id, subjectId: id, type: 'deviceOffline', severity: 'P4' }));
  const all = home.desk.apply(storm);
  await home.desk.apply([raise('02:10')]);
  const before = home.seen.indexOf('sos open x1');
  await all;
  expect(home.seen).toHaveLength(ids.length + 1);
  expect(before).toBeLessThanOrEqual(1_000);
});
