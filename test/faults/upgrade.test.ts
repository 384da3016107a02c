import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ClassicLevel } from 'classic-level';
import { Kysely } from 'kysely';
import { afterEach, expect, test } from 'vitest';
import { start } from '../../store/records/migrations/0001-start.ts';
import { nodeSqliteDialect, openSqlite } from '../../store/records/sqlite-dialect.ts';
import { openTelemetry } from '../../store/telemetry/telemetry.ts';
import { anju } from '../support/anju.ts';
import { call, login, removeFolder, temporaryFolder } from '../support/service.ts';
import { startHere } from './support/live-service.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A data folder whose records are those of the first version: a street, somebody in it, and her alert of last year. */
async function folderOfTheFirstVersion(): Promise<string> {
  const dataDir = temporaryFolder();
  ends.push(() => removeFolder(dataDir));
  const database = openSqlite(join(dataDir, 'records.sqlite'));
  const db = new Kysely<unknown>({ dialect: nodeSqliteDialect(database) });
  await start.up(db);
  const alert = { id: 'a1', family: 'help', type: 'sos', types: ['sos'], severity: 'P1', state: 'resolved', count: 1 };
  const where = { residentId: 'wang', areaId: 'street', deviceIds: [], late: false, suspected: false, evidence: {} };
  const when = { openedAtMs: atMs, updatedAtMs: atMs, resolvedAtMs: atMs, revision: 2 };
  const doc = JSON.stringify({ ...alert, ...where, ...when, summary: { zh: '求助', en: 'help' } });
  database.exec(`
    create table kysely_migration (name varchar(255) not null primary key, timestamp varchar(255) not null);
    create table kysely_migration_lock (id varchar(255) not null primary key, is_locked integer default 0 not null);
    insert into kysely_migration_lock values ('migration_lock', 0);
    insert into kysely_migration values ('0001-start', '2025-01-01T00:00:00.000Z');
    insert into areas (id, doc) values ('street', '{"id":"street","name":"Street","kind":"street"}');
    insert into residents (id, doc, area_id)
      values ('wang', '{"id":"wang","name":"Wang","areaId":"street","contacts":[]}', 'street');`);
  const insert = 'insert into alerts (id, types, severity, state, resident_id, area_path, opened_at_ms, doc) values';
  database.prepare(`${insert} ('a1', '/sos/', 'P1', 'resolved', 'wang', '/street/', ?, ?)`).run(atMs, doc);
  await db.destroy();
  return dataDir;
}
const atMs = Date.now() - 30 * 24 * 3_600_000;

test('records of the first version are brought up to date by the first start, and nothing of them is lost', async () => {
  const dataDir = await folderOfTheFirstVersion();
  const service = await startHere(dataDir);
  ends.push(() => service.stop());
  const admin = await login(service);
  expect((await call(service, admin, 'GET', '/residents/wang')).json).toMatchObject({ id: 'wang', name: 'Wang' });
  expect((await call(service, admin, 'GET', '/alerts/a1')).json).toMatchObject({ id: 'a1', state: 'resolved' });
});

test('records that a later version has changed are refused in a sentence that says what to do, and stay as they are', async () => {
  const dataDir = await folderOfTheFirstVersion();
  const file = new DatabaseSync(join(dataDir, 'records.sqlite'));
  file.exec(`insert into kysely_migration values ('0999-later', '2099-01-01T00:00:00.000Z')`);
  const { status, stderr } = await anju(dataDir, ['serve']);
  expect({ status, lines: stderr.trim().split('\n').length }).toEqual({ status: 1, lines: 1 });
  expect(stderr).toMatch(/^anju: the records file .*\(a later version has changed it \(0999-later\): use that version/);
  expect(file.prepare('select name from kysely_migration').all()).toHaveLength(2);
  file.close();
});

test('readings of an earlier form are refused in a sentence that says what to do; moved away, the service starts', async () => {
  const dataDir = temporaryFolder();
  ends.push(() => removeFolder(dataDir));
  const telemetry = join(dataDir, 'telemetry');
  mkdirSync(telemetry);
  await (await openTelemetry(telemetry)).close();
  const rows = new ClassicLevel(join(telemetry, 'rows'));
  await rows.put(`r!wang!${String(atMs).padStart(16, '0')}!band-1:s17!`, '2abcde');
  await rows.close();
  const { status, stderr } = await anju(dataDir, ['serve']);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^anju: the readings in .*telemetry have a form of an earlier version.*move that folder away/);
  removeFolder(telemetry);
  const service = await startHere(dataDir);
  await service.stop();
});
