import { closeSync, cpSync, openSync, readdirSync, readSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { syncedOf } from '../../store/records/synced-mark.ts';
import { anju } from '../support/anju.ts';
import { smallTown } from '../support/community.ts';
import { alertsOf, call, eventually, login, removeFolder, spawnService, temporaryFolder } from '../support/service.ts';
import { puback, RawBand } from './support/band.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function started(dataDir: string) {
  const service = await spawnService(dataDir);
  ends.push(() => service.kill('SIGKILL'));
  return { service, admin: await login(service) };
}

const messages = 120;
/** Presses write the records. */
const pressEvery = 4;

/** A town that was killed after an evening of readings and presses; everything of it is in the logs of both stores. */
async function evening(): Promise<string> {
  const dataDir = temporaryFolder();
  const { service, admin } = await started(dataDir);
  expect((await call(service, admin, 'POST', '/import', smallTown(2))).status).toBeLessThan(300);
  const band = await RawBand.connect('band-0', service.mqttPort);
  for (let n = 1; n <= messages; n++) {
    const facts = { t: Date.now(), seq: n, ...(n % pressEvery === 0 ? { event: 'sos' } : { steps: n }) };
    band.publish({ topic: n % pressEvery === 0 ? 'event' : 'telemetry', facts, packetId: n });
    expect(await band.answered(puback, n)).toBe(true);
  }
  const isTold = async () =>
    (await alertsOf(service, admin, 'type=sos'))[0]?.count === messages / pressEvery || undefined;
  expect(await eventually(isTold)).toBe(true);
  const file = join(dataDir, 'records.sqlite');
  const bytes = statSync(`${file}-wal`).size;
  const isConfirmed = async () => {
    // A write, as often as one likes (log-ins are limited): how far the disk has confirmed them is noted once a second.
    await call(service, admin, 'POST', '/import', smallTown(2));
    return ((await syncedOf(file))?.frames ?? 0) * 4_120 > bytes * 0.9 || undefined;
  };
  expect(await eventually(isConfirmed)).toBe(true);
  await service.kill('SIGKILL');
  return dataDir;
}

const evenings = evening();
afterAll(async () => removeFolder(await evenings));

/** A copy of it to damage. */
async function morningAfter(): Promise<string> {
  const dataDir = temporaryFolder();
  ends.push(() => removeFolder(dataDir));
  cpSync(await evenings, dataDir, { recursive: true });
  return dataDir;
}

/** Turns every bit of some bytes, `share` of the way into a file. */
function scratch(file: string, share: number): void {
  const at = Math.floor(statSync(file).size * share);
  const bytes = Buffer.alloc(16);
  const open = openSync(file, 'r+');
  readSync(open, bytes, 0, 16, at);
  writeSync(
    open,
    bytes.map((byte) => byte ^ 0xff),
    0,
    16,
    at,
  );
  closeSync(open);
}

/** The service runs, says what is damaged, and a press is an alert. */
async function expectServes(dataDir: string, check: 'history' | 'records', said: RegExp) {
  const { service, admin } = await started(dataDir);
  const health = await fetch(`${service.http}/health/ready`);
  expect(health.status).toBe(200);
  expect(((await health.json()) as { checks: object }).checks).toMatchObject({
    [check]: expect.stringMatching(/^\d+ damaged places were found; see the log$/),
  });
  expect(service.stderr()).toMatch(said);
  const band = await RawBand.connect('band-1', service.mqttPort);
  band.publish({ topic: 'event', facts: { t: Date.now(), seq: 1, event: 'sos' }, packetId: 1 });
  expect(await band.answered(puback, 1)).toBe(true);
  const alerts = async () => (await alertsOf(service, admin, 'resident=r1&type=sos')).map(({ count }) => count);
  expect(await eventually(async () => ((await alerts()).length > 0 ? alerts() : undefined))).toEqual([1]);
  const { json } = await call(service, admin, 'GET', '/residents/r0/readings?metric=steps&limit=10000');
  return (json as { items: { value: number }[] }).items.map(({ value }) => value);
}

function logOf(dataDir: string): string {
  const rows = join(dataDir, 'telemetry/rows');
  return join(rows, readdirSync(rows).find((name) => name.endsWith('.log')) ?? 'no log');
}

test('the last log of the readings is damaged: the service says what is missing, invents nothing, and serves', async () => {
  const dataDir = await morningAfter();
  scratch(logOf(dataDir), 0.5);
  const steps = await expectServes(
    dataDir,
    'history',
    /damage in the telemetry store: .*commit\(s\) missing, with \d+ reading/,
  );
  expect(steps.length).toBeGreaterThan(0);
  expect(steps.length).toBeLessThan(messages);
  expect(steps.filter((n) => !Number.isInteger(n) || n < 1 || n > messages || n % pressEvery === 0)).toEqual([]);
});

for (const [what, share, said] of [
  [
    'a change in the log of the records',
    0.75,
    /damage in the records: a change is damaged; it and \d+ later ones are lost/,
  ],
  ['the head of the log of the records', 0, /damage in the records: its header is damaged; every change in it is lost/],
] as const) {
  test(`${what} is damaged: verify and the service say so, every reading is there, and the service serves`, async () => {
    const dataDir = await morningAfter();
    scratch(join(dataDir, 'records.sqlite-wal'), share);
    const verified = await anju(dataDir, ['store', 'verify']);
    expect(verified).toMatchObject({ status: 1, stdout: expect.stringContaining('the log of the records') });
    if (share === 0) return; // the town was in that log, too
    const steps = await expectServes(dataDir, 'records', said);
    expect(steps).toHaveLength(messages - messages / pressEvery);
  });
}
