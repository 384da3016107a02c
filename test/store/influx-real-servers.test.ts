import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createForwarding, type Forwarding } from '../../app/forwarding.ts';
import { AppError } from '../../model/errors.ts';
import type { Reading } from '../../model/reading.ts';
import type { ForwardLog, TelemetryStore } from '../../store/contracts.ts';
import { openInfluxHistory } from '../../store/influx/history.ts';
import { openTelemetry } from '../../store/telemetry/telemetry.ts';
import { type Influx, influx, type TimeSeriesServer, victoriaMetrics } from '../support/influx-servers.ts';
import { eventually } from '../support/service.ts';
import { always, batch, minute, noon, reading } from './support/facts.ts';
import { collect, remove, tempFolder } from './support/places.ts';

const quick = { lingerMs: 0, firstDelayMs: 20, longestDelayMs: 50 };
const quiet = { info: () => undefined, warn: () => undefined };

let dir: string;
let store: TelemetryStore;
let forwarding: Forwarding | undefined;

beforeEach(async () => {
  dir = await tempFolder();
  store = await openTelemetry(join(dir, 'telemetry'), { keepsForwardLog: true });
});
afterEach(async () => {
  await forwarding?.stop();
  await store.close();
  await remove(dir);
});

function log(): ForwardLog {
  if (store.forwardLog === undefined) throw new Error('the store keeps no forward log');
  return store.forwardLog;
}

async function forwarded(url: string, bucket: string, readings: Reading[]): Promise<void> {
  await store.commit(batch({ readings }));
  forwarding = createForwarding({ url, bucket }, store.forwardLog, quiet, quick);
  forwarding?.start();
  expect(await eventually(() => log().lag.readings === 0 || undefined, 10_000)).toBe(true);
}

function pulses(count: number, fromMs = noon, over: (n: number) => Partial<Reading> = () => ({})): Reading[] {
  return Array.from({ length: count }, (_, n) =>
    reading({ id: `band-1:${n}`, seq: n, takenAtMs: fromMs + n * minute, facts: { heartRateBpm: 60 }, ...over(n) }),
  );
}

