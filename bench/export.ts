/**
 * Downloads of any length with constant memory, a backup and an erasure while devices publish:
 *
 *     node bench/export.ts --rows 1000000 [--only CSV]
 *
 * Fills a store with one resident's readings, starts the service on it as its own process and downloads all of them in
 * several forms while one band publishes at QoS 1. Prints rows and bytes per second, the memory of the service on the way
 * (flat after the first quarter means constant), and how long the band waited for its acknowledgements.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import mqtt, { type MqttClient } from 'mqtt';
import { openStores } from '../app/stores.ts';
import type { Reading } from '../model/reading.ts';

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '1000000' }, only: { type: 'string', default: '' } },
});
const rowCount = Number(values.rows);
const everyMs = 10_000;
const perCommit = 4_000;
const endMs = Date.UTC(2026, 0, 1);
const startMs = endMs - rowCount * everyMs;
const password = 'bench-password-1';
const token = 'token-of-the-band-0123456789';
const folder = mkdtempSync(join(tmpdir(), 'anju-bench-export-'));
const dataDir = join(folder, 'data');

const community = {
  areas: [{ id: 'city', name: 'City', kind: 'city' }],
  residents: [{ id: 'r0', name: 'R', areaId: 'city', home: { lat: 24.4, lon: 118.1, datum: 'WGS84' }, contacts: [] }],
  devices: [
    { id: 'band-0', kind: 'wristband', residentId: 'r0', token },
    { id: 'band-1', kind: 'wristband', token },
  ],
};

function readingAt(index: number): Reading {
  const takenAtMs = startMs + index * everyMs;
  const position = { lat: 24.4 + ((index * 37) % 1000) / 1e5, lon: 118.1 + ((index * 53) % 1000) / 1e5, accuracyM: 12 };
  return {
    id: `band-0:s${index}:t${takenAtMs}`,
    deviceId: 'band-0',
    kind: 'wristband',
    subjectId: 'r0',
    lane: 'telemetry',
    takenAtMs,
    receivedAtMs: takenAtMs + 250,
    late: false,
    seq: index,
    facts: { position, heartRateBpm: 60 + (index % 40) },
  };
}

async function fill(): Promise<void> {
  const { telemetry, administration, close } = await openStores(dataDir);
  await administration.importDocument(community);
  for (let from = 0; from < rowCount; from += perCommit) {
    const readings = Array.from({ length: Math.min(perCommit, rowCount - from) }, (_, i) => readingAt(from + i));
    await telemetry.commit({ readings, states: new Map(), signals: [], quarantined: [] });
  }
  await close();
}

type Service = { readonly http: string; readonly mqtt: string; readonly pid: number; stop(): Promise<void> };

async function start(): Promise<Service> {
  const main = new URL('../app/main.ts', import.meta.url).pathname;
  const env = {
    PATH: process.env.PATH,
    ANJU_DATA_DIR: dataDir,
    ANJU_HTTP_PORT: '0',
    ANJU_MQTT_PORT: '0',
    ANJU_ADMIN_PASSWORD: password,
    ANJU_LOG_LEVEL: 'error',
  };
  const child = spawn(process.execPath, ['--max-semi-space-size=64', main, 'serve'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  for await (const line of createInterface(child.stdout)) {
    const ready = JSON.parse(line) as { http: string; mqtt: string };
    const stop = (): Promise<void> => {
      child.kill('SIGTERM');
      return ended;
    };
    return { ...ready, pid: child.pid ?? 0, stop };
  }
  throw new Error('the service did not start');
}

/** Without LevelDB's files, which it maps and the system takes back when it likes. */
function ownMemoryMb(pid: number): number {
  const [, kb = '0'] = /RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kb) / 1024);
}

/** One band at 50 messages a second; how long each acknowledgement took, in ms. */
class Band {
  readonly waitsMs: number[] = [];
  #isOver = false;
  #run: Promise<void> | undefined;

  begin(client: MqttClient): void {
    this.#run = this.#publish(client);
  }

  async end(): Promise<void> {
    this.#isOver = true;
    await this.#run;
  }

