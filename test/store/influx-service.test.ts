import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTelemetry } from '../../store/telemetry/telemetry.ts';
import { smallTown } from '../support/community.ts';
import { Fleet } from '../support/influx-fleet.ts';
import { type Influx, influx } from '../support/influx-servers.ts';
import {
  call,
  eventually,
  login,
  type RunningService,
  removeFolder,
  spawnService,
  temporaryFolder,
} from '../support/service.ts';
import { always } from './support/facts.ts';

const bucket = 'anju';
const town = smallTown(25);
const total = 50_000;

let server: Influx;
const dataDir = temporaryFolder();
beforeAll(async () => {
  server = await influx();
  await server.createDatabase(bucket);
});
afterAll(async () => {
  await server.remove();
  removeFolder(dataDir);
});

const start = () => spawnService(dataDir, { ANJU_INFLUX_URL: server.url, ANJU_INFLUX_BUCKET: bucket });

async function lagOf(service: RunningService): Promise<number> {
  const text = await (await fetch(`${service.http}/metrics`)).text();
  return Number(/^\S*influx_forward_lag_readings (\d+)/m.exec(text)?.[1]);
}

async function forwardingCheck(service: RunningService): Promise<string> {
  const answer = await fetch(`${service.http}/health/ready`);
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { checks: { forwarding: string } }).checks.forwarding;
}

function counted(where: string): Promise<(string | number)[][]> {
  const counts = ['delayMs', 'heartRateBpm', 'lat'].map((field) => `count("${field}")`).join(', ');
  return server.ask(bucket, `SELECT ${counts} FROM "reading" ${where}`);
}

async function readingsOnDisk(): Promise<number> {
  const store = await openTelemetry(join(dataDir, 'telemetry'));
  let count = 0;
  for (const { id } of town.residents) for await (const _reading of store.readings(id, always)) count += 1;
  await store.close();
  return count;
}

test('InfluxDB down, 50,000 readings, the service killed twice, InfluxDB back, killed again: the same on both sides, each once; who is erased is erased there', {
  timeout: 90_000,
}, async () => {
  let service = await start();
  const imported = await call(service, await login(service), 'POST', '/import', town);
  expect(imported.status).toBeLessThan(300);
  const fleet = new Fleet(25, 40, 50, Date.now() - 86_400_000);
  await server.stop();

  for (const part of [300, 700]) {
    const publishing = fleet.publish(service);
    expect(await eventually(() => fleet.acknowledged >= part || undefined, 20_000)).toBe(true);
    await service.kill('SIGKILL');
    await publishing;
    service = await start();
  }
  await fleet.publish(service);
  expect(fleet.acknowledged).toBe(1_000);
  // What was on disk and not yet acknowledged when it was killed was sent again and is counted twice, as it is told twice.
  expect(await lagOf(service)).toBeGreaterThanOrEqual(total);
  expect(await eventually(async () => (await forwardingCheck(service)) !== 'ok' || undefined)).toBe(true);
  expect(await forwardingCheck(service)).toMatch(/^5\d{4} readings wait, .* none is lost/);

  await server.start();
  expect(await eventually(async () => (await lagOf(service)) < total || undefined, 30_000)).toBe(true);
  await service.kill('SIGKILL');
  service = await start();
  expect(await eventually(async () => (await lagOf(service)) === 0 || undefined, 60_000)).toBe(true);
  expect(await forwardingCheck(service)).toBe('ok');
  expect(await counted('')).toEqual([[0, total, total, total / 10]]);

  const admin = await login(service);
  const { status, json } = await call(service, admin, 'DELETE', '/residents/r0/data', { confirm: 'r0' });
  expect(status).toBe(200);
  expect(json).toMatchObject({ counts: { 'readings:here': 2_000, 'readings:influxdb': 2_000 }, queued: [] });
  expect(await counted("WHERE subject = 'r0'")).toEqual([]);
  await service.kill('SIGTERM');
  expect(await readingsOnDisk()).toBe(total - 2_000);
  expect(await counted('')).toEqual([[0, total - 2_000, total - 2_000, (total - 2_000) / 10]]);
});
