import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anju } from '../support/anju.ts';
import { smallTown, tokenOf } from '../support/community.ts';
import { binaries, type PostgresServer, postgres } from '../support/postgres.ts';
import {
  alertsOf,
  call,
  connect,
  eventually,
  login,
  type RunningService,
  removeFolder,
  spawnService,
  temporaryFolder,
} from '../support/service.ts';

const folder = temporaryFolder();
const [dataDir, copy, dump] = ['data', 'copy', 'records.dump'].map((name) => join(folder, name)) as [
  string,
  string,
  string,
];
let server: PostgresServer;
let url = '';
let session = '';

beforeAll(async () => {
  server = await postgres();
  url = await server.createDatabase('anju');
  const service = await spawnService(dataDir, { ANJU_RECORDS_URL: url });
  session = await login(service);
  await call(service, session, 'POST', '/import', smallTown(2));
  const band = await connect(service, 'band-0', tokenOf('band-0'));
  await band.publishAsync('v1/devices/band-0/event', JSON.stringify({ seq: 1, event: 'sos' }), { qos: 1 });
  await band.endAsync();
  await eventually(async () => (await helpIn(service, session))[0]);
  const made = await anju(dataDir, ['backup', copy]);
  expect(made).toMatchObject({ status: 0, stdout: expect.stringContaining('copy them now, with pg_dump') });
  execFileSync(join(binaries(), 'pg_dump'), ['--format=custom', `--file=${dump}`, url]);
  await service.kill('SIGTERM');
});
afterAll(async () => {
  await server.remove();
  removeFolder(folder);
});

const helpIn = (service: RunningService, token: string) => alertsOf(service, token, 'resident=r0&type=sos');

test('readings from a backup and records from pg_dump make the service what it was; everybody has to log in again', async () => {
  const there = join(folder, 'elsewhere');
  const otherUrl = await server.createDatabase('elsewhere');
  const withUrl = { ANJU_RECORDS_URL: otherUrl };
  expect((await anju(there, ['restore', copy])).stderr).toContain(
    'put them back with pg_restore, set ANJU_RECORDS_URL',
  );
  expect((await anju(there, ['restore', copy], withUrl)).stderr).toContain('put them back first, with pg_restore');
  execFileSync(join(binaries(), 'pg_restore'), ['--no-owner', `--dbname=${otherUrl}`, dump]);
  expect(await anju(there, ['restore', copy], withUrl)).toMatchObject({ status: 0, stderr: '' });
  const service = await spawnService(there, withUrl);
  expect((await call(service, session, 'GET', '/alerts')).status).toBe(401);
  expect(await helpIn(service, await login(service))).toMatchObject([{ count: 1, state: 'open' }]);
  expect(await service.kill('SIGTERM')).toBe(0);
});

test('a folder that has records of its own is not left aside', async () => {
  const own = join(folder, 'own');
  await anju(own, ['export']);
  const { status, stderr } = await anju(own, ['export'], { ANJU_RECORDS_URL: url });
  expect([status, stderr]).toEqual([1, expect.stringContaining('unset it, or take another folder')]);
});

test('on the command line: verified, audited, administered and explained without a service', async () => {
  const withUrl = { ANJU_RECORDS_URL: url };
  const verified = await anju(dataDir, ['store', 'verify'], withUrl);
  expect(verified).toMatchObject({ status: 0, stdout: expect.stringMatching(/2 residents.*1 open alerts.*whole/s) });
  expect(await anju(dataDir, ['audit', 'verify'], withUrl)).toMatchObject({ status: 0 });
  expect(await anju(dataDir, ['device', 'revoke', 'band-1'], withUrl)).toMatchObject({ status: 0 });
  expect((await anju(dataDir, ['export'])).stderr).toContain('are in PostgreSQL: set ANJU_RECORDS_URL');
  expect(await anju(dataDir, ['serve'], { ANJU_RECORDS_URL: 'mysql://u:secret@h/d' })).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/ANJU_RECORDS_URL must be postgres:\/\/user:password@host:port\/database/),
  });
});

test('who is erased is in no table and in no file of a table any more', async () => {
  const withUrl = { ANJU_RECORDS_URL: url };
  expect((await filesWith('Resident 1')).length).toBeGreaterThan(0);
  expect(await anju(dataDir, ['person', 'erase', 'r1', '--confirm', 'r1'], withUrl)).toMatchObject({ status: 0 });
  expect(await filesWith('Resident 1')).toEqual([]);
  expect((await filesWith('Resident 0')).length).toBeGreaterThan(0);
});

/** Files of our tables that hold this text, once the server has written everything. */
async function filesWith(text: string): Promise<string[]> {
  await server.ask('checkpoint');
  const rows = await server.ask(
    `select current_setting('data_directory') || '/' || pg_relation_filepath(oid) as file
      from pg_class where relkind in ('r', 't') and relnamespace in ('public'::regnamespace, 'pg_toast'::regnamespace)`,
    'anju',
  );
  return rows.map(({ file }) => String(file)).filter((file) => readFileSync(file).includes(text));
}
