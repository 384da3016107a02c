import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Reading } from '../../model/reading.ts';
import { bytesIn, type Contestant } from './contestant.ts';

/** What InfluxData recommends for one request, and enough requests at a time to keep the server busy. */
const linesPerRequest = 5_000;
const requestsAtATime = 3;
const startWithinMs = 30_000;

/**
 * InfluxDB 1.x from Debian's package with an fsync for each write, its default. It is given less than the embedded store
 * keeps (no ids, numbers of messages, times of receipt) and whole numbers as integers: the least bytes it can do with.
 * Compactions come after seconds instead of hours, so that its files are as small as they get.
 */
export async function influx(program: string, dir: string, port: number): Promise<Contestant> {
  const { url: base, stop } = await influxServer(program, dir, port, 'bench');
  const ask = (query: string) => answerOf(`${base}/query?db=bench&epoch=ms&q=${encodeURIComponent(query)}`);
  const between = (fromMs: number, toMs: number) => `time >= ${fromMs}ms AND time < ${toMs}ms`;
  return {
    name: 'influxdb',
    dir,
    prepare: (readings) => bodiesOf(readings),
    write: (prepared) => sendAll(`${base}/write?db=bench&precision=ms`, prepared as string[]), // made by `prepare`
    settle: () => quiet(dir),
    track: (subjectId, fromMs, toMs) =>
      ask(`SELECT lat, lon, accuracyM FROM reading WHERE subject = '${subjectId}' AND ${between(fromMs, toMs)}`),
    means: (subjectId, fromMs, toMs, everyMs) =>
      ask(
        `SELECT mean(heartRateBpm) FROM reading WHERE subject = '${subjectId}' AND ${between(fromMs, toMs)} GROUP BY time(${everyMs}ms) fill(none)`,
      ),
    latest: (_subjectIds, atMs, withinMs) =>
      ask(`SELECT last(lat), lon, accuracyM FROM reading WHERE ${between(atMs - withinMs, atMs + 1)} GROUP BY subject`),
    stop,
  };
}

/** `influxd` with one database, on a folder of its own. */
export async function influxServer(program: string, dir: string, port: number, database: string) {
  const child = await started(program, dir, port);
  const url = `http://127.0.0.1:${port}`;
  await answersAt(url, child);
  await fetch(`${url}/query?q=${encodeURIComponent(`CREATE DATABASE ${database}`)}`, { method: 'POST' });
  const stop = async (): Promise<void> => {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode === null && child.kill('SIGTERM')) await gone;
  };
  return { url, stop };
}

async function started(program: string, dir: string, port: number): Promise<ChildProcess> {
  await mkdir(dir, { recursive: true });
  const configuration = join(dir, 'influxdb.conf');
  await writeFile(
    configuration,
    `reporting-disabled = true
bind-address = "127.0.0.1:0"
[meta]
dir = "${dir}/meta"
[data]
dir = "${dir}/data"
wal-dir = "${dir}/wal"
query-log-enabled = false
cache-snapshot-write-cold-duration = "5s"
compact-full-write-cold-duration = "10s"
[coordinator]
write-timeout = "120s"
[monitor]
store-enabled = false
[http]
bind-address = "127.0.0.1:${port}"
log-enabled = false
`,
  );
  const child = spawn(program, ['-config', configuration], { stdio: 'ignore' });
  await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  return child;
}

async function answersAt(base: string, child: ChildProcess): Promise<void> {
  const deadlineMs = performance.now() + startWithinMs;
  while (performance.now() < deadlineMs && child.exitCode === null) {
    if (
      await fetch(`${base}/ping`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await pause(100);
  }
  throw new Error('influxd does not answer');
}

function bodiesOf(readings: readonly Reading[]): string[] {
  const bodies: string[] = [];
  for (let at = 0; at < readings.length; at += linesPerRequest) {
    bodies.push(
      readings
        .slice(at, at + linesPerRequest)
        .map(lineOf)
        .join('\n'),
    );
  }
  return bodies;
}

function lineOf({ subjectId, deviceId, takenAtMs, facts }: Reading): string {
  const { position, worn, temperatureC, ...whole } = facts;
  const fields = Object.entries(whole).map(([name, value]) => `${name}=${String(value)}i`);
  if (position !== undefined) fields.push(`lat=${position.lat},lon=${position.lon},accuracyM=${position.accuracyM}`);
  if (worn !== undefined) fields.push(`worn=${worn}`);
  if (temperatureC !== undefined) fields.push(`temperatureC=${temperatureC}`);
  return `reading,device=${deviceId},subject=${subjectId} ${fields.join(',')} ${takenAtMs}`;
}

async function sendAll(url: string, bodies: readonly string[]): Promise<void> {
  const waiting = bodies.values();
  const work = async (): Promise<void> => {
    for (const body of waiting) {
      const response = await fetch(url, { method: 'POST', body });
      const text = await response.text();
      if (!response.ok) throw new Error(`influxd answered ${response.status} ${text}`);
    }
  };
  await Promise.all(Array.from({ length: requestsAtATime }, work));
}

type Answer = {
  readonly results?: readonly { readonly series?: readonly { readonly values: readonly unknown[] }[] }[];
};

/** How many rows the answer has. */
async function answerOf(url: string): Promise<number> {
  const response = await fetch(url);
  const answer = (await response.json()) as Answer; // what InfluxDB documents
  if (!response.ok) throw new Error(`influxd answered ${response.status} ${JSON.stringify(answer)}`);
  const series = answer.results?.[0]?.series ?? [];
  return series.reduce((sum, { values }) => sum + values.length, 0);
}

/** Until its files have not changed in size for longer than it waits before it compacts. */
async function quiet(dir: string): Promise<void> {
  let bytes = -1;
  for (let same = 0; same < 10; await pause(3_000)) {
    const now = await bytesIn(dir);
    same = now === bytes ? same + 1 : 0;
    bytes = now;
  }
}
