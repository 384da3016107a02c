import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { Directory } from '../../model/directory.ts';
import type { EntityWrite } from '../../store/contracts.ts';
import { openRecords } from '../../store/records/records.ts';
import { house } from '../alerts/support/house.ts';
import { at, contact, raise, request, resident, worker } from '../alerts/support/night.ts';
import { removeFolder, temporaryFolder } from '../support/service.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const lives = (id: string): EntityWrite => ({ kind: 'residents', id, entity: resident(id, []) });
const people = (count: number) => Array.from({ length: count }, (_, nth) => lives(`resident-${nth}`));
const city = people(30_000);

function user(id: string, username: string): EntityWrite {
  return { kind: 'users', id, entity: { id, username, role: 'viewer', areaId: 'city' } } as EntityWrite;
}

async function whileImporting() {
  const home = await house({ contacts: [contact('daughter', 0, { kind: 'log', address: 'daughter' })] });
  ends.push(() => home.close());
  await home.desk.apply([raise('02:09')]);
  const importing = { isOver: false, done: Promise.resolve() };
  importing.done = home.records.write(city).then(() => {
    importing.isOver = true;
  });
  await setImmediate(); // it has begun
  return { home, importing };
}

test('a city is being imported: a responder claims an alert, sets out and arrives meanwhile, and all of it is stored', async () => {
  const { home, importing } = await whileImporting();
  const { id } = home.only();
  for (const action of ['claim', 'enRoute', 'arrive'] as const) {
    await home.desk.act(id, request(action), worker, at('02:10'));
    await setImmediate();
  }
  expect(importing.isOver).toBe(false);
  expect(await home.records.alert(id)).toMatchObject({ state: 'arrived', assignee: worker.id });
  await importing.done;
  expect(await home.records.alert(id)).toMatchObject({ state: 'arrived', assignee: worker.id });
});

test('a city is being imported: a press of the button is told and stored meanwhile', async () => {
  const { home, importing } = await whileImporting();
  await home.desk.apply([raise('02:10', { subjectId: 'zhao' })]);
  expect(importing.isOver).toBe(false);
  expect(home.seen).toEqual(['sos open x1', 'sos open x1']);
  expect(await home.records.openAlerts()).toHaveLength(2);
  await importing.done;
  expect(await home.records.openAlerts()).toHaveLength(2);
});

test('a city is being imported: whoever only reads does not wait for it', async () => {
  const { home, importing } = await whileImporting();
  expect(await home.records.alert('none')).toBeUndefined();
  expect(importing.isOver).toBe(false);
  await importing.done;
});

// ---- all or nothing ----

async function onDisk() {
  const folder = temporaryFolder();
  ends.push(() => removeFolder(folder));
  const file = join(folder, 'records.sqlite');
  const limits = { copiedFrom: 1e9, anewFrom: 1e9, heldFrom: 1e9, atMost: 1e9 }; // the log stays where it is
  const records = await openRecords(file, { limits });
  ends.push(() => records.close());
  return { folder, file, records };
}

async function residentsIn(file: string): Promise<number> {
  const records = await openRecords(file);
  const directory = new Directory();
  await records.load(directory);
  expect(records.damage).toEqual([]);
  await records.close();
  return directory.residents.size;
}

/** How far an import had come, by what lies in the file. */
function stateOf(file: string): string {
  const db = new DatabaseSync(file);
  const count = (table: string, where = '1') =>
    Number(db.prepare(`select count(*) as count from ${table} where ${where}`).get()?.count);
  const [staged, done, decided] = [
    count('staged_writes'),
    count('residents'),
    count('settings', "key = 'stagedWrites'") > 0,
  ];
  db.close();
  if (staged === 0) return done === 0 ? 'not begun' : 'over';
  return decided ? `decided, ${done > 0 ? 'some' : 'none'} carried out` : 'written down';
}

