import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { AlertView } from '../../model/alert.ts';
import { smallTown } from '../support/community.ts';
import {
  alertsOf,
  call,
  eventually,
  listen,
  login,
  type RunningService,
  removeFolder,
  spawnService,
  temporaryFolder,
} from '../support/service.ts';
import { type BadSyncs, withBadSyncs } from './support/bad-syncs.ts';
import { puback, RawBand } from './support/band.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const firstLog = 'telemetry/rows/000003.log';
const recordsFiles = ['records.sqlite', 'records.sqlite-wal'];

type Town = { readonly dataDir: string; readonly service: RunningService; readonly admin: string };

async function started(dataDir: string, bad: BadSyncs): Promise<Town> {
  const files = bad.files.map((file) => join(dataDir, file));
  const service = await spawnService(dataDir, {}, withBadSyncs({ ...bad, files }));
  ends.push(() => service.kill('SIGKILL'));
  return { dataDir, service, admin: await login(service) };
}

/** A town whose disk is bad from its first start on. */
async function townWith(bad: BadSyncs): Promise<Town> {
  const dataDir = temporaryFolder();
  ends.push(() => removeFolder(dataDir));
  const town = await started(dataDir, bad);
  expect((await call(town.service, town.admin, 'POST', '/import', smallTown(2))).status).toBeLessThan(300);
  return town;
}

/** A town whose disk goes bad after its first day. */
async function laterWith(bad: BadSyncs): Promise<Town> {
  const { dataDir, service } = await townWith({ files: ['no file'], takesMs: 0 });
  await service.kill('SIGTERM');
  return started(dataDir, bad);
}

/** A device that never gives up: each message again on a new connection until it is acknowledged. */
async function publishAll(service: RunningService, bandId: string, messages: number): Promise<{ connections: number }> {
  let band = await RawBand.connect(bandId, service.mqttPort);
  let connections = 1;
  for (let n = 1; n <= messages; n++) {
    const facts = { t: startMs + n, seq: n, ...(n % 10 === 0 ? { event: 'sos' } : { steps: n }) };
    for (let isAgain = false; ; isAgain = true) {
      band.publish({ topic: n % 10 === 0 ? 'event' : 'telemetry', facts, packetId: n, dup: isAgain });
      if (await band.answered(puback, n)) break;
      band = await RawBand.connect(bandId, service.mqttPort);
      connections += 1;
    }
  }
  band.hangUp();
  return { connections };
}
const startMs = Date.now() - 60_000;

/** A look that cannot be noted down is refused with 503: then once more. */
function stepsOf(service: RunningService, admin: string): Promise<number[] | undefined> {
  return eventually(async () => {
    const path = '/residents/r0/readings?metric=steps&limit=10000';
    const { status, json } = await call(service, admin, 'GET', path);
    return status === 503 ? undefined : (json as { items: { value: number }[] }).items.map(({ value }) => value);
  });
}

async function pressesOf(service: RunningService, admin: string): Promise<number[]> {
  return (await alertsOf(service, admin, 'resident=r0&type=sos')).map(({ count }) => count);
}

/** After `messages` messages, now and after the next start. */
async function expectAll({ dataDir, service, admin }: Town, messages: number) {
  const steps = Array.from({ length: messages }, (_, i) => i + 1).filter((n) => n % 10 !== 0);
  const presses = [messages / 10];
  const settled = async (at: RunningService, token: string) =>
    eventually(async () => (`${await pressesOf(at, token)}` === `${presses}` ? presses : undefined));
  expect(await settled(service, admin)).toEqual(presses);
  expect(await stepsOf(service, admin)).toEqual(steps);
  await service.kill('SIGKILL');
  const again = await spawnService(dataDir);
  ends.push(() => again.kill('SIGKILL'));
  const token = await login(again);
  expect(await settled(again, token)).toEqual(presses);
  expect(await stepsOf(again, token)).toEqual(steps);
}

