import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { type LoadOptions, type LoadReport, loadCommunity } from '../simulators/load.ts';
import { type Server, startAnju, startMosquitto } from './servers.ts';

/**
 * Acknowledged QoS 1 messages per second: the whole service with everything on (decode, validate, every rule with 20 zones
 * for each resident, durable commit), against a bare Mosquitto that stores nothing. Runs alternate on the same machine with
 * the same generator in a process of its own; medians are compared, for each number of connections.
 * Exit status 1 below the floor.
 */
const floor = 0.6;
const goal = 1.0;
const warmUpS = 2;

type Contestant = { readonly name: string; readonly start: () => Promise<Server>; readonly reports: LoadReport[] };

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '200,5000' },
    zones: { type: 'string', default: '20' },
    window: { type: 'string', default: '20' },
    profile: { type: 'string', default: 'telemetry' },
    mosquitto: { type: 'string', default: '/usr/sbin/mosquitto' },
  },
});
const zonesEach = Number(values.zones);
const seconds = Number(values.seconds);

const run = promisify(execFile);

/** One run of the generator against a server. */
async function measure(mqttUrl: string, devices: number, forS: number): Promise<LoadReport> {
  const profile = values.profile as LoadOptions['profile'];
  const options: LoadOptions = {
    url: mqttUrl,
    devices,
    rate: 0,
    qos: 1,
    seconds: forS,
    profile,
    window: Number(values.window),
  };
  const { stdout } = await run(process.execPath, [join(import.meta.dirname, 'generator.ts'), JSON.stringify(options)]);
  return JSON.parse(stdout) as LoadReport; // the generator's only line
}

async function once({ name, start, reports }: Contestant, devices: number, round: number): Promise<void> {
  const server = await start();
  try {
    await measure(server.mqttUrl, devices, warmUpS); // compiled code and open files before the counted run, for both
    const report = await measure(server.mqttUrl, devices, seconds);
    reports.push(report);
    progress(
      `${devices} connections, round ${round} ${name.padEnd(9)} ${whole(report.ratePerS)}/s, lost ${report.lost}`,
    );
  } finally {
    await server.stop();
  }
}

function summary({ name, reports }: Contestant) {
  return {
    name,
    ratesPerS: reports.map(({ ratePerS }) => Math.round(ratePerS)),
    ratePerS: Math.round(median(reports.map(({ ratePerS }) => ratePerS))),
    p50Ms: median(reports.map(({ latencyMs }) => latencyMs?.p50 ?? Number.NaN)),
    p99Ms: median(reports.map(({ latencyMs }) => latencyMs?.p99 ?? Number.NaN)),
    lost: reports.reduce((sum, { lost }) => sum + (lost ?? 0), 0),
    generatorCores: median(reports.map(({ generatorCores }) => generatorCores)),
  };
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle) - 1] ?? Number.NaN)) / 2;
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

function progress(line: string): void {
  process.stderr.write(`${line}\n`);
}

function print(devices: number, rows: readonly ReturnType<typeof summary>[], ratio: number): void {
  const columns = [`${devices} connections`, 'acked/s', 'p50 ms', 'p99 ms', 'lost', 'generator cores'];
  const lines = rows.map((row) => [
    row.name,
    whole(row.ratePerS),
    row.p50Ms.toFixed(1),
    row.p99Ms.toFixed(1),
    String(row.lost),
    row.generatorCores.toFixed(2),
  ]);
  for (const line of [columns, ...lines]) console.log(line.map((cell) => cell.padStart(18)).join(''));
  console.log(`ratio ${ratio.toFixed(2)} (goal ${goal.toFixed(1)}, floor ${floor})`);
}

/** At one number of connections; the ratio of the medians. */
async function compare(devices: number) {
  const town = loadCommunity(devices, zonesEach);
  const anju: Contestant = { name: 'anju', start: () => startAnju(devices, town), reports: [] };
  const mosquitto: Contestant = { name: 'mosquitto', start: () => startMosquitto(values.mosquitto), reports: [] };
  for (let round = 1; round <= Number(values.rounds); round += 1) {
    // Who goes first changes, so that a machine that warms up or throttles favours nobody.
    const order = round % 2 === 1 ? [anju, mosquitto] : [mosquitto, anju];
    for (const contestant of order) await once(contestant, devices, round);
  }
  const contestants = [summary(anju), summary(mosquitto)];
  const ratio = contestants[0]!.ratePerS / contestants[1]!.ratePerS; // of the two just made
  print(devices, contestants, ratio);
  return { devices, ratio, contestants };
}

async function main(): Promise<void> {
  const compared = [];
  for (const devices of values.connections.split(',')) compared.push(await compare(Number(devices)));
  console.log(JSON.stringify({ window: Number(values.window), zonesEach, seconds, goal, floor, compared }));
  if (!compared.every(({ ratio }) => ratio >= floor)) process.exitCode = 1;
}

await main();
