import { expect, test } from 'vitest';
import { Replay } from '../../app/replay.ts';
import type { Alert } from '../../model/alert.ts';
import type { Burst } from '../../model/reading.ts';
import { clapBurst, doubtfulBurst, fallBurst, impactAtS, walkBurst } from '../rules/support/bursts.ts';
import { smallTown } from '../support/community.ts';

const morningMs = Date.UTC(2026, 4, 4, 1);
const home = { lat: 24.4451, lon: 118.0823 };
const safeZone = {
  id: 'home',
  residentId: 'r0',
  name: 'Home',
  kind: 'safe',
  datum: 'WGS84',
  shape: { type: 'circle', center: home, radiusM: 300 },
};

/** A fix so many metres north of home, a minute after the one before. */
const walk = (...metresNorth: number[]) =>
  metresNorth.map((metres, minute) => ({
    at: morningMs + minute * 60_000,
    topic: 'v1/devices/band-0/telemetry',
    payload: JSON.stringify({
      t: morningMs + minute * 60_000,
      position: { lat: home.lat + metres / 111_195, lon: home.lon, accuracyM: 12, source: 'gnss' },
    }),
  }));

async function replayed(messages: { at: number; topic: string; payload: string }[]): Promise<string[]> {
  const lines: string[] = [];
  const tell = (atMs: number, { type, severity, state }: Alert): void => {
    lines.push(`${(atMs - morningMs) / 60_000} ${type} ${severity} ${state}`);
  };
  const session = await Replay.open(smallTown(2, { zones: [safeZone] }), 'Asia/Shanghai', tell);
  for (const { at, topic, payload } of messages) await session.message(at, topic, payload);
  await session.close();
  return lines;
}

test('she leaves, comes back, and leaves again: two excursions, two alerts', async () => {
  const messages = walk(0, 50, 400, 450, 500, 550, 500, 100, 20, 0, 10, 400, 450, 500, 550);
  const lines = await replayed(messages);
  expect(lines).toEqual(['4 zoneExit P2 open', '8 zoneExit P2 resolved', '13 zoneExit P2 open']);
  expect(await replayed(messages)).toEqual(lines);
});

test('one wild fix is no excursion', async () => {
  expect(await replayed(walk(0, 10, 4000, 20, 0, 10))).toEqual([]);
});

test('a fall nobody answers turns from urgent to critical by itself', async () => {
  const fall = {
    at: morningMs,
    topic: 'v1/devices/band-0/event',
    payload: JSON.stringify({ t: morningMs, event: 'fall' }),
  };
  const later = { at: morningMs + 300_000, topic: 'v1/devices/band-0/telemetry', payload: '{"batteryPct":80}' };
  expect(await replayed([fall, later])).toEqual(['0 fall P2 open', '1 fall P1 open']);
});

const burst = (minute: number, { rateHz, site, samples }: Burst) => ({
  at: morningMs + minute * 60_000 + 12_000,
  topic: 'v1/devices/band-0/burst',
  payload: JSON.stringify({ t: morningMs + minute * 60_000, rateHz, site, unit: 'g', samples }),
});

test('a burst of acceleration with a fall in it is a suspected fall, and daily life is not', async () => {
  const lines = await replayed([burst(0, walkBurst()), burst(1, fallBurst()), burst(9, clapBurst())]);
  expect(lines).toEqual(['1.2 fall P2 open', `${(60 + impactAtS + 60) / 60} fall P1 open`]);
});

test('a faint blow after which she walks on is nothing; when she lies still and answers no question, people go and look', async () => {
  const reports = (stepsAMinute: number) =>
    Array.from({ length: 8 }, (_, i) => ({
      at: morningMs + (2 + 5 * i) * 60_000,
      topic: 'v1/devices/band-0/telemetry',
      payload: JSON.stringify({ t: morningMs + (2 + 5 * i) * 60_000, worn: true, steps: 4000 + 5 * i * stepsAMinute }),
    }));
  expect(await replayed([burst(0, doubtfulBurst()), ...reports(3)])).toEqual([]);
  expect(await replayed([burst(0, doubtfulBurst()), ...reports(0)])).toEqual(['32 fall P2 open']);
});

test('a retransmitted press is one press', async () => {
  const press = {
    at: morningMs,
    topic: 'v1/devices/band-0/event',
    payload: JSON.stringify({ t: morningMs, seq: 1, event: 'sos' }),
  };
  expect(await replayed([press, { ...press, at: morningMs + 1000 }])).toEqual(['0 sos P1 open']);
});
