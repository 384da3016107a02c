import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, expect, test } from 'vitest';
import type { AlertView } from '../../model/alert.ts';
import { rules } from '../../rules/index.ts';
import { openTelemetry } from '../../store/telemetry/telemetry.ts';
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
import { puback, RawBand } from './support/band.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function started(dataDir: string): Promise<{ service: RunningService; admin: string }> {
  const service = await spawnService(dataDir);
  ends.push(() => service.kill('SIGKILL'));
  return { service, admin: await login(service) };
}

async function town(): Promise<{ dataDir: string; service: RunningService; admin: string }> {
  const dataDir = temporaryFolder();
  ends.push(() => removeFolder(dataDir));
  const { service, admin } = await started(dataDir);
  expect((await call(service, admin, 'POST', '/import', smallTown(2))).status).toBeLessThan(300);
  return { dataDir, service, admin };
}

async function press(service: RunningService, bandId: string): Promise<boolean> {
  const band = await RawBand.connect(bandId, service.mqttPort);
  band.publish({ topic: 'event', facts: { t: Date.now(), seq: 1, event: 'sos' }, packetId: 1 });
  const isAcknowledged = await band.answered(puback, 1);
  band.hangUp();
  return isAcknowledged;
}

async function helpFor(service: RunningService, admin: string, residentId: string): Promise<AlertView[] | undefined> {
  const alerts = await alertsOf(service, admin, `resident=${residentId}&type=sos`);
  return alerts.length > 0 ? alerts : undefined;
}

test('the rules of one home were left in a state nobody understands: the service starts, its SOS and that of the neighbour are alerted, and its rules go on', async () => {
  const { dataDir, service } = await town();
  await service.kill('SIGTERM');
  const telemetry = await openTelemetry(join(dataDir, 'telemetry'));
  const broken = Object.fromEntries(rules.map(({ kind }) => [kind, { 'band-0': null, dueAtMs: 'soon' }]));
  const states = new Map([['r0', JSON.stringify(broken)]]);
  await telemetry.commit({ readings: [], states, signals: [], quarantined: [] });
  await telemetry.close();

  const again = await started(dataDir);
  expect(await press(again.service, 'band-0')).toBe(true);
  expect(await press(again.service, 'band-1')).toBe(true);
  for (const id of ['r0', 'r1']) {
    expect(await eventually(() => helpFor(again.service, again.admin, id))).toMatchObject([{ type: 'sos', count: 1 }]);
  }
  expect(again.service.stderr()).toContain('a rule broke over one home');
  const { text } = await metrics(again.service, again.admin);
  expect(text).toMatch(/rule_failures_total\{rule="deviceOffline"\} [1-9]/);
});

async function metrics({ http }: RunningService, token: string): Promise<{ text: string }> {
  const response = await fetch(`${http}/metrics`, { headers: { authorization: `Bearer ${token}` } });
  return { text: await response.text() };
}

test('somebody holds the records locked: an SOS is acknowledged and seen, the rest is refused in words; unlocked, it is stored once', async () => {
  const { dataDir, service, admin } = await town();
  const seen: AlertView[] = [];
  ends.push(
    await listen(service, admin, ({ event, data }) => {
      if (event === 'alert') seen.push(data as AlertView);
    }),
  );
  const other = new DatabaseSync(join(dataDir, 'records.sqlite'));
  other.exec('begin immediate');
  expect(await press(service, 'band-0')).toBe(true);
  expect(await eventually(() => (seen.length > 0 ? seen : undefined))).toMatchObject([
    { type: 'sos', residentId: 'r0' },
  ]);
  const body = { username: 'resp', password: 'responder-password' };
  expect((await call(service, undefined, 'POST', '/session', body)).status).toBe(503);

  other.exec('rollback');
  other.close();
  expect(await eventually(() => helpFor(service, admin, 'r0'), 10_000)).toMatchObject([{ id: seen[0]?.id, count: 1 }]);
});

test('a disk has spoilt an alert, a message and a resident: the service starts, says so, and everybody is heard', async () => {
  const { dataDir, service, admin } = await town();
  await press(service, 'band-0');
  await eventually(() => helpFor(service, admin, 'r0'));
  await service.kill('SIGTERM');
  const file = new DatabaseSync(join(dataDir, 'records.sqlite'));
  file.exec(`update alerts set doc = substr(doc, 2); update residents set doc = 'x' || doc where id = 'r1';`);
  file.exec(`insert into notifications select 'n-spoilt', id, 'queued', 0, '{}' from alerts;`);
  file.close();

  const again = await started(dataDir);
  for (const nth of [0, 1]) {
    expect(await press(again.service, `band-${nth}`)).toBe(true);
    expect(await eventually(() => helpFor(again.service, again.admin, `r${nth}`))).toMatchObject([{ count: 1 }]);
  }
  const { checks } = (await (await fetch(`${again.service.http}/health/ready`)).json()) as {
    checks: { records: string };
  };
  expect(checks.records).toBe('3 damaged places were found; see the log');
  for (const where of ['residents r1', 'notifications n-spoilt']) expect(again.service.stderr()).toContain(where);
});