test('a sync of the readings fails: nobody is told that it did not, what is sent again is kept once, each SOS counts once', async () => {
  const town = await townWith({ files: [firstLog], fails: 'EIO', which: '8' });
  const { connections } = await publishAll(town.service, 'band-0', 30);
  expect(connections).toBeGreaterThan(1);
  expect(town.service.stderr()).toContain('commit failed: nothing is acknowledged until the store is open again');
  await expectAll(town, 30);
});

test('syncs of the records fail again and again: devices are answered all the same, each SOS is one alert, counted once', async () => {
  const town = await laterWith({ files: recordsFiles, fails: 'EIO', which: '3+3' });
  const { connections } = await publishAll(town.service, 'band-0', 60);
  expect(connections).toBe(1);
  // Nobody waits for these syncs, so devices may be answered before the first of them has failed.
  for (const sentence of ['the disk does not take the records; it is tried again', 'the disk takes the records again'])
    expect(await eventually(() => town.service.stderr().includes(sentence) || undefined), sentence).toBe(true);
  await expectAll(town, 60);
});

test('each sync takes 30 ms: slower, and nothing else', async () => {
  const town = await townWith({ files: [firstLog, ...recordsFiles], takesMs: 30 });
  expect((await publishAll(town.service, 'band-0', 20)).connections).toBe(1);
  await expectAll(town, 20);
});

test('the disk hangs while a hub sends on and on: an SOS behind hundreds of readings is told, and nothing acknowledged', async () => {
  const { service, admin } = await townWith({ files: [firstLog], takesMs: 12_000 });
  const seen: AlertView[] = [];
  ends.push(
    await listen(service, admin, ({ event, data }) => void (event === 'alert' && seen.push(data as AlertView))),
  );
  const band = await RawBand.connect('band-0', service.mqttPort);
  for (let n = 1; n <= 1_000; n++) {
    band.publish({ topic: 'telemetry', facts: { t: startMs + n, seq: n, steps: n }, packetId: n });
  }
  band.publish({ topic: 'event', facts: { t: Date.now(), seq: 1_001, event: 'sos' }, packetId: 1_001 });
  expect(await eventually(() => seen.find(({ type }) => type === 'sos'), 9_000)).toMatchObject({ residentId: 'r0' });
  expect(band.answers).toEqual([]);
});

test('syncs of the records hang: readings and SOS are acknowledged and seen as ever, health says so, and only who writes waits', {
  timeout: 120_000,
}, async () => {
  const hangsMs = 6_000;
  const town = await laterWith({ files: recordsFiles, takesMs: hangsMs, which: '3+' });
  const { service, admin } = town;
  const seen: number[] = [];
  ends.push(
    await listen(service, admin, ({ event, data }) => event === 'alert' && seen.push((data as AlertView).count)),
  );
  const answers: number[] = [];
  let asked = 0;
  const change = async (): Promise<void> => {
    asked += 1;
    answers.push((await call(service, admin, 'PATCH', '/residents/r1', { notes: `${asked}` })).status);
  };
  const hangs = async () => {
    if (answers.length === asked) void change();
    return (await recordsIn(service)).startsWith('the disk has been writing what is recorded for') || undefined;
  };
  expect(await eventually(hangs, 60_000)).toBe(true);
  void change(); // waits for this sync and the next
  const startMs = performance.now();
  expect((await publishAll(service, 'band-0', 20)).connections).toBe(1);
  expect(await eventually(() => seen.includes(2) || undefined)).toBe(true);
  expect(performance.now() - startMs).toBeLessThan(hangsMs / 2);
  expect(answers.length).toBeLessThan(asked);
  expect(await eventually(() => answers.length === asked || undefined, 3 * hangsMs)).toBe(true);
  expect(new Set(answers)).toEqual(new Set([200]));
  await expectAll(town, 20);
});

async function recordsIn({ http }: RunningService): Promise<string> {
  const { checks } = (await (await fetch(`${http}/health/ready`)).json()) as { checks: { records: string } };
  return checks.records;
}
