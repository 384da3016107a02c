import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type LoadOptions, type LoadReport, loadCommunity } from '../simulators/load.ts';
import { cpuMsOf, gaugeFlags, memoryOf, ownBytesOf } from './gauge.ts';
import { startAnju } from './servers.ts';

/**
 * A long time of even load: what the service holds each minute after everything dead was collected, and what a message
 * costs. Exit status 1 when the memory of the last quarter is above that of the second by more than the goal, or a
 * message is lost.
 */
const goalGrowth = 0.05;
const zonesEach = 20;
const minuteMs = 60_000;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    rate: { type: 'string', default: '10000' },
    devices: { type: 'string', default: '2000' },
  },
});
const minutes = Number(values.minutes);
const rate = Number(values.rate);
const devices = Number(values.devices);

type Minute = {
  readonly minute: number;
  readonly rssMiB: number;
  /** Of it, without mapped files. */
  readonly ownMiB: number;
  readonly heapMiB: number;
  readonly externalMiB: number;
  readonly cores: number;
};

function generate(url: string): Promise<LoadReport> {
  const options: LoadOptions = { url, devices, rate, qos: 1, seconds: minutes * 60, profile: 'telemetry', window: 20 };
  return new Promise((resolve, reject) => {
    const generator = join(import.meta.dirname, 'generator.ts');
    execFile(process.execPath, [generator, JSON.stringify(options)], (error, stdout) =>
      error ? reject(error) : resolve(JSON.parse(stdout) as LoadReport),
    ); // the generator's only line
  });
}

/** Looks once a minute, each time a little after it. */
async function watch(anju: Awaited<ReturnType<typeof startAnju>>): Promise<Minute[]> {
  const found: Minute[] = [];
  const startMs = performance.now();
  let cpuMs = await cpuMsOf(anju.child.pid ?? 0);
  for (let minute = 1; minute <= minutes; minute += 1) {
    await pause(startMs + minute * minuteMs - performance.now() - 500);
    const pid = anju.child.pid ?? 0;
    const now = await cpuMsOf(pid);
    const { rss, heapUsed, external } = await memoryOf(anju.child);
    const bytes = { rss, own: await ownBytesOf(pid), heapUsed, external };
    const cores = (now - cpuMs) / minuteMs;
    cpuMs = now;
    found.push(asMinute(minute, bytes, cores));
    print(found.at(-1)!); // just pushed
  }
  return found;
}

type Bytes = { readonly rss: number; readonly own: number; readonly heapUsed: number; readonly external: number };

function asMinute(minute: number, { rss, own, heapUsed, external }: Bytes, cores: number): Minute {
  const mib = (bytes: number): number => bytes / 2 ** 20;
  return { minute, rssMiB: mib(rss), ownMiB: mib(own), heapMiB: mib(heapUsed), externalMiB: mib(external), cores };
}

function print({ minute, rssMiB, ownMiB, heapMiB, externalMiB, cores }: Minute): void {
  const cells = [
    String(minute),
    rssMiB.toFixed(0),
    ownMiB.toFixed(0),
    heapMiB.toFixed(1),
    externalMiB.toFixed(1),
    cores.toFixed(2),
  ];
  console.log(cells.map((cell) => cell.padStart(14)).join(''));
}

/** Mean of the last quarter over that of the second: the first still fills what is bounded. */
function growthOf(found: readonly Minute[], of: (minute: Minute) => number): number {
  const quarter = Math.max(1, Math.floor(found.length / 4));
  const mean = (some: readonly Minute[]): number => some.reduce((sum, one) => sum + of(one), 0) / some.length;
  return mean(found.slice(-quarter)) / mean(found.slice(quarter, 2 * quarter)) - 1;
}

async function main(): Promise<void> {
  const anju = await startAnju(devices, loadCommunity(devices, zonesEach), { nodeFlags: gaugeFlags });
  try {
    console.log(
      ['minute', 'rss MiB', 'own MiB', 'heap MiB', 'external MiB', 'cores'].map((cell) => cell.padStart(14)).join(''),
    );
    const [report, found] = await Promise.all([generate(anju.mqttUrl), watch(anju)]);
    const growth = { own: growthOf(found, ({ ownMiB }) => ownMiB), heap: growthOf(found, ({ heapMiB }) => heapMiB) };
    const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
    console.log(`${Math.round(report.ratePerS)} acknowledged a second, lost ${report.lost}`);
    console.log(
      `growth: own memory ${percent(growth.own)}, heap ${percent(growth.heap)} (goal at most ${percent(goalGrowth)})`,
    );
    console.log(JSON.stringify({ minutes, rate, devices, growth, goalGrowth, found, report }));
    if (report.lost !== 0 || !(growth.own <= goalGrowth && growth.heap <= goalGrowth)) process.exitCode = 1;
  } finally {
    await anju.stop();
  }
}

await main();
