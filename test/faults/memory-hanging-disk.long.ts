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
import { withBadSyncs } from './support/bad-syncs.ts';
import { RawBand } from './support/band.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function ready({ http }: RunningService): Promise<{ status: number; memory: string | undefined }> {
  const response = await fetch(`${http}/health/ready`);
  const { checks } = (await response.json()) as { checks: Record<string, string> };
  return { status: response.status, memory: checks.memory };
}

/** A band that empties a buffer as large as one message may be, again on each new connection, until `isOver`. */
async function flood(id: string, port: number, isOver: () => boolean): Promise<void> {
  for (let n = 1; !isOver(); n++) {
    const band = await RawBand.connect(id, port).catch(() => undefined);
    if (band === undefined) return;
    const buffer = Array.from({ length: 1_000 }, (_, i) => ({ t: startMs + n * 1_000 + i, steps: i, batteryPct: 80 }));
    for (let packetId = 1; packetId <= 3; packetId++) band.publish({ topic: 'telemetry', facts: buffer, packetId });
    await Promise.race([band.closed, new Promise((resolve) => setTimeout(resolve, 1_500))]);
    band.hangUp();
  }
}
const startMs = Date.now() - 3_600_000;

test('the disk hangs while everybody empties a buffer: the service does not run out of memory, says so, and an SOS is seen', {
  timeout: 300_000,
}, async () => {
  const dataDir = temporaryFolder();
  ends.push(() => removeFolder(dataDir));
  const hangs = withBadSyncs({ files: [join(dataDir, 'telemetry/rows/000003.log')], takesMs: 2_000 });
  const service = await spawnService(dataDir, { NODE_OPTIONS: '--max-old-space-size=100' }, hangs);
  ends.push(() => service.kill('SIGKILL'));
  const admin = await login(service);
  expect((await call(service, admin, 'POST', '/import', smallTown(80))).status).toBeLessThan(300);
  const seen: AlertView[] = [];
  ends.push(
    await listen(service, admin, ({ event, data }) => void (event === 'alert' && seen.push(data as AlertView))),
  );
  let isOver = false;
  const floods = Array.from({ length: 79 }, (_, i) => flood(`band-${i}`, service.mqttPort, () => isOver));

  const tight = await eventually(async () => {
    const found = await ready(service);
    return found.memory === 'ok' ? undefined : found;
  }, 20_000);
  expect(tight).toEqual({
    status: 503,
    memory: 'nearly used up; only alarms are taken, readings are not acknowledged',
  });
  const band = await RawBand.connect('band-79', service.mqttPort);
  band.publish({ topic: 'telemetry', facts: { t: Date.now(), seq: 1, steps: 1 }, packetId: 1 });
  band.publish({ topic: 'event', facts: { t: Date.now(), seq: 2, event: 'sos' }, packetId: 2 });
  const sos = await eventually(
    () => seen.find(({ residentId, type }) => residentId === 'r79' && type === 'sos'),
    20_000,
  );
  expect(sos).toBeDefined();
  isOver = true;
  await Promise.all(floods);
  const isReady = async () => (await ready(service)).memory === 'ok' || undefined;
  // What was taken before it was tight goes to the disk at two seconds a sync: the faster the machine, the more that is.
  expect(await eventually(isReady, 240_000)).toBe(true);
  expect((await alertsOf(service, admin, 'resident=r79&type=sos')).map(({ count }) => count)).toEqual([1]);
});
