import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { alertsSince } from '../simulators/http.ts';
import type { Order, Told } from './connections/crowd.ts';
import { gaugeFlags, type Memory, memoryOf } from './gauge.ts';
import { type Anju, type AnjuOptions, administratorOf, serveAnju, startAnju } from './servers.ts';

/**
 * What a connection costs: memory of the service without anybody, with everybody connected, and after everybody has said
 * something; the same of a bare aedes and of bare sockets. Then everybody's network goes while some press SOS, all come
 * back at once, and each press must be one alert.
 * Exit status 1 when a connection costs more than the goal, or the storm takes longer, or an alert is missing or doubled.
 */
const goalKiB = 20;
const stormGoalMs = 10_000;
const alertsMayTakeMs = 60_000;
const enterAtOnce = 200;
/** Little room for young memory, so that what V8 holds ready is not taken for what connections hold. */
const memoryFlags = [...gaugeFlags, '--max-semi-space-size=2'];

const { values } = parseArgs({
  options: {
    connections: { type: 'string', default: '18400' },
    presses: { type: 'string', default: '1000' },
    only: { type: 'string' },
    profile: { type: 'string' },
  },
});
const count = Number(values.connections);
const presses = Math.min(count, Number(values.presses));

type Cost = { readonly name: string; readonly rssKiB: number; readonly heapKiB: number; readonly externalKiB: number };
type Storm = {
  readonly backInMs: number;
  readonly connected: number;
  readonly refused: number;
  readonly alertedInMs: number;
  readonly missing: number;
  readonly doubled: number;
};

class Crowd {
  readonly #child = fork(join(import.meta.dirname, 'connections/crowd.ts'));

  order(order: Order): Promise<Told> {
    const answer = new Promise<Told>((resolve, reject) => {
      this.#child.once('message', (told) => resolve(told as Told)); // its only kind of message
      this.#child.once('exit', () => reject(new Error('the crowd is gone')));
    });
    this.#child.send(order);
    return answer;
  }

  end(): void {
    this.#child.kill();
  }
}

function costOf(name: string, before: Memory, after: Memory): Cost {
  const each = (bytes: number): number => bytes / 1024 / count;
  return {
    name,
    rssKiB: each(after.rss - before.rss),
    heapKiB: each(after.heapUsed - before.heapUsed),
    externalKiB: each(after.external - before.external),
  };
}

async function costsOf(name: string, child: ChildProcess, port: number, crowd: Crowd): Promise<Cost[]> {
  const before = await memoryOf(child);
  const { connected, tookMs } = await crowd.order({ do: 'connect', port, count, atOnce: enterAtOnce });
  if (connected !== count) throw new Error(`${name}: only ${connected} of ${count} came in`);
  progress(`${name}: ${count} connected in ${(tookMs / 1000).toFixed(1)} s`);
  const during = await memoryOf(child);
  await crowd.order({ do: 'say' });
  return [
    costOf(`${name}, connected`, before, during),
    costOf(`${name}, after a message`, before, await memoryOf(child)),
  ];
}

/** Something of `bare.ts`, for comparison. */
async function bareCosts(kind: 'aedes' | 'sockets'): Promise<Cost[]> {
  const child = spawn(process.execPath, [...memoryFlags, join(import.meta.dirname, 'connections/bare.ts'), kind], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const crowd = new Crowd();
  try {
    const [line] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string];
    const { port } = JSON.parse(line) as { port: number };
    return await costsOf(`bare ${kind}`, child, port, crowd);
  } finally {
    crowd.end();
    child.kill();
  }
}

/** The service is started anew after its import, so that room left over from that hides nothing. */
async function ours(dataDir: string): Promise<{ readonly costs: Cost[]; readonly storm: Storm }> {
  await (await startAnju(count, undefined, { dataDir })).stop();
  const costs = values.only === 'storm' ? [] : await withCrowd({ dataDir, nodeFlags: memoryFlags }, costsOfAnju);
  return {
    costs,
    storm: await withCrowd(
      { dataDir, nodeFlags: values.profile ? ['--cpu-prof', `--cpu-prof-dir=${values.profile}`] : [] },
      stormOf,
    ),
  };
}

