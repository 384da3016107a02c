import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import { afterEach, expect, test } from 'vitest';
import { Checkpointer } from '../../store/records/checkpointer.ts';
import { nodeSqliteDialect, openSqlite } from '../../store/records/sqlite-dialect.ts';
import { WalFile } from '../../store/records/wal-file.ts';
import { endOf } from '../../store/records/wal-format.ts';
import { removeFolder, temporaryFolder } from '../support/service.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A file of notes, written as the records are. */
function notes() {
  const folder = temporaryFolder();
  const file = join(folder, 'notes.sqlite');
  const database = openSqlite(file);
  ends.push(() => removeFolder(folder));
  database.exec('create table notes (text text)');
  const write = (text: string) => database.prepare('insert into notes values (?)').run(text);
  const frames = () => Number(database.prepare('pragma wal_checkpoint(noop)').get()?.log);
  const salts = () => readFileSync(`${file}-wal`).subarray(16, 24).toString('hex');
  return { file, database, write, frames, salts };
}

test('the log begins anew only when the checkpointer says so: whoever writes never waits for the disk to have its header', () => {
  const { file, database, write, frames, salts } = notes();
  const checkpointer = new Checkpointer(file);
  ends.push(
    () => database.close(),
    () => checkpointer.close(),
  );
  const first = salts();
  for (let round = 1; round <= 5; round += 1) {
    write(`round ${round}`);
    expect(checkpointer.copy()).toEqual({ frames: frames(), copied: frames() });
    expect(checkpointer.copy()).toEqual({ frames: frames(), copied: frames() });
  }
  write('everything before is copied');
  expect(salts()).toBe(first);
  expect(checkpointer.beginAnew(false)).toBe(true);
  expect(salts()).not.toBe(first);
  expect(frames()).toBe(1);
});

test('somebody reads in the log: it goes on as it was, and begins anew when they have gone', () => {
  const { file, database, write, salts } = notes();
  const checkpointer = new Checkpointer(file);
  const reader = new DatabaseSync(file, { readOnly: true });
  ends.push(
    () => database.close(),
    () => checkpointer.close(),
  );
  write('read by somebody');
  reader.exec('begin');
  reader.prepare('select count(*) from notes').get();
  write('written meanwhile');
  const first = salts();
  expect(checkpointer.beginAnew(true)).toBe(false);
  write('and after it');
  expect(salts()).toBe(first);
  reader.close();
  expect(checkpointer.beginAnew(true)).toBe(true);
  expect(database.prepare('select count(*) as count from notes').get()).toMatchObject({ count: 3 });
});

test('writes are held: who reads is answered, who writes waits a moment, and is refused in words when it takes longer', async () => {
  const { database } = notes();
  const dialect = nodeSqliteDialect(database);
  const db = new Kysely<{ notes: { text: string } }>({ dialect });
  ends.push(() => db.destroy());
  const write = (text: string) => db.insertInto('notes').values({ text }).execute();
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
  const hold = dialect.holdWrites(() => held);
  const refused = write('while it is held').catch((error: Error) => error.message);
  expect(await db.selectFrom('notes').selectAll().execute()).toEqual([]);
  expect(await refused).toBe('the records cannot be written at the moment (the disk is slow); try again');
  letGo();
  await hold;
  const { promise: heldAgain, resolve: letGoAgain } = Promise.withResolvers<void>();
  const again = dialect.holdWrites(() => heldAgain);
  const waiting = db.transaction().execute((trx) => trx.insertInto('notes').values({ text: 'in time' }).execute());
  letGoAgain();
  await Promise.all([again, waiting]);
  expect(await db.selectFrom('notes').selectAll().execute()).toEqual([{ text: 'in time' }]);
});

test('a sync failed: what may never have reached the disk is written once more, byte for byte, and what the system has lost is told', async () => {
  const { file, database, write, frames } = notes();
  ends.push(() => database.close());
  for (let n = 1; n <= 20; n += 1) write(`note ${n}`);
  const log = await WalFile.open(file);
  ends.push(() => log.close());
  const before = readFileSync(`${file}-wal`);
  for (const from of [0, 7]) await log.rewrite({ from, to: frames() });
  expect(readFileSync(`${file}-wal`).equals(before)).toBe(true);
  const open = openSync(`${file}-wal`, 'r+');
  writeSync(open, Buffer.alloc(512, 0xff), 0, 512, endOf(9, 4_096) + 600);
  closeSync(open);
  await log.rewrite({ from: 10, to: frames() });
  await expect(log.rewrite({ from: 7, to: frames() })).rejects.toThrow(/has lost a part of what was recorded/);
});
