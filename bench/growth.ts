import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import type { LoadOptions, LoadReport } from '../simulators/load.ts';
import { cpuMsOf, gaugeFlags, memoryOf } from './gauge.ts';
import { buildFolder, type Size, telemetryOf } from './growth/build.ts';
import { serveAnju } from './servers.ts';
import { bytesIn } from './store/contestant.ts';

/**
 * What grows with residents and with data: from start to ready, memory after it, processor time of one message. The data
 * folders are built through the stores; with `--dir` they stay, for the next time. Each size is `residents:readings:days`.
 * Exit status 1 when the start of the largest takes longer than the goal.
 */
const goalMs = 5_000;
const warmUpS = 3;

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000:3600000:1,10000:3600000:1,100000:3600000:1' },
    rate: { type: 'string', default: '2000' },
    seconds: { type: 'string', default: '10' },
    starts: { type: 'string', default: '3' },
    dir: { type: 'string' },
  },
});
const run = promisify(execFile);

type Row = Size & {
  readonly diskMiB: number;
  readonly startMs: readonly number[];
  /** Processor time of a start: what it needs when it is not alone on the machine. */
  readonly startCpuMs: number;
  readonly rssMiB: number;
  readonly heapMiB: number;
  readonly cpuUsPerMessage: number;
  readonly p99Ms: number;
};

function sizeOf(text: string): Size {
  const [residents, readings, days] = text.split(':').map(Number);
  if (!residents || !readings || !days) throw new Error(`--sizes are residents:readings:days, got '${text}'`);
  return { residents, readings, days };
}

/** Built once; a folder is only taken for whole when its building came to its end. */
async function folderOf(dir: string, size: Size): Promise<string> {
  const { residents, readings, days } = size;
  const folder = join(dir, `${residents}-${readings}-${days}`);
  if (await exists(folder)) return folder;
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  const startMs = performance.now();
  await buildFolder(unfinished, size, (written) => {
    if (written % 409_600 < 4_096) progress(`building ${residents}: ${(written / 1e6).toFixed(1)} million readings`);
  });
  await rename(unfinished, folder);
  progress(`built ${folder} in ${((performance.now() - startMs) / 1000).toFixed(0)} s`);
  return folder;
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function measure(dir: string, size: Size): Promise<Row> {
  const dataDir = await folderOf(dir, size);
  const startMs: number[] = [];
  for (let start = 1; start < Number(values.starts); start += 1) {
    const { ms, service } = await timedStart(dataDir, []);
    startMs.push(ms);
    await service.stop();
  }
  const { ms, service } = await timedStart(dataDir, gaugeFlags);
  startMs.push(ms);
  const startCpuMs = await cpuMsOf(service.child.pid ?? 0);
  try {
    const { cpuUsPerMessage, p99Ms } = await costOf(service.mqttUrl, service.child.pid ?? 0, size.residents);
    const { rss, heapUsed } = await memoryOf(service.child); // by now every home is awake
    const row = {
      ...size,
      diskMiB: (await bytesIn(telemetryOf(dataDir))) / 2 ** 20,
      startMs: startMs.map(Math.round),
      startCpuMs,
      rssMiB: rss / 2 ** 20,
      heapMiB: heapUsed / 2 ** 20,
    };
    return { ...row, cpuUsPerMessage, p99Ms };
  } finally {
    await service.stop();
  }
}

/** From the start of the process to its ready line. */
async function timedStart(dataDir: string, nodeFlags: readonly string[]) {
  const fromMs = performance.now();
  const service = await serveAnju({ dataDir, nodeFlags });
  const ms = performance.now() - fromMs;
  progress(`ready after ${Math.round(ms)} ms`);
  return { ms, service };
}

/** At a rate it easily keeps, of messages that come from as many of them as have a connection. */
async function costOf(url: string, pid: number, residents: number) {
  const options: LoadOptions = {
    url,
    devices: Math.min(1_000, residents),
    rate: Number(values.rate),
    qos: 1,
    seconds: warmUpS,
    profile: 'telemetry',
    window: 20,
  };
  await generate(options);
  const before = await cpuMsOf(pid);
  const { acknowledged, latencyMs } = await generate({ ...options, seconds: Number(values.seconds) });
  const cpuMs = (await cpuMsOf(pid)) - before;
  return { cpuUsPerMessage: (1000 * cpuMs) / (acknowledged ?? 0), p99Ms: latencyMs?.p99 ?? Number.NaN };
}

async function generate(options: LoadOptions): Promise<LoadReport> {
  const { stdout } = await run(process.execPath, [join(import.meta.dirname, 'generator.ts'), JSON.stringify(options)]);
  return JSON.parse(stdout) as LoadReport; // the generator's only line
}

function progress(line: string): void {
  process.stderr.write(`${line}\n`);
}

function print(rows: readonly Row[]): void {
  const columns = [
    'residents',
    'readings',
    'days',
    'disk MiB',
    'start ms',
    'its cpu ms',
    'rss MiB',
    'heap MiB',
    'µs/message',
    'p99 ms',
  ];
  const lines = rows.map((row) => [
    row.residents.toLocaleString('en-US'),
    row.readings.toLocaleString('en-US'),
    String(row.days),
    row.diskMiB.toFixed(0),
    String(middle(row.startMs)),
    String(row.startCpuMs),
    row.rssMiB.toFixed(0),
    row.heapMiB.toFixed(0),
    row.cpuUsPerMessage.toFixed(0),
    row.p99Ms.toFixed(1),
  ]);
  for (const line of [columns, ...lines]) console.log(line.map((cell) => cell.padStart(13)).join(''));
  console.log(`goal: ready within ${goalMs} ms of the start, with the largest`);
}

function middle(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

async function main(): Promise<void> {
  const dir = values.dir ?? (await mkdtemp(join(tmpdir(), 'anju-bench-growth-')));
  try {
    const rows: Row[] = [];
    for (const text of values.sizes.split(',')) rows.push(await measure(dir, sizeOf(text)));
    print(rows);
    console.log(JSON.stringify({ goalMs, rate: Number(values.rate), rows }));
    if (rows.some(({ startMs }) => middle(startMs) > goalMs)) process.exitCode = 1;
  } finally {
    if (values.dir === undefined) await rm(dir, { recursive: true, force: true });
  }
}

await main();
