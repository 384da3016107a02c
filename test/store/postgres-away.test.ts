import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { RecordStore } from '../../store/contracts.ts';
import { type Found, wrongWith } from '../../store/records/postgres/fit.ts';
import { openPostgresRecords } from '../../store/records/postgres/open.ts';
import { serverOf } from '../../store/records/postgres/server.ts';
import { eventually } from '../alerts/support/eventually.ts';
import { closedPort } from '../alerts/support/hook-server.ts';
import { type CutAt, cutProxy } from '../support/cut-proxy.ts';
import { type PostgresServer, postgres } from '../support/postgres.ts';
import { alert, change, entry } from './support/facts.ts';

let server: PostgresServer;
let count = 0;
beforeAll(async () => {
  server = await postgres();
});
afterAll(() => server.remove());
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function freshUrl(): Promise<string> {
  count += 1;
  return server.createDatabase(`away_${count}`);
}

async function opened(url: string): Promise<{ records: RecordStore; said: string[] }> {
  const said: string[] = [];
  const say = (_facts: object, text: string) => void said.push(text);
  const records = await openPostgresRecords(url, { log: { warn: say, error: say } });
  ends.push(() => records.close());
  return { records, said };
}

const isBack = (records: RecordStore) => eventually(() => records.syncState.away === undefined);
const help = () => change({ entries: [entry()], signalId: 's-1' });

describe('the server goes away', () => {
  test('killed: whoever asks is refused at once and in words, and it is used again when it is back', async () => {
    const { records, said } = await opened(await freshUrl());
    await records.putSetting('k', '1');
    await server.kill();
    await eventually(() => records.syncState.away !== undefined);
    expect(records.syncState.away?.why).toBe('the records in PostgreSQL cannot be reached; try again');
    const startMs = performance.now();
    await expect(records.applyAlerts([help()])).rejects.toMatchObject({ code: 'unavailable' });
    await expect(records.alert('a')).rejects.toMatchObject({ code: 'unavailable' });
    expect(performance.now() - startMs).toBeLessThan(100);
    await server.start();
    await isBack(records);
    expect(await records.setting('k')).toBe('1');
    await records.applyAlerts([help()]);
    expect(said.join('\n')).toMatch(
      /the records in PostgreSQL 127\.0\.0\.1:\d+\/away_1 are away: .*\n.*can be used again/s,
    );
    expect(said.join('\n')).not.toContain('pass');
  });

  test('hanging: who would be told something waits half a second, and nobody after that', async () => {
    const { records } = await opened(await freshUrl());
    server.pause();
    ends.push(() => server.goOn());
    const startMs = performance.now();
    await expect(records.applyAlerts([help()])).rejects.toMatchObject({ code: 'unavailable' });
    expect(performance.now() - startMs).toBeLessThan(1_500);
    const secondMs = performance.now();
    await expect(records.applyAlerts([help()])).rejects.toMatchObject({ code: 'unavailable' });
    expect(performance.now() - secondMs).toBeLessThan(100);
    server.goOn();
    await isBack(records);
    await records.applyAlerts([help()]);
    expect(await records.timeline('alert-1')).toHaveLength(1);
  });

  test('commits hang while everything else is answered: given up after half a second; what was under way is there once later', async () => {
    const { records } = await opened(await freshUrl());
    const standby = async (names: string) => {
      await server.ask(`alter system set synchronous_standby_names = '${names}'`);
      await server.ask('select pg_reload_conf()');
    };
    await standby('nobody'); // a commit waits for a copy that never comes
    ends.push(() => standby(''));
    await eventually(
      async () => (await server.ask('show synchronous_standby_names'))[0]?.synchronous_standby_names === 'nobody',
    );
    const mine = help();
    const startMs = performance.now();
    await expect(records.applyAlerts([mine])).rejects.toThrow(/it may be stored or not/);
    expect(performance.now() - startMs).toBeLessThan(1_500);
    await expect(records.applyAlerts([mine])).rejects.toMatchObject({ code: 'unavailable' });
    await standby('');
    await eventually(() => records.syncState.away === undefined, 20_000);
    await records.applyAlerts([mine]);
    expect(await records.timeline('alert-1')).toHaveLength(1);
  });

  const cuts: { readonly at: CutAt; readonly isStored: boolean }[] = [
    { at: 'before', isStored: false },
    { at: 'after', isStored: true },
  ];
  for (const { at, isStored } of cuts) {
    test(`the connection breaks ${at} a commit: nobody is told that it is stored, and tried again it is there once`, async () => {
      const proxy = await cutProxy(server.port);
      ends.push(() => proxy.close());
      const url = (await freshUrl()).replace(String(server.port), String(proxy.port));
      const { records } = await opened(url);
      const mine = help();
      proxy.cutAt(at);
      await expect(records.applyAlerts([mine])).rejects.toThrow(/it may be stored or not: look before you try again/);
      proxy.cutAt(undefined);
      await isBack(records);
      expect((await records.alert('alert-1')) !== undefined).toBe(isStored);
      await records.applyAlerts([mine]);
      expect(await records.timeline('alert-1')).toHaveLength(1);
      await records.applyAlerts([change({ alert: alert({ revision: 2 }), entries: [entry({ what: 'repeated' })] })]);
      expect(await records.timeline('alert-1')).toHaveLength(2);
    });
  }
});

