import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { webhookSecretOf } from '../../alerts/channels/webhook.ts';
import { eventually } from './support/eventually.ts';
import { hookServer } from './support/hook-server.ts';
import { type House, house, reachedAt } from './support/house.ts';
import { at, clear, daughter, raise, request } from './support/night.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A family of three, and a records file that outlives each desk. */
async function family() {
  const folder = await mkdtemp(join(tmpdir(), 'anju-desk-'));
  const server = await hookServer();
  ends.push(
    () => rm(folder, { recursive: true }),
    () => server.close(),
  );
  const contacts = ['daughter', 'son', 'neighbour'].map((id, order) => reachedAt(server, id, order));
  const file = join(folder, 'records.sqlite');
  return {
    server,
    /** A desk in a process of its own that is killed while it tells `victim`. */
    async killed(clock: string, victim: string): Promise<void> {
      const script = join(import.meta.dirname, 'support', 'killed-desk.ts');
      const env = { ...process.env, HOOK_URL: server.url };
      const child = spawn(process.execPath, [script, file, clock, victim], {
        env,
        stdio: ['ignore', 'inherit', 'inherit'],
      });
      const [, signal] = await once(child, 'exit');
      expect(signal).toBe('SIGKILL');
    },
    async started(clock: string): Promise<House> {
      const home = await house({ contacts, file, clock });
      ends.push(() => home.close());
      return home;
    },
    told: () => server.posted.map(({ path }) => path),
  };
}

test('killed while telling the daughter: after the restart she is told, under the same id, once', async () => {
  const { server, killed, started, told } = await family();
  await killed('02:10', 'daughter');
  const home = await started('02:10:20');
  await eventually(() => told().length === 1);
  const [{ id } = { id: '' }] = await home.records.notificationsOf(home.only().id);
  await home.desk.apply([raise('02:10')]); // the outbox of the readings says it again
  await home.moveTo('02:10:30');
  await home.desk.stop(1000);
  expect(server.posted.map((post) => `${post.path} ${post.id}`)).toEqual([`/daughter ${id}`]);
  expect(home.only()).toMatchObject({ count: 1, revision: 1 });
});

test('killed after telling the daughter: she is not told again, and the son has his turn at 02:11', async () => {
  const { killed, started, told } = await family();
  await killed('02:10', 'nobody');
  const home = await started('02:10:20');
  await home.moveTo('02:10:59');
  expect(told()).toEqual([]);
  await home.moveTo('02:11');
  await eventually(() => told().length === 1);
  await home.desk.stop(1000);
  expect(told()).toEqual(['/son']);
});

test('down from 02:10 to 02:16: every step of those minutes is taken, once', async () => {
  const { killed, started, told } = await family();
  await killed('02:10', 'nobody');
  const home = await started('02:16');
  await home.moveTo('02:16:59');
  await home.moveTo('02:17');
  await eventually(() => told().length === 2);
  await home.desk.stop(1000);
  expect(told().sort()).toEqual(['/neighbour', '/son']);
  expect(home.apps).toEqual(['worker', 'operator', 'worker']);
  const line = (await home.records.timeline(home.only().id)).map(({ what, who }) => `${what} ${who}`);
  expect(line).toEqual([
    'raised service',
    'notified daughter',
    'escalated service',
    'notified son',
    'escalated service',
    'notified worker',
    'escalated service',
    'notified neighbour',
    'escalated service',
    'notified operator',
    'sent service',
    'notified worker',
  ]);
});

test('killed while telling the son at 02:11: he is told after the restart, then the neighbour, then it ends', async () => {
  const { killed, started, told } = await family();
  await killed('02:11', 'son');
  const home = await started('02:11:10');
  await eventually(() => told().length === 1);
  await home.moveTo('02:11:59');
  await home.moveTo('02:12');
  await eventually(() => told().length === 2);
  await home.moveTo('02:14');
  await home.desk.stop(1000);
  expect(told()).toEqual(['/son', '/neighbour']);
  const sent = await home.records.notificationsOf(home.only().id);
  expect(sent.map(({ recipientId, state }) => `${recipientId} ${state}`).sort()).toEqual([
    'daughter delivered',
    'neighbour delivered',
    'operator delivered',
    'operator sent',
    'son delivered',
    'worker delivered',
    'worker delivered',
    'worker sent',
    'worker sent',
  ]);
});

test('what was answered before stays answered', async () => {
  const { started, told } = await family();
  const before = await started('02:10');
  await before.desk.apply([raise('02:10')]);
  await before.desk.act(before.only().id, request('enRoute'), daughter, at('02:10:30'));
  await before.desk.stop(5000);
  await before.close();
  const after = await started('02:30');
  await after.moveTo('03:00');
  expect(after.only()).toMatchObject({ state: 'enRoute', assignee: 'daughter' });
  await after.desk.stop(1000);
  expect(told()).toEqual(['/daughter']);
});

test('a clear that meant nothing means nothing when it is said again after a restart', async () => {
  const { started } = await family();
  const low = { type: 'batteryLow', severity: 'P4' } as const;
  const before = await started('02:10');
  await before.desk.apply([clear('02:10', low)]);
  await before.desk.apply([raise('02:20', low)]);
  await before.close();
  const after = await started('02:30');
  await after.desk.apply([clear('02:10', low), raise('02:20', low)]);
  expect(after.only()).toMatchObject({ state: 'open', count: 1 });
});

test('the signing secret is made once', async () => {
  const { started } = await family();
  const before = await started('02:10');
  const made = await webhookSecretOf(before.records);
  expect(made).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  await before.close();
  expect(await webhookSecretOf((await started('02:20')).records)).toBe(made);
});
