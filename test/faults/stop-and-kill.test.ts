import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Signal } from '../../model/alert.ts';
import { openTelemetry } from '../../store/telemetry/telemetry.ts';
import { smallTown } from '../support/community.ts';
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
import { puback, pubcomp, pubrec, RawBand } from './support/band.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function townOf(residents: number): Promise<{ dataDir: string; service: RunningService; admin: string }> {
  const dataDir = temporaryFolder();
  ends.push(() => removeFolder(dataDir));
  const service = await started(dataDir);
  const admin = await login(service);
  expect((await call(service, admin, 'POST', '/import', smallTown(residents))).status).toBeLessThan(300);
  return { dataDir, service, admin };
}

async function started(dataDir: string): Promise<RunningService> {
  const service = await spawnService(dataDir);
  ends.push(() => service.kill('SIGKILL'));
  return service;
}

/** Publishes 100 messages a second, every 25th an SOS, until the connection ends; what was acknowledged, by number. */
async function load(band: RawBand, startMs: number): Promise<{ readings: number[]; presses: number[] }> {
  const isPress = (n: number) => n % 25 === 24;
  let next = 1;
  const timer = setInterval(() => {
    const n = next++;
    const facts = isPress(n) ? { event: 'sos' } : { steps: n };
    band.publish({
      topic: isPress(n) ? 'event' : 'telemetry',
      facts: { t: startMs + n, seq: n, ...facts },
      packetId: n,
    });
  }, 10);
  await band.closed;
  clearInterval(timer);
  const numbers = band.answers.filter(({ head }) => head === puback).map(({ packetId }) => packetId);
  return { readings: numbers.filter((n) => !isPress(n)), presses: numbers.filter(isPress) };
}

async function stepsOf(service: RunningService, admin: string, residentId: string): Promise<Set<number>> {
  const { json } = await call(service, admin, 'GET', `/residents/${residentId}/readings?metric=steps&limit=10000`);
  return new Set((json as { items: { value: number }[] }).items.map(({ value }) => value));
}

test('told to stop under 2,000 messages a second: it ends with status 0, every acknowledged reading is there, every acknowledged SOS has one alert', {
  timeout: 30_000,
}, async () => {
  const residents = 20;
  const { dataDir, service } = await townOf(residents);
  const startMs = Date.now() - 60_000;
  const bands = await Promise.all(
    Array.from({ length: residents }, (_, i) => RawBand.connect(`band-${i}`, service.mqttPort)),
  );
  const loads = bands.map((band) => load(band, startMs));
  await eventually(() => bands.every(({ answers }) => answers.length > 60) || undefined);
  expect(await service.kill('SIGTERM')).toBe(0);
  const done = await Promise.all(loads);

  const after = await started(dataDir);
  const admin = await login(after);
  const wrong: string[] = [];
  for (const [i, { readings, presses }] of done.entries()) {
    const stored = await stepsOf(after, admin, `r${i}`);
    for (const n of readings) if (!stored.has(n)) wrong.push(`reading ${n} of r${i} is lost`);
    const alerts = await alertsOf(after, admin, `resident=r${i}&type=sos`);
    if (alerts.length !== 1 || (alerts[0]?.count ?? 0) < presses.length) wrong.push(`r${i}: ${alerts.length} alerts`);
  }
  expect(wrong).toEqual([]);
});

test('an SOS at QoS 2 whose connection breaks before PUBREL, sent again on the next one: acknowledged twice, alerted once', async () => {
  const { service, admin } = await townOf(2);
  const press = { topic: 'event', facts: { t: Date.now(), seq: 7, event: 'sos' }, qos: 2, packetId: 3 } as const;
  const first = await RawBand.connect('band-0', service.mqttPort);
  first.publish(press);
  expect(await first.answered(pubrec, 3)).toBe(true);
  first.hangUp();

  const second = await RawBand.connect('band-0', service.mqttPort);
  second.publish({ ...press, dup: true });
  second.publish({ ...press, dup: true });
  expect(await second.answered(pubrec, 3)).toBe(true);
  second.release(3);
  expect(await second.answered(pubcomp, 3)).toBe(true);
  const alerts = await eventually(async () => {
    const found = await alertsOf(service, admin, 'resident=r0');
    return found.length > 0 ? found : undefined;
  });
  expect(alerts?.map(({ type, count }) => `${type} x${count}`)).toEqual(['sos x1']);
  second.hangUp();
});

const waitingSignals = 2_000;

function waitingSignal(i: number): Signal {
  return {
    id: `sos:waiting-${i}`,
    effect: 'raise',
    type: 'sos',
    severity: 'P1',
    subjectId: `r${i}`,
    deviceId: `band-${i}`,
    atMs: 1_763_700_000_000 + i,
    receivedAtMs: 1_763_700_000_000 + i,
    late: false,
    suspected: false,
    summary: { zh: '求助', en: 'help' },
    evidence: {},
  };
}

test('killed again and again while it applies what an earlier crash left: in the end each SOS has one alert, counted once', {
  timeout: 40_000,
}, async () => {
  const { dataDir, service } = await townOf(2);
  await service.kill('SIGTERM');
  const telemetry = await openTelemetry(join(dataDir, 'telemetry'));
  const signals = Array.from({ length: waitingSignals }, (_, i) => waitingSignal(i));
  await telemetry.commit({ readings: [], states: new Map(), signals, quarantined: [] });
  await telemetry.close();

  // Ready means that it has begun to apply them; each of these dies somewhere on the way.
  for (const afterMs of [0, 15, 40]) {
    const victim = await started(dataDir);
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    await victim.kill('SIGKILL');
  }
  const last = await started(dataDir);
  const admin = await login(last);
  const counts = await eventually(async () => {
    const found = await countsByResident(last, admin);
    return found.size === waitingSignals ? found : undefined;
  }, 15_000);
  expect([...(counts ?? new Map()).values()].filter((count) => count !== 1)).toEqual([]);
  expect(counts?.size).toBe(waitingSignals);
});

/** How often each resident's SOS was counted, over all of its alerts. */
async function countsByResident(service: RunningService, admin: string): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (let cursor = ''; ; ) {
    const { json } = await call(service, admin, 'GET', `/alerts?type=sos&limit=500${cursor}`);
    const page = json as { items: { residentId: string; count: number }[]; nextCursor: string | null };
    for (const { residentId, count } of page.items) counts.set(residentId, (counts.get(residentId) ?? 0) + count);
    if (!page.nextCursor) return counts;
    cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`;
  }
}
