import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs, promisify } from 'node:util';
import mqtt from 'mqtt';
import type { LoadOptions, LoadReport } from '../simulators/load.ts';
import { freePort, startAnju, startMosquitto } from './servers.ts';
import { alertTopic, measurement } from './stack/flow.ts';
import { installNodeRed, startNodeRed } from './stack/node-red.ts';
import { influxServer } from './store/influx.ts';

/**
 * What people would build instead, Mosquitto + Node-RED with its geofence node + InfluxDB, against Anju, with the same
 * generator: the highest rate at which every acknowledged message became a row, found by doubling and halving; Anju as
 * fast as it acknowledges. Node-RED is installed from npm into a folder of its own, once.
 * Exit status 1 below the goal.
 */
const goal = 10;
const devices = 200;
const firstRate = 250;
const halvings = 3;
const database = 'bench';
/** A stack that needs longer than this after the last message did not keep up. */
const settleMs = 5_000;
const readyWithinMs = 60_000;
/** A batch that does not fill is written after a second. */
const batchMs = 1_500;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '20' },
    batch: { type: 'string', default: '1' },
    dir: { type: 'string', default: join(tmpdir(), 'anju-bench-node-red') },
    mosquitto: { type: 'string', default: '/usr/sbin/mosquitto' },
    influxd: { type: 'string', default: '/usr/bin/influxd' },
  },
});
const seconds = Number(values.seconds);
const run = promisify(execFile);

type Trial = { readonly rate: number; readonly acknowledged: number; readonly rows: number; readonly held: boolean };
type Stack = { readonly mqttUrl: string; readonly influxUrl: string; stop(): Promise<void> };

async function generate(url: string, rate: number): Promise<LoadReport> {
  const options: LoadOptions = { url, devices, rate, qos: 1, seconds, profile: 'telemetry', window: 20 };
  const { stdout } = await run(process.execPath, [join(import.meta.dirname, 'generator.ts'), JSON.stringify(options)]);
  return JSON.parse(stdout) as LoadReport; // the generator's only line
}

async function startStack(folder: string): Promise<Stack> {
  await installNodeRed(values.dir);
  const influxPort = await freePort();
  const influx = await influxServer(values.influxd, join(folder, 'influx'), influxPort, database);
  const mosquitto = await startMosquitto(values.mosquitto, 'asInstalled');
  const mqttPort = Number(new URL(mosquitto.mqttUrl).port);
  const flow = await startNodeRed(values.dir, { mqttPort, influxPort, database }, Number(values.batch));
  const stop = async (): Promise<void> => {
    await flow.stop();
    await mosquitto.stop();
    await influx.stop();
  };
  const stack = { mqttUrl: mosquitto.mqttUrl, influxUrl: influx.url, stop };
  try {
    await answers(stack);
    return stack;
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Somebody is outside, again and again, until that is a row and an alert. */
async function answers({ mqttUrl, influxUrl }: Stack): Promise<void> {
  const client = await mqtt.connectAsync(mqttUrl);
  let alerts = 0;
  client.on('message', () => {
    alerts += 1;
  });
  await client.subscribeAsync(alertTopic, { qos: 1 });
  const deadlineMs = performance.now() + readyWithinMs;
  try {
    for (let seq = 1; alerts === 0 || (await rowsIn(influxUrl)) === 0; seq += 1) {
      if (performance.now() > deadlineMs) throw new Error('the flow makes no row or no alert of a message');
      const said = { t: Date.now(), seq, position: { lat: 25, lon: 118, accuracyM: 8 }, heartRateBpm: 70 };
      await client.publishAsync('v1/devices/probe/telemetry', JSON.stringify(said), { qos: 1 });
      await pause(250);
    }
  } finally {
    client.end(true);
  }
}

async function query(influxUrl: string, text: string): Promise<string> {
  const response = await fetch(`${influxUrl}/query?db=${database}&q=${encodeURIComponent(text)}`, { method: 'POST' });
  return response.text();
}

type Counted = { readonly results?: readonly { readonly series?: readonly { readonly values: number[][] }[] }[] };

async function rowsIn(influxUrl: string): Promise<number> {
  const answer = JSON.parse(await query(influxUrl, `SELECT count(seq) FROM ${measurement}`)) as Counted; // as documented
  return answer.results?.[0]?.series?.[0]?.values[0]?.[1] ?? 0;
}

/** One run at a rate. Held: asked for, acknowledged, and every row there soon after. */
async function tryOut({ mqttUrl, influxUrl }: Stack, rate: number): Promise<Trial> {
  await pause(batchMs); // the last batch of the run before must not be counted with this one
  await query(influxUrl, `DROP MEASUREMENT ${measurement}`);
  const { acknowledged, ratePerS } = await generate(mqttUrl, rate);
  const expected = acknowledged ?? 0;
  const untilMs = performance.now() + settleMs;
  let rows = await rowsIn(influxUrl);
  while (rows < expected && performance.now() < untilMs) {
    await pause(250);
    rows = await rowsIn(influxUrl);
  }
  const held = rows >= expected && ratePerS >= 0.98 * rate;
  progress(`${rate}/s: ${expected} acknowledged, ${rows} rows: ${held ? 'held' : 'not held'}`);
  if (!held) await quiet(influxUrl);
  return { rate, acknowledged: expected, rows, held };
}

/** What is still on its way must not be counted with the next run. */
async function quiet(influxUrl: string): Promise<void> {
  let before = -1;
  for (let now = await rowsIn(influxUrl); now !== before; now = await rowsIn(influxUrl)) {
    before = now;
    await pause(3_000);
  }
}

async function highestHeld(stack: Stack): Promise<{ readonly rate: number; readonly trials: readonly Trial[] }> {
  const trials: Trial[] = [];
  const isHeld = async (rate: number): Promise<boolean> => {
    trials.push(await tryOut(stack, rate));
    return trials.at(-1)?.held === true;
  };
  await tryOut(stack, firstRate); // compiled code and open files, as for Anju
  let low = 0;
  let high = firstRate;
  for (; await isHeld(high); high *= 2) low = high;
  for (let step = 0; step < halvings; step += 1) {
    const middle = Math.round((low + high) / 2);
    if (await isHeld(middle)) low = middle;
    else high = middle;
  }
  return { rate: low, trials };
}

async function anjuRate(): Promise<LoadReport> {
  const anju = await startAnju(devices);
  try {
    await generate(anju.mqttUrl, firstRate);
    return await generate(anju.mqttUrl, 0);
  } finally {
    await anju.stop();
  }
}

function progress(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'anju-bench-stack-'));
  try {
    const stack = await startStack(folder);
    const { rate, trials } = await highestHeld(stack).finally(() => stack.stop());
    const anju = await anjuRate();
    const ratio = anju.ratePerS / rate;
    console.log(`Mosquitto + Node-RED + InfluxDB hold ${rate} a second, batches of ${values.batch}`);
    console.log(`Anju acknowledges ${Math.round(anju.ratePerS)} a second, lost ${anju.lost}`);
    console.log(`ratio ${ratio.toFixed(1)} (goal ${goal})`);
    console.log(JSON.stringify({ seconds, batch: Number(values.batch), stackPerS: rate, trials, anju, ratio, goal }));
    if (!(ratio >= goal)) process.exitCode = 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

await main();
