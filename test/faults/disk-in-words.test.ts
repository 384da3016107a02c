import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { DiskWatch } from '../../app/disk-watch.ts';
import { anju } from '../support/anju.ts';
import { smallTown } from '../support/community.ts';
import { call, eventually, login, type RunningService, spawnService } from '../support/service.ts';
import { puback, RawBand } from './support/band.ts';
import { type SmallDisk, smallDisk } from './support/small-disk.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

type Ready = { readonly status: number; readonly checks: Readonly<Record<string, string>> };

async function ready({ http }: RunningService): Promise<Ready> {
  const response = await fetch(`${http}/health/ready`);
  const { checks } = (await response.json()) as { checks: Record<string, string> };
  return { status: response.status, checks };
}

async function townOn(disk: SmallDisk): Promise<{ service: RunningService; admin: string }> {
  const service = await spawnService(join(disk.folder, 'data'), {}, disk.through);
  ends.push(() => service.kill('SIGKILL'));
  const admin = await login(service);
  await call(service, admin, 'POST', '/import', smallTown(2));
  return { service, admin };
}

/** Publishes with ballast until one is not acknowledged. */
async function publishUntilRefused(service: RunningService): Promise<void> {
  const band = await RawBand.connect('band-0', service.mqttPort);
  const note = 'x'.repeat(30_000);
  for (let n = 1; n < 2_000; n++) {
    band.publish({ topic: 'telemetry', facts: { seq: n, steps: n, note }, packetId: n });
    if (!(await band.answered(puback, n))) return;
  }
  throw new Error('the disk took everything');
}

function linesSaying(service: RunningService, words: string): number {
  return service
    .stderr()
    .split('\n')
    .filter((line) => line.includes(words)).length;
}

/** The whole episode as an operator sees it. */
async function livesThrough(service: RunningService, admin: string, mend: () => void): Promise<void> {
  expect((await ready(service)).status).toBe(200);
  await publishUntilRefused(service);
  const failing = await eventually(async () => {
    const found = await ready(service);
    return found.status === 503 ? found : undefined;
  });
  expect(failing?.checks.telemetry).toContain('nothing is acknowledged until it does');
  const look = await call(service, admin, 'GET', '/residents/r0/live');
  expect(look.status, 'whoever cannot be noted down is not shown, and is told so').toBe(503);
  await eventually(() => linesSaying(service, 'could not be opened again yet') || undefined);
  mend();
  expect(await eventually(async () => ((await ready(service)).status === 200 ? true : undefined), 20_000)).toBe(true);
  expect(await eventually(() => linesSaying(service, 'the disk takes readings again') || undefined)).toBe(1);
  expect(linesSaying(service, 'commit failed: nothing is acknowledged')).toBe(1);
  expect(linesSaying(service, 'could not be opened again yet')).toBe(1);
  const band = await RawBand.connect('band-1', service.mqttPort);
  band.publish({ topic: 'telemetry', facts: { seq: 1, steps: 1 }, packetId: 1 });
  expect(await band.answered(puback, 1)).toBe(true);
  band.hangUp();
}

test('the disk is full: health says so, the log says it once, and both say when it is over', {
  timeout: 60_000,
}, async () => {
  const disk = smallDisk();
  ends.push(() => disk.remove());
  const { service, admin } = await townOn(disk);
  disk.fill();
  await livesThrough(service, admin, () => disk.makeRoom(service.process.pid ?? 0));
});

test('the disk is read-only when it starts, which needs root to try: one sentence, and no start', async () => {
  const disk = smallDisk();
  ends.push(() => disk.remove());
  if (disk.through.length > 0) throw new Error('this story needs the right to mount a file system: run it as root');
  const dataDir = join(disk.folder, 'data');
  mkdirSync(dataDir);
  execFileSync('mount', ['-o', 'remount,ro', disk.folder]);
  expect(await anju(dataDir, ['serve'])).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/^anju: the data folder .* cannot be used: EROFS.*\n$/),
  });
});

test('a commit that takes long: not ready, said once, and over when it is written', () => {
  const said: string[] = [];
  const note = (_facts: object, message: string) => void said.push(message);
  const pipeline = { failing: false, writingSinceMs: undefined as number | undefined };
  const log = { error: note, warn: note, debug: note } as never; // the calls that are made
  const watch = new DiskWatch({ dataDir: '/', pipeline: () => pipeline, clock: () => 0, log });
  pipeline.writingSinceMs = 1_000;
  for (const nowMs of [2_000, 5_900]) watch.look(nowMs);
  expect(watch.isReady(5_900)).toBe(true);
  for (const nowMs of [6_100, 20_000]) watch.look(nowMs);
  expect(watch.isReady(20_000)).toBe(false);
  expect(watch.checks(20_000).telemetry).toContain('the same commit for 19 s');
  pipeline.writingSinceMs = undefined;
  watch.look(21_000);
  expect(said).toEqual([
    'the disk is slow: a commit is not written yet, nothing is acknowledged',
    'the disk has written the slow commit',
  ]);
});
