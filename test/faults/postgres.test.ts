import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { hookServer, secret } from '../alerts/support/hook-server.ts';
import { smallTown } from '../support/community.ts';
import { type PostgresServer, postgres } from '../support/postgres.ts';
import {
  alertsOf,
  call,
  eventually,
  login,
  type RunningService,
  removeFolder,
  spawnService,
  temporaryFolder,
} from '../support/service.ts';
import { puback, RawBand } from './support/band.ts';

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

/** A service with its records in a database of its own, and the daughter of `r0` at a webhook. */
async function town() {
  count += 1;
  const [dataDir, url, hook] = [temporaryFolder(), await server.createDatabase(`town_${count}`), await hookServer()];
  ends.push(
    () => removeFolder(dataDir),
    () => hook.close(),
  );
  const start = async () => {
    const service = await spawnService(dataDir, { ANJU_RECORDS_URL: url });
    ends.push(() => service.kill('SIGKILL'));
    return { service, admin: await login(service) };
  };
  const running = await start();
  const imported = await call(running.service, running.admin, 'POST', '/import', withDaughter(`${hook.url}/daughter`));
  expect(imported.status).toBeLessThan(300);
  return { ...running, dataDir, url, hook, start };
}

function withDaughter(address: string) {
  const document = smallTown(2);
  const channels = [{ kind: 'webhook', address, secret }];
  document.residents[0]?.contacts.push({ id: 'daughter', name: 'Mei', order: 1, channels });
  return document;
}

async function press(service: RunningService): Promise<boolean> {
  const band = await RawBand.connect('band-0', service.mqttPort);
  band.publish({ topic: 'event', facts: { t: Date.now(), seq: 1, event: 'sos' }, packetId: 1 });
  const isAcknowledged = await band.answered(puback, 1);
  band.hangUp();
  return isAcknowledged;
}

type Health = { readonly status: number; readonly records: string };
async function healthOf({ http }: RunningService): Promise<Health> {
  const response = await fetch(`${http}/health/ready`);
  const { checks } = (await response.json()) as { checks: { records: string } };
  return { status: response.status, records: checks.records };
}

const isReady = (service: RunningService) =>
  eventually(async () => ((await healthOf(service)).status === 200 ? true : undefined), 20_000);

async function helpFor(service: RunningService, admin: string) {
  const alerts = await alertsOf(service, admin, 'resident=r0&type=sos');
  return alerts.length > 0 ? alerts : undefined;
}

async function linesOf(service: RunningService, admin: string, id: string): Promise<string[]> {
  const { json } = await call(service, admin, 'GET', `/alerts/${id}`);
  return (json as { timeline: { what: string; who: string }[] }).timeline.map(({ what, who }) => `${what} ${who}`);
}

test('PostgreSQL is killed while somebody calls for help: the family is told at once, nobody can act, health says so; back again the alert is there once', async () => {
  const { service, admin, hook } = await town();
  const [isAcknowledged] = await Promise.all([press(service), server.kill()]);
  ends.push(() => server.start().catch(() => undefined));
  expect(isAcknowledged).toBe(true);
  expect(await eventually(() => hook.posted[0], 1_500)).toMatchObject({ path: '/daughter' });
  const { id } = hook.posted[0]!.alert;
  const claimed = await call(service, admin, 'POST', `/alerts/${id}/actions`, { action: 'claim' });
  expect([claimed.status, JSON.stringify(claimed.json)]).toEqual([503, expect.stringContaining('PostgreSQL')]);
  const health = await healthOf(service);
  expect(health).toEqual({
    status: 503,
    records: expect.stringMatching(/^since 20.*Z: the records in PostgreSQL cannot be reached; .*People/),
  });

  await server.start();
  ends.pop();
  expect(await isReady(service)).toBe(true);
  expect(await eventually(() => helpFor(service, admin), 10_000)).toMatchObject([{ id, count: 1, state: 'open' }]);
  expect((await linesOf(service, admin, id)).filter((line) => line.startsWith('raised'))).toHaveLength(1);
  expect(hook.posted.filter(({ path }) => path === '/daughter')).toHaveLength(1);
  expect((await call(service, admin, 'POST', `/alerts/${id}/actions`, { action: 'claim' })).status).toBe(200);
  expect((await healthOf(service)).records).toBe('ok');
  expect(service.stderr()).not.toContain('word%40');
});