test('who is to be told something waits neither for those who write nor for those who read', async () => {
  const url = await freshUrl();
  const { records } = await opened(url);
  const order: string[] = [];
  const writing = Array.from({ length: 20 }, (_, n) =>
    records.putSetting(`k${n}`, 'v').then(() => order.push('other')),
  );
  const urgent = records.applyAlerts([help()]).then(() => order.push('urgent'));
  await Promise.all([...writing, urgent]);
  expect(order.indexOf('urgent')).toBeLessThan(3);
  const locked = await server.holding(new URL(url).pathname.slice(1), 'lock table settings in access exclusive mode');
  const pages = Array.from({ length: 8 }, () => records.setting('k1').catch(() => undefined));
  await records.applyAlerts([change({ alert: alert({ id: 'b' }), signalId: 's-2' })]);
  expect(await records.appliedSignals(['s-1', 's-2', 's-3'])).toEqual(new Set(['s-1', 's-2']));
  await locked.end();
  await Promise.all(pages);
  expect(records.syncState.away).toBeUndefined();
});

describe('one service for each database', () => {
  test('a second one is refused with a sentence, and let in when the first has ended', async () => {
    const url = await freshUrl();
    const { records } = await opened(url);
    await expect(openPostgresRecords(url)).rejects.toThrow(
      /^another service from 127\.0\.0\.1.* uses the records in PostgreSQL .*: stop it first/,
    );
    await records.close();
    await (await openPostgresRecords(url)).close();
  });

  test('the connection with the lock breaks: it is taken again by itself', async () => {
    const { records } = await opened(await freshUrl());
    await endConnections();
    await eventually(() => records.syncState.away !== undefined);
    await isBack(records);
    await records.putSetting('k', 'v');
  });

  test('somebody else has the lock when it comes back: it says so, stores nothing, and goes on when that one is gone', async () => {
    const url = await freshUrl();
    const { records } = await opened(url);
    const other = await otherHolder(url);
    ends.push(other.end);
    await endConnections();
    await eventually(() => records.syncState.away?.why.startsWith('another service'));
    await expect(records.putSetting('k', 'v')).rejects.toThrow(/^another service/);
    await other.end();
    await isBack(records);
  });

  test('somebody else has written meanwhile: it never writes over that, and says what to do', async () => {
    const url = await freshUrl();
    const { records } = await opened(url);
    await server.ask(`update records_turn set last = 'another'`, new URL(url).pathname.slice(1));
    await expect(records.putSetting('k', 'v')).rejects.toThrow(
      /another service has written to these records meanwhile/,
    );
    await expect(records.setting('k')).rejects.toThrow(/stop one of the two and restart the other/);
    await records.close();
    const { records: restarted } = await opened(url);
    expect(await restarted.setting('k')).toBeUndefined();
  });
});

