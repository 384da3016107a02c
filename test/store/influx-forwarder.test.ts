import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Reading } from '../../model/reading.ts';
import type { ForwardLog, TelemetryStore } from '../../store/contracts.ts';
import { Forwarder, type ForwarderOptions } from '../../store/influx/forwarder.ts';
import { openInfluxWriter } from '../../store/influx/writer.ts';
import { openTelemetry } from '../../store/telemetry/telemetry.ts';
import { refusingField, type StandIn, standIn } from '../support/influx-stand-in.ts';
import { eventually } from '../support/service.ts';
import { batch, minute, noon, reading } from './support/facts.ts';
import { remove, tempFolder } from './support/places.ts';

const quick: Partial<ForwarderOptions> = { lingerMs: 0, firstDelayMs: 5, longestDelayMs: 20 };

let dir: string;
let store: TelemetryStore;
let server: StandIn;
let forwarder: Forwarder;
let troubles: (string | undefined)[];
let erased: string[];

beforeEach(async () => {
  dir = await tempFolder();
  store = await open();
  server = await standIn();
  troubles = [];
  erased = [];
  forwarder = forwarding();
});
afterEach(async () => {
  await forwarder.stop();
  await server.close();
  await store.close();
  await remove(dir);
});

function open(): Promise<TelemetryStore> {
  return openTelemetry(join(dir, 'telemetry'), { keepsForwardLog: true });
}

function log(): ForwardLog {
  if (store.forwardLog === undefined) throw new Error('the store keeps no forward log');
  return store.forwardLog;
}

function forwarding(options: Partial<ForwarderOptions> = {}, timeoutMs = 5_000): Forwarder {
  const writer = openInfluxWriter({ url: server.url, bucket: 'anju' }, { timeoutMs });
  const erase = async (subjectId: string) => erased.push(subjectId);
  const onTrouble = (reason: string | undefined) => troubles.push(reason);
  const parts = { log: log(), writer, erase, onTrouble, onRefused: () => undefined };
  return new Forwarder(parts, { ...quick, ...options });
}

function pulses(count: number, over: (n: number) => Partial<Reading> = () => ({})): Reading[] {
  return Array.from({ length: count }, (_, n) =>
    reading({
      id: `band-1:${n}`,
      seq: n,
      takenAtMs: noon + n * minute,
      facts: { heartRateBpm: 60 + (n % 40) },
      ...over(n),
    }),
  );
}

async function commit(...groups: Reading[][]): Promise<void> {
  for (const readings of groups) await store.commit(batch({ readings }));
  forwarder.wake();
}

const allTold = () => eventually(() => (log().lag.readings === 0 ? true : undefined));
const someFailures = (count: number) => eventually(() => (forwarder.status.failures >= count ? true : undefined));

describe('readings reach InfluxDB', () => {
  test('what was committed, and what is committed afterwards, each once', async () => {
    await commit(
      pulses(30),
      pulses(20, (n) => ({ id: `b${n}`, deviceId: 'band-2' })),
    );
    expect(log().lag).toEqual({ readings: 50, sinceMs: noon + 29 * minute + 250 });
    forwarder.start();
    await allTold();
    await commit(pulses(10, (n) => ({ id: `c${n}`, deviceId: 'band-3' })));
    await allTold();
    expect(server.points.size).toBe(60);
    expect(log().lag).toEqual({ readings: 0, sinceMs: undefined });
  });

  test('different readings of one device and one millisecond stay apart; the same one again does not double', async () => {
    const together = pulses(200, () => ({ takenAtMs: noon }));
    await commit(together, together.slice(0, 50));
    forwarder.start();
    await allTold();
    expect(server.points.size).toBe(200);
  });

  test('a few travel together, many in requests of a bounded size', async () => {
    await commit(
      ...pulses(40).map((one) => [one]),
      pulses(500, (n) => ({ id: `b${n}`, deviceId: 'band-2' })),
    );
    forwarder = forwarding({ linesPerRequest: 100, readingsAtOnce: 150 });
    forwarder.start();
    await allTold();
    expect(server.points.size).toBe(540);
    expect(Math.max(...server.writes)).toBe(100);
    expect(server.writes.length).toBeLessThan(12);
  });

  test('after a restart it goes on where it was', async () => {
    await commit(pulses(30));
    forwarder.start();
    await allTold();
    await forwarder.stop();
    const sent = server.writes.length;
    await commit(pulses(5, (n) => ({ id: `late${n}`, deviceId: 'band-9' })));
    await store.close();
    store = await open();
    expect(log().lag.readings).toBe(5);
    forwarder = forwarding();
    forwarder.start();
    await allTold();
    expect(server.writes.slice(sent)).toEqual([5]);
    expect(server.points.size).toBe(35);
  });

  test('killed before the checkpoint was written, it tells the same again and nothing doubles', async () => {
    await commit(pulses(30));
    const steps = log().steps(0)[Symbol.asyncIterator]();
    await steps.next();
    forwarder.start();
    await allTold();
    await forwarder.stop();
    const told = new Map(server.points);
    await commit(pulses(30));
    forwarder = forwarding();
    forwarder.start();
    await allTold();
    expect(server.points).toEqual(told);
  });
});