test('PostgreSQL hangs: the family is told within a second, and the alert is there once when it goes on', async () => {
  const { service, admin, hook } = await town();
  server.pause();
  ends.push(() => server.goOn());
  const startMs = performance.now();
  expect(await press(service)).toBe(true);
  await eventually(() => hook.posted[0]);
  expect(performance.now() - startMs).toBeLessThan(2_000);
  server.goOn();
  expect(await isReady(service)).toBe(true);
  expect(await eventually(() => helpFor(service, admin), 10_000)).toMatchObject([{ count: 1 }]);
  expect(hook.posted).toHaveLength(1);
});

test('the service is killed as well before PostgreSQL is back: started again, the alert is there once, and told under the same id', async () => {
  const { service, hook, start } = await town();
  await server.kill();
  expect(await press(service)).toBe(true);
  expect(await eventually(() => hook.posted[0])).toBeDefined();
  await service.kill('SIGKILL');
  await expect(start()).rejects.toThrow(/the records in PostgreSQL .* cannot be opened: it cannot be reached/);
  await server.start();
  const again = await start();
  expect(await eventually(() => helpFor(again.service, again.admin))).toMatchObject([{ count: 1, state: 'open' }]);
  expect(new Set(hook.posted.map(({ id }) => id)).size).toBe(1);
  expect(new Set(hook.posted.map(({ alert }) => alert.id)).size).toBe(1);
});

test('stopped while PostgreSQL hangs: it ends in order, and what it could not store is there once after the next start', async () => {
  const { service, hook, start } = await town();
  server.pause();
  ends.push(() => server.goOn());
  expect(await press(service)).toBe(true);
  expect(await eventually(() => hook.posted[0])).toBeDefined();
  expect(await service.kill('SIGTERM')).toBe(0);
  server.goOn();
  const again = await start();
  expect(await eventually(() => helpFor(again.service, again.admin))).toMatchObject([{ count: 1, state: 'open' }]);
  expect(new Set(hook.posted.map(({ id }) => id)).size).toBe(1);
});

test('a second service on the same database is refused with a sentence; so is a folder whose records are elsewhere', async () => {
  const { service, dataDir, url } = await town();
  const other = temporaryFolder();
  ends.push(() => removeFolder(other));
  const refused = await spawnService(other, { ANJU_RECORDS_URL: url }).catch((error: Error) => error.message);
  expect(refused).toMatch(/anju: another service from 127\.0\.0\.1.* uses the records in PostgreSQL .*: stop it first/);
  expect(refused).not.toContain('word%40');
  await service.kill('SIGTERM');
  await expect(spawnService(dataDir)).rejects.toThrow(
    /are in PostgreSQL: set ANJU_RECORDS_URL, or take another folder/,
  );
  const another = await server.createDatabase(`another_${count}`);
  await expect(spawnService(dataDir, { ANJU_RECORDS_URL: another })).rejects.toThrow(/are in another database/);
});

test('20,000 residents are being imported: somebody who calls for help is heard and told meanwhile', async () => {
  const { service, admin, hook } = await town();
  const { areas, residents } = smallTown(20_000);
  const importing = { isOver: false };
  const done = call(service, admin, 'POST', '/import', { areas, residents: residents.slice(2) }).then((answer) => {
    importing.isOver = true;
    return answer;
  });
  const staged = async () => (await server.ask('select 1 from staged_writes limit 1', `town_${count}`))[0];
  expect(await eventually(staged, 20_000)).toBeDefined();
  const startMs = performance.now();
  expect(await press(service)).toBe(true);
  await eventually(() => hook.posted[0]);
  const tookMs = performance.now() - startMs;
  expect(importing.isOver).toBe(false);
  expect(tookMs).toBeLessThan(1_000);
  expect((await done).status).toBeLessThan(300);
  expect(await helpFor(service, admin)).toMatchObject([{ count: 1 }]);
});