describe('InfluxDB 1.6.7, with the v2 write route in front', () => {
  let server: Influx;
  beforeAll(async () => {
    server = await influx();
  });
  afterAll(() => server.remove());

  const count = async (bucket: string, field: string) =>
    (await server.ask(bucket, `SELECT count("${field}") FROM "reading"`))[0]?.[1] ?? 0;

  async function write(bucket: string, line: string): Promise<void> {
    const response = await fetch(`${server.ownUrl}/write?db=${bucket}`, { method: 'POST', body: line });
    expect(response.status).toBe(204);
  }

  test('a field that somebody made a text before is refused; nothing else is', async () => {
    await server.createDatabase('conflict');
    // Types are settled for each shard (a week) by itself: this one is in ours.
    await write('conflict', `reading,subject=somebody spo2Pct="good" ${noon}000000`);
    const facts = { heartRateBpm: 70, spo2Pct: 97 };
    await forwarded(
      server.url,
      'conflict',
      pulses(90, noon, (n) => (n % 3 === 0 ? { facts } : {})),
    );
    expect(await count('conflict', 'heartRateBpm')).toBe(90);
    expect(await count('conflict', 'spo2Pct')).toBe(1);
    expect(log().refusals.total).toBe(30);
    expect(log().refusals.newest[0]).toMatchObject({ readingId: 'band-1:0', fields: ['spo2Pct'] });
    expect(forwarding?.check(Date.now())).toBe('ok');
  });

  test('readings older than the database keeps are refused; newer ones arrive', async () => {
    await server.ask('', 'CREATE DATABASE "short" WITH DURATION 3d');
    const old = pulses(10);
    const recent = pulses(10, Date.now() - 20 * minute, (n) => ({ id: `new${n}`, deviceId: 'band-2' }));
    await forwarded(server.url, 'short', [...old, ...recent]);
    expect(await count('short', 'heartRateBpm')).toBe(10);
    expect(log().refusals.total).toBe(10);
    expect(log().refusals.newest[0]?.reason).toContain('retention policy');
  });

  test('a database that is not there yet is waited for', async () => {
    const early = forwarded(server.url, 'later', pulses(10));
    expect(
      await eventually(() => (forwarding?.metrics(0).get('influx_forward_failures_total') ?? 0) > 1 || undefined),
    ).toBe(true);
    expect(forwarding?.check(noon)).toContain('10 readings wait');
    await server.createDatabase('later');
    await early;
    expect(await count('later', 'delayMs')).toBe(10);
  });

  test('who is erased is gone there', async () => {
    await server.createDatabase('erasure');
    await forwarded(server.url, 'erasure', [...pulses(5), ...pulses(3, noon, () => ({ subjectId: 'r-2' }))]);
    expect(await forwarding?.erase('r-1')).toBe(5);
    expect(await count('erasure', 'delayMs')).toBe(3);
  });

  test('an organisation means the delete route of 2.x: for who is erased, and for what is let go', async () => {
    await server.createDatabase('organised');
    const history = openInfluxHistory({ url: server.url, bucket: 'organised', org: 'town' });
    await history.append([...pulses(5), ...pulses(4, noon, () => ({ subjectId: 'r-2' }))]);
    expect(await history.erase('r-1')).toBe(5);
    expect(await history.expire('vitals', noon + 2 * minute, 100)).toBe(2);
    const left = await collect(history.metric('r-2', 'heartRateBpm', always));
    expect(left.map(({ atMs }) => atMs)).toEqual([noon + 2 * minute, noon + 3 * minute]);
    history.close();
  });

  test('a history of any length comes as it is read', async () => {
    await server.createDatabase('long');
    const history = openInfluxHistory({ url: server.url, bucket: 'long' });
    await history.append(pulses(23_000));
    const found = await collect(history.metric('r-1', 'heartRateBpm', always));
    expect(found).toHaveLength(23_000);
    expect(found.at(-1)?.atMs).toBe(noon + 22_999 * minute);
    history.close();
  });

  test('an id is a text in a question, whatever it says', async () => {
    await server.createDatabase('quotes');
    const history = openInfluxHistory({ url: server.url, bucket: 'quotes' });
    await history.append(pulses(3));
    for (const id of ["x' OR subject = 'r-1", "x'; DROP MEASUREMENT reading --", "\\' OR 1 = 1 --", 'r-1"']) {
      expect(await history.erase(id)).toBe(0);
      expect(await collect(history.metric(id, 'heartRateBpm', always))).toEqual([]);
    }
    expect((await history.statistics()).readings).toBe(3);
    history.close();
  });

  test('that cannot be reached is said in words', async () => {
    const history = openInfluxHistory({ url: 'http://127.0.0.1:1', bucket: 'none' });
    await expect(collect(history.metric('r-1', 'heartRateBpm', always))).rejects.toThrow(AppError);
    await expect(history.append(pulses(1))).rejects.toThrow('InfluxDB did not take the readings');
    history.close();
  });
});

describe('VictoriaMetrics, which is written to and answers its own questions only', () => {
  let server: TimeSeriesServer;
  beforeAll(async () => {
    server = await victoriaMetrics();
  });
  afterAll(() => server.remove());

  async function exported(metric: string): Promise<{ metric: Record<string, string>; values: number[] }[]> {
    await fetch(`${server.url}/internal/force_flush`);
    const text = await (await fetch(`${server.url}/api/v1/export?match[]=reading_${metric}`)).text();
    return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
  }

  test('has every reading once, also when it was told twice', async () => {
    const readings = pulses(300);
    await forwarded(server.url, 'anju', readings);
    await forwarding?.stop();
    await forwarded(server.url, 'anju', readings);
    const [series, ...others] = await exported('heartRateBpm');
    expect(others).toEqual([]);
    expect(series?.values).toHaveLength(300);
    expect(series?.metric).toMatchObject({ subject: 'r-1', device: 'band-1', serves: 'vitals' });
  });

  test('cannot erase a person when asked in InfluxQL, and that is said', async () => {
    await forwarded(server.url, 'anju', pulses(3));
    await expect(forwarding?.erase('r-1')).rejects.toThrow(AppError);
  });
});