const endConnections = () =>
  server.ask(
    `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'anju' and application_name = 'anju'`,
  );

/** A session that waits for the lock and has it next. */
async function otherHolder(url: string): Promise<{ end(): Promise<void> }> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url, application_name: 'other' });
  client.on('error', () => undefined);
  await client.connect();
  const taken = client.query('select pg_advisory_lock(1634626165)').catch(() => undefined);
  let isOver = false;
  return {
    async end() {
      if (isOver) return;
      isOver = true;
      await taken;
      await client.end();
    },
  };
}

describe('what a user can meet is one sentence', () => {
  const refused = async (url: string) => {
    const error: Error = await openPostgresRecords(url).then(
      () => new Error('it was opened'),
      (one: Error) => one,
    );
    expect(error.message).not.toContain('secret');
    return error.message;
  };

  test('a wrong password', async () => {
    await server.createDatabase('locked');
    expect(await refused(server.urlOf('locked', 'secret'))).toMatch(/the password of the user anju is wrong; correct/);
  });

  test('no such database', async () => {
    expect(await refused(server.urlOf('nowhere'))).toMatch(
      /there is no database nowhere; make it with CREATE DATABASE/,
    );
  });

  test('no server', async () => {
    const url = `postgres://anju:secret@127.0.0.1:${await closedPort()}/anju`;
    expect(await refused(url)).toMatch(/cannot be reached \(.*ECONNREFUSED.*\); is PostgreSQL running at 127/);
  });

  test('no right to make tables', async () => {
    await server.ask('create database foreign_owner');
    expect(await refused(server.urlOf('foreign_owner'))).toMatch(
      /the user anju may not make tables there; make it the owner/,
    );
  });

  test('a database of something else, or with the wrong letters', async () => {
    const url = await server.createDatabase('shop');
    await server.ask('create table orders (id int)', 'shop');
    expect(await refused(url)).toMatch(/the database shop belongs to something else \(it holds orders\)/);
    await server.ask(
      `create database latin owner anju template template0 encoding 'LATIN1' locale_provider libc locale 'C'`,
    );
    expect(await refused(server.urlOf('latin'))).toMatch(/is in LATIN1; make one with ENCODING 'UTF8'/);
  });

  test('a database of a later version', async () => {
    const url = await server.createDatabase('later');
    await (await openPostgresRecords(url)).close();
    await server.ask(`insert into kysely_migration values ('9999-later', 'now')`, 'later');
    expect(await refused(url)).toMatch(/a later version has changed it \(9999-later\): use that version/);
  });

  test('a database that cannot be written', async () => {
    const url = await server.createDatabase('standby');
    await server.ask(`alter database standby set default_transaction_read_only = on`);
    expect(await refused(url)).toMatch(/it can only be read/);
  });

  test('a server that is too old, or that a power cut would cost what was acknowledged', () => {
    const usual = {
      version: 170_002,
      named: '17.2',
      encoding: 'UTF8',
      fsync: 'on',
      schema: 'public',
      ours: false,
      others: null,
    };
    const wrong = (over: Partial<Found>) => wrongWith({ ...usual, ...over }, serverOf(server.urlOf('anju')));
    expect(wrong({})).toBeUndefined();
    expect(wrong({ version: 140_011, named: '14.11' })).toBe('it is version 14.11; 15 or later is needed');
    expect(wrong({ fsync: 'off' })).toContain('set fsync = on');
    expect(wrong({ schema: null })).toContain('GRANT ALL ON SCHEMA public TO anju');
  });
});