describe('an InfluxDB in trouble', () => {
  test('that is down holds up nobody, and gets everything when it is back', async () => {
    const { behave } = server;
    server.behave = () => ({ status: 503 });
    forwarder.start();
    for (const one of pulses(50)) await commit([one]);
    await someFailures(3);
    expect(log().lag.readings).toBe(50);
    expect(forwarder.status.trouble).toBe('it answers 503');
    server.behave = behave;
    await allTold();
    expect(server.points.size).toBe(50);
    expect(troubles).toEqual(['it answers 503', undefined]);
  });

  test('that nobody can reach is waited for', async () => {
    await commit(pulses(20));
    await server.close();
    forwarder.start();
    await someFailures(2);
    expect(forwarder.status.trouble).toMatch(/^it does not answer/);
    expect(log().lag.readings).toBe(20);
  });

  test('that asks for patience is given as much as it asks for', async () => {
    let asked = 0;
    server.behave = () => (asked++ === 0 ? { status: 429, headers: { 'retry-after': '1' } } : 'take');
    await commit(pulses(20));
    forwarder = forwarding({ firstDelayMs: 60_000, longestDelayMs: 60_000 });
    forwarder.start();
    await allTold();
    expect(server.points.size).toBe(20);
    expect(troubles).toEqual(['it answers 429', undefined]);
  });

  test('that is slow is asked for less at once', async () => {
    server.behave = (lines) => (lines.length > 60 ? 'silence' : 'take');
    await commit(pulses(400));
    forwarder = forwarding({ linesPerRequest: 200 }, 100);
    forwarder.start();
    await allTold();
    expect(server.points.size).toBe(400);
    expect(forwarder.status.failures).toBeGreaterThan(0);
  });

  test('that takes small requests only is sent small requests', async () => {
    server.behave = (lines) => (lines.length > 30 ? { status: 413 } : 'take');
    await commit(pulses(200));
    forwarder.start();
    await allTold();
    expect(server.points.size).toBe(200);
    expect(log().refusals.total).toBe(0);
  });

  for (const status of [401, 403, 404, 500, 502, 504]) {
    test(`that answers ${status} may be mended: nothing is given up`, async () => {
      server.behave = () => ({ status, body: '{"error":"some words"}' });
      await commit(pulses(20));
      forwarder.start();
      await someFailures(2);
      server.behave = () => 'take';
      await allTold();
      expect(server.points.size).toBe(20);
      expect(log().refusals.total).toBe(0);
    });
  }

  test('that refuses every line in words nobody knows is not believed', async () => {
    server.behave = () => ({ status: 400, body: '{"error":"this proxy wants a different header"}' });
    await commit(pulses(20));
    forwarder.start();
    await someFailures(2);
    expect(forwarder.status.trouble).toBe('it refuses everything it is sent');
    server.behave = () => 'take';
    await allTold();
    expect(server.points.size).toBe(20);
    expect(log().refusals.total).toBe(0);
  });
});

describe('a field InfluxDB will not take', () => {
  const mixed = () => pulses(300, (n) => (n % 3 === 0 ? { facts: { heartRateBpm: 70, spo2Pct: 97 } } : {}));

  test('is set aside with the reason; everything else arrives, of the same reading too', async () => {
    server.behave = refusingField(server, 'spo2Pct');
    await commit(mixed());
    forwarder.start();
    await allTold();
    const all = [...server.points.values()];
    expect(all.filter((fields) => fields.has('heartRateBpm') && fields.has('delayMs'))).toHaveLength(300);
    expect(all.filter((fields) => fields.has('spo2Pct'))).toEqual([]);
    const { total, newest } = log().refusals;
    expect(total).toBe(100);
    expect(newest[1]).toMatchObject({
      subjectId: 'r-1',
      takenAtMs: noon + 3 * minute,
      readingId: 'band-1:3',
      fields: ['spo2Pct'],
    });
    expect(newest[1]?.reason).toContain('field type conflict');
    expect(server.writes.length).toBeLessThan(6);
  });

  test('is remembered across a restart, in a list that has an end', async () => {
    server.behave = refusingField(server, 'heartRateBpm');
    await commit(pulses(1_500));
    forwarder.start();
    await allTold();
    await forwarder.stop();
    await store.close();
    store = await open();
    expect(log().refusals.total).toBe(1_500);
    expect(log().refusals.newest).toHaveLength(1_000);
    expect(log().refusals.newest.at(-1)?.readingId).toBe('band-1:1499');
  });

  test('is found by halves when the server does not name it', async () => {
    server.behave = (lines) =>
      lines.some((line) => line.includes('heartRateBpm=77'))
        ? { status: 400, body: '{"code":"invalid","message":"unable to parse points"}' }
        : 'take';
    await commit(pulses(200));
    forwarder.start();
    await allTold();
    expect(server.points.size).toBe(200);
    expect(log().refusals.newest.map(({ fields }) => fields)).toEqual(
      Array.from({ length: 5 }, () => ['heartRateBpm']),
    );
  });
});

describe('letting go', () => {
  test('who is erased is not told of any more, and is erased there, after what was under way', async () => {
    server.behave = () => ({ status: 503 });
    const other = pulses(10, (n) => ({ id: `o${n}`, subjectId: 'r-2', deviceId: 'band-2' }));
    await commit(pulses(10), other);
    forwarder.start();
    await someFailures(1);
    server.behave = refusingField(server, 'none');
    await forwarder.erase('r-1');
    await allTold();
    expect(erased).toEqual(['r-1']);
    expect([...server.points.keys()].filter((point) => point.includes('subject=r-1'))).toEqual([]);
    expect(server.points.size).toBe(10);
  });

  test('the refusals of who is erased go too', async () => {
    server.behave = refusingField(server, 'heartRateBpm');
    await commit(
      pulses(3),
      pulses(2, (n) => ({ id: `o${n}`, subjectId: 'r-2' })),
    );
    forwarder.start();
    await allTold();
    await forwarder.erase('r-1');
    expect(log().refusals.newest.map(({ subjectId }) => subjectId)).toEqual(['r-2', 'r-2']);
  });
});
