import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { AlertView } from '../../model/alert.ts';
import { smallTown } from '../support/community.ts';
import { alertsOf, call, eventually, listen, login, type RunningService, spawnService } from '../support/service.ts';
import { puback, RawBand } from './support/band.ts';
import { type SmallDisk, smallDisk } from './support/small-disk.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

type Town = { readonly disk: SmallDisk; readonly service: RunningService; readonly admin: string };

async function townOnSmallDisk(): Promise<Town> {
  const disk = smallDisk();
  ends.push(() => disk.remove());
  const service = await spawnService(join(disk.folder, 'data'), {}, disk.through);
  ends.push(() => service.kill('SIGKILL'));
  const admin = await login(service);
  expect((await call(service, admin, 'POST', '/import', smallTown(2))).status).toBeLessThan(300);
  return { disk, service, admin };
}

const startMs = Date.now() - 60_000;
/** Large enough to fill any log soon. */
const ballast = 'x'.repeat(30_000);

/** Publishes one reading after the other until one is not acknowledged; returns those that were. */
async function publishUntilRefused(service: RunningService): Promise<number[]> {
  const band = await RawBand.connect('band-0', service.mqttPort);
  const acknowledged: number[] = [];
  for (let n = 1; n < 2_000; n++) {
    band.publish({ topic: 'telemetry', facts: { t: startMs + n, seq: n, steps: n, note: ballast }, packetId: n });
    if (!(await band.answered(puback, n))) return acknowledged;
    acknowledged.push(n);
  }
  throw new Error('the disk was never full');
}

async function stepsOf({ service, admin }: Town): Promise<number[]> {
  const { json } = await call(service, admin, 'GET', '/residents/r0/readings?metric=steps&limit=10000');
  return (json as { items: { value: number }[] }).items.map(({ value }) => value);
}

/** On a band that has a reading to tell first, as most have when nothing was acknowledged for a while. */
async function press(service: RunningService): Promise<boolean> {
  const band = await RawBand.connect('band-1', service.mqttPort);
  band.publish({ topic: 'telemetry', facts: { t: startMs - 1, seq: 2, steps: 1 }, packetId: 2 });
  band.publish({ topic: 'event', facts: { t: startMs, seq: 1, event: 'sos' }, packetId: 1 });
  const isAcknowledged = await band.answered(puback, 1);
  band.hangUp();
  return isAcknowledged;
}

test('the disk is full: nothing is acknowledged, an SOS is seen all the same; with room again all goes on, and the SOS sent again is the same alert', {
  timeout: 40_000,
}, async () => {
  const town = await townOnSmallDisk();
  const { disk, service, admin } = town;
  const seen = await watch(town);
  disk.fill();
  const acknowledged = await publishUntilRefused(service);

  const wasAcknowledged = await press(service);
  const [alert] = (await eventually(() => nonEmpty(seen))) ?? [];
  expect(alert).toMatchObject({ type: 'sos', residentId: 'r1' });

  disk.makeRoom(service.process.pid ?? 0);
  expect(wasAcknowledged || (await eventually(async () => (await press(service)) || undefined, 20_000))).toBe(true);
  const stored = await eventually(async () => nonEmpty(await alertsOf(service, admin, 'resident=r1')), 10_000);
  expect(stored).toMatchObject([{ id: alert?.id, count: 1 }]);
  const steps = new Set(await stepsOf(town));
  expect(acknowledged.filter((n) => !steps.has(n))).toEqual([]);
  expect(await service.kill('SIGTERM')).toBe(0);
});

test('told to stop while the disk is full: the service ends in time, and after the next start all that was acknowledged is there', {
  timeout: 40_000,
}, async () => {
  const town = await townOnSmallDisk();
  town.disk.fill();
  const acknowledged = await publishUntilRefused(town.service);
  const beganMs = performance.now();
  expect(await town.service.kill('SIGTERM')).toBe(0);
  expect(performance.now() - beganMs).toBeLessThan(10_000); // what the service promises whoever stops it

  town.disk.makeRoom(process.pid);
  const service = await spawnService(join(town.disk.folder, 'data'));
  ends.push(() => service.kill('SIGKILL'));
  const steps = new Set(await stepsOf({ ...town, service, admin: await login(service) }));
  expect(acknowledged.filter((n) => !steps.has(n))).toEqual([]);
});

/** Alerts as whoever watches gets them, whether or not the records could be written. */
async function watch({ service, admin }: Town): Promise<AlertView[]> {
  const seen: AlertView[] = [];
  const hangUp = await listen(service, admin, ({ event, data }) => {
    if (event === 'alert') seen.push(data as AlertView);
  });
  ends.push(hangUp);
  return seen;
}

function nonEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}