function costsOfAnju(service: Anju, crowd: Crowd): Promise<Cost[]> {
  return costsOf('anju', service.child, portOf(service), crowd);
}

function portOf({ mqttUrl }: Anju): number {
  return Number(new URL(mqttUrl).port);
}

async function withCrowd<T>(options: AnjuOptions, act: (service: Anju, crowd: Crowd) => Promise<T>): Promise<T> {
  const service = await serveAnju(options);
  const crowd = new Crowd();
  try {
    return await act(service, crowd);
  } finally {
    crowd.end();
    await service.stop();
  }
}

async function stormOf(service: Anju, crowd: Crowd): Promise<Storm> {
  const token = await administratorOf(service);
  await crowd.order({ do: 'connect', port: portOf(service), count, atOnce: enterAtOnce });
  const sinceMs = Date.now() - 1000;
  await crowd.order({ do: 'press', count: presses });
  const startMs = performance.now();
  const { tookMs, connected, refused } = await crowd.order({ do: 'return', atOnce: count });
  progress(`${connected} of ${count} are back after ${(tookMs / 1000).toFixed(1)} s`);
  const alerted = await alertedBy(service.httpUrl, token, sinceMs, startMs + alertsMayTakeMs);
  return { backInMs: tookMs, connected, refused, alertedInMs: performance.now() - startMs, ...alerted };
}

async function alertedBy(httpUrl: string, token: string, sinceMs: number, untilMs: number) {
  for (;;) {
    const alerts = (await alertsSince(httpUrl, token, sinceMs)).filter(({ type }) => type === 'sos');
    const residents = new Set(alerts.map(({ residentId }) => residentId));
    const result = { missing: presses - residents.size, doubled: alerts.length - residents.size };
    if (result.missing === 0 || performance.now() > untilMs) return result;
  }
}

function progress(line: string): void {
  process.stderr.write(`${line}\n`);
}

function print(costs: readonly Cost[], storm: Storm | undefined): void {
  console.log(`${''.padEnd(30)}${['rss KiB', 'heap KiB', 'external KiB'].map((cell) => cell.padStart(14)).join('')}`);
  for (const { name, rssKiB, heapKiB, externalKiB } of costs) {
    const cells = [rssKiB, heapKiB, externalKiB].map((value) => value.toFixed(1).padStart(14));
    console.log(`${name.padEnd(30)}${cells.join('')}`);
  }
  console.log(`goal: at most ${goalKiB} KiB of rss a connection`);
  if (storm === undefined) return;
  const { backInMs, connected, alertedInMs, missing, doubled } = storm;
  const back = `${connected} of ${count} back in ${(backInMs / 1000).toFixed(1)} s (goal ${stormGoalMs / 1000} s)`;
  console.log(`storm: ${back}, ${presses} presses alerted after ${(alertedInMs / 1000).toFixed(1)} s`);
  console.log(`missing ${missing}, doubled ${doubled}`);
}

function isReached(costs: readonly Cost[], storm: Storm): boolean {
  const { connected, backInMs, missing, doubled } = storm;
  const isSmall = costs.every(({ rssKiB }) => rssKiB <= goalKiB);
  return isSmall && connected === count && backInMs <= stormGoalMs && missing === 0 && doubled === 0;
}

async function main(): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'anju-bench-connections-'));
  try {
    const own = values.only === 'bare' ? undefined : await ours(join(dir, 'data'));
    const bare =
      values.only === 'anju' || values.only === 'storm'
        ? []
        : [...(await bareCosts('aedes')), ...(await bareCosts('sockets'))];
    const costs = [...(own?.costs ?? []), ...bare];
    print(costs, own?.storm);
    console.log(JSON.stringify({ connections: count, presses, goalKiB, stormGoalMs, costs, storm: own?.storm }));
    if (own !== undefined && !isReached(own.costs, own.storm)) process.exitCode = 1;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

await main();