test('killed at any moment of an import: after the restart there is all of it or nothing', async () => {
  const { folder, file, records } = await onDisk();
  const importing = { isOver: false };
  const done = records.write(people(3_000)).then(() => {
    importing.isOver = true;
  });
  const copies: string[] = [];
  while (!importing.isOver) {
    const copy = join(folder, `killed-${copies.length}.sqlite`);
    for (const end of ['', '-wal']) if (existsSync(file + end)) copyFileSync(file + end, copy + end);
    copies.push(copy);
    await setImmediate();
  }
  await done;
  const states = new Set<string>();
  for (const copy of copies) {
    const state = stateOf(copy);
    states.add(state);
    expect(await residentsIn(copy), `killed when ${state}`).toBe(/decided|over/.test(state) ? 3_000 : 0);
    expect(['not begun', 'over']).toContain(stateOf(copy));
  }
  expect([...states]).toEqual(expect.arrayContaining(['written down', 'decided, some carried out']));
});

test('what the disk does not take of a decided import is carried out before the next change, and keeps nobody from being served meanwhile', async () => {
  const { file, records } = await onDisk();
  const other = new DatabaseSync(file);
  ends.push(() => other.close());
  other.exec(`create trigger refuse before insert on residents when new.id = 'resident-1500'
    begin select raise(abort, 'no room for this one'); end`);
  await records.write(people(3_000));
  expect(stateOf(file)).toBe('decided, some carried out');
  await expect(records.write([lives('one-more')])).rejects.toThrow('no room for this one');
  const restarted = await openRecords(file);
  expect(restarted.damage).toMatchObject([{ what: expect.stringContaining('no room for this one') }]);
  await restarted.close();
  other.exec('drop trigger refuse');
  await records.write([lives('one-more')]);
  expect(stateOf(file)).toBe('over');
  expect(await residentsIn(file)).toBe(3_001);
});

test('an import that is refused leaves nothing, and what waited is written', async () => {
  const { home, importing } = await whileImporting();
  await importing.done;
  const again = city.map((one) => ({ ...one, id: `again-${one.id}` }) as EntityWrite);
  const refused = home.records.write([...again, user('a', 'same'), user('b', 'same')]);
  const setting = home.records.putSetting('k', 'v');
  await expect(refused).rejects.toThrow('already taken');
  await setting;
  const directory = new Directory();
  await home.records.load(directory);
  expect(directory.residents.size).toBe(30_000);
  expect(directory.users.size).toBe(0);
});

test('usernames in a large import count in their order: one may be taken over from who gets another', async () => {
  const { records } = await onDisk();
  await records.write([user('li', 'li'), user('mei', 'mei')]);
  await expect(records.write([...people(1_000), user('new', 'mei')])).rejects.toMatchObject({ code: 'conflict' });
  await records.write([
    ...people(1_000),
    user('mei', 'mei-2'),
    user('new', 'mei'),
    { kind: 'users', id: 'li', entity: undefined },
    user('other', 'li'),
  ]);
  const directory = new Directory();
  await records.load(directory);
  const names = [...directory.users.values()].map(({ id, username }) => `${id} ${username}`);
  expect(names.sort()).toEqual(['mei mei-2', 'new mei', 'other li']);
});

test('a large import is written in its order: what comes later counts', async () => {
  const { records } = await onDisk();
  const gone = { kind: 'residents', id: 'resident-7', entity: undefined } as const;
  const token: EntityWrite = {
    kind: 'devices',
    id: 'band',
    entity: { id: 'band', kind: 'wristband' },
    tokenHash: 'hash',
  };
  const renamed: EntityWrite = { kind: 'devices', id: 'band', entity: { id: 'band', kind: 'callButton' } };
  await records.write([token, ...people(1_500), gone, renamed]);
  const directory = new Directory();
  await records.load(directory);
  expect(directory.residents.size).toBe(1_499);
  expect(directory.devices.get('band')?.kind).toBe('callButton');
  expect(directory.tokenHashes.get('band')).toBe('hash');
});