  async #publish(client: MqttClient): Promise<void> {
    while (!this.#isOver) {
      const beganMs = performance.now();
      await client.publishAsync('v1/devices/band-1/telemetry', JSON.stringify({ t: Date.now(), steps: 1 }), { qos: 1 });
      this.waitsMs.push(performance.now() - beganMs);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

type Result = { readonly bytes: number; readonly rows: number };

async function measure(service: Service, name: string, work: () => Promise<Result>): Promise<void> {
  if (!name.includes(values.only)) return;
  const client = await mqtt.connectAsync(service.mqtt, { username: 'band-1', password: token, clientId: 'band-1' });
  const before = ownMemoryMb(service.pid);
  const memory: number[] = [before];
  const watch = setInterval(() => memory.push(ownMemoryMb(service.pid)), 50);
  const band = new Band();
  band.begin(client);
  const beganMs = performance.now();
  const { bytes, rows } = await work();
  const seconds = (performance.now() - beganMs) / 1000;
  clearInterval(watch);
  await band.end();
  await client.endAsync();
  const waits = band.waitsMs.sort((a, b) => a - b);
  const at = (share: number): string => (waits[Math.floor((waits.length - 1) * share)] ?? 0).toFixed(1);
  console.log(
    `${name.padEnd(24)} ${rows.toLocaleString('en').padStart(11)} rows ${(bytes / 1e6).toFixed(0).padStart(6)} MB ` +
      `${seconds.toFixed(1).padStart(6)} s ${Math.round(rows / seconds)
        .toLocaleString('en')
        .padStart(9)} rows/s   ` +
      `own memory MB at 0, 1/4, 2/4, 3/4, 1: ${[0, 1, 2, 3, 4].map((q) => memory[Math.floor(((memory.length - 1) * q) / 4)]).join(' ')}, most ${Math.max(...memory)}   acknowledgements p50 ${at(0.5)} p99 ${at(0.99)} max ${at(1)} ms`,
  );
}

async function download(service: Service, session: string, path: string): Promise<Result> {
  const response = await fetch(`${service.http}/api/v1/residents/r0/${path}`, {
    headers: { authorization: `Bearer ${session}` },
  });
  if (!response.ok || response.body === null) throw new Error(`${path} answered ${response.status}`);
  let bytes = 0;
  for await (const chunk of response.body) bytes += chunk.length;
  return { bytes, rows: rowCount };
}

async function backup(service: Service, session: string): Promise<Result> {
  const response = await fetch(`${service.http}/api/v1/backup`, {
    method: 'POST',
    headers: { authorization: `Bearer ${session}`, 'content-type': 'application/json' },
    body: JSON.stringify({ dir: join(folder, 'backup') }),
  });
  const lines = (await response.text()).trimEnd().split('\n');
  const { done } = JSON.parse(lines.at(-1) ?? '{}') as { done?: Result };
  if (done === undefined) throw new Error(`the backup failed: ${lines.at(-1)}`);
  return done;
}

async function erase(service: Service, session: string): Promise<Result> {
  const response = await fetch(`${service.http}/api/v1/residents/r0/data`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${session}`, 'content-type': 'application/json' },
    body: JSON.stringify({ confirm: 'r0' }),
  });
  const { counts } = (await response.json()) as { counts: Record<string, number> };
  return { bytes: 0, rows: counts['readings:here'] ?? 0 };
}

try {
  await fill();
  const service = await start();
  const login = await fetch(`${service.http}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'admin', password }),
  });
  const { token: session } = (await login.json()) as { token: string };
  const range = `from=${startMs}&to=${endMs}`;
  const paths = {
    'track, CSV': `track?${range}&format=csv`,
    'track, GeoJSON in GCJ02': `track?${range}&format=geojson&datum=GCJ02`,
    'track, GPX': `track?${range}&format=gpx`,
    'heart rate, NDJSON': `readings?${range}&metric=heartRateBpm&format=ndjson`,
    'everything about her': 'data',
  };
  for (const [name, path] of Object.entries(paths))
    await measure(service, name, () => download(service, session, path));
  await measure(service, 'backup', () => backup(service, session));
  await measure(service, 'erasure', () => erase(service, session));
  await service.stop();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
