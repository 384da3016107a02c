import { execFile } from 'node:child_process';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import mqtt, { type MqttClient } from 'mqtt';
import type { CommunityDocument } from '../model/community.ts';
import { logIn } from '../simulators/http.ts';
import { type LoadOptions, loadCommunity, loadDeviceId, loadToken } from '../simulators/load.ts';
import { startAnju } from './servers.ts';

/**
 * From the press of a button to everybody who has to know, in ms: the acknowledgement to the button, the alert at a
 * responder over MQTT, on the family's event stream, at a webhook, and with `--http` for whoever asks over HTTP as fast as
 * answers come, which is work for the service that nobody's app gives it. One press after the other, each of another
 * resident, on a service that is otherwise idle or (`--background`) takes so many readings a second.
 * Exit status 1 when a press is missed or a 99th percentile is above the goal.
 */
const goalP99Ms = { idle: 25, busy: 100 };
const limitMs = 1_000;
const givenUpMs = 10_000;
const warmUp = 10;
const backgroundDevices = 200;
const backgroundStartsWithinMs = 3_000;
const password = 'bench-password-1';

type Way = 'acknowledged' | 'MQTT responder' | 'event stream' | 'webhook' | 'HTTP';

const { values } = parseArgs({
  options: {
    presses: { type: 'string', default: '900' },
    background: { type: 'string', default: '0' },
    http: { type: 'boolean', default: false },
  },
});
const pushed: readonly Way[] = ['acknowledged', 'MQTT responder', 'event stream', 'webhook'];
const ways: readonly Way[] = values.http ? [...pushed, 'HTTP'] : pushed;
const presses = Number(values.presses) + warmUp;
const background = Number(values.background);
const goalMs = background > 0 ? goalP99Ms.busy : goalP99Ms.idle;
/** The load generator speaks for the first devices, the buttons are those after them. */
const firstButton = background > 0 ? backgroundDevices : 0;

/** Who waits to see an alert of which resident by which way. */
class Sightings {
  readonly #waiting = new Map<string, (atMs: number) => void>();

  seen(way: Way, residentId: string): void {
    this.#waiting.get(`${way} ${residentId}`)?.(performance.now());
  }

  /** When it was seen; undefined when it was not within the time. */
  await(way: Way, residentId: string): Promise<number | undefined> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(undefined), givenUpMs);
      this.#waiting.set(`${way} ${residentId}`, (atMs) => {
        clearTimeout(timer);
        resolve(atMs);
      });
    });
  }
}

const sightings = new Sightings();
const residentOf = (button: number): string => `load-resident-${firstButton + button}`;
const deviceOf = (button: number): string => loadDeviceId(firstButton + button);

async function main(): Promise<void> {
  const hook = await webhook();
  const { port } = hook.address() as AddressInfo;
  const server = await startAnju(0, town(`http://127.0.0.1:${port}`));
  const ends: (() => unknown)[] = [() => server.stop(), () => hook.closeAllConnections(), () => hook.close()];
  try {
    const responder = await logIn(server.httpUrl, 'responder', password);
    ends.unshift(await listenOverMqtt(server.mqttUrl, responder));
    ends.unshift(await listenToStream(server.httpUrl, await logIn(server.httpUrl, 'family', password)));
    const bands = await Promise.all(Array.from({ length: presses }, (_, i) => band(server.mqttUrl, i)));
    for (const one of bands) ends.unshift(() => one.end(true));
    const load = background > 0 ? runBackground(server.mqttUrl) : undefined;
    if (load !== undefined) await pause(backgroundStartsWithinMs); // no press before it is there
    const delays = await pressAll(bands, server.httpUrl, responder);
    await load;
    report(delays);
  } finally {
    for (const end of ends) await end();
  }
}

async function pressAll(bands: readonly MqttClient[], httpUrl: string, token: string): Promise<Map<Way, number[]>> {
  const delays = new Map<Way, number[]>(ways.map((way) => [way, []]));
  for (const [i, one] of bands.entries()) {
    const took = await press(one, i, httpUrl, token);
    if (i >= warmUp) for (const [way, ms] of took) delays.get(way)?.push(ms);
  }
  return delays;
}

/** Delays of one press by each way; Infinity for one that was missed. */
async function press(one: MqttClient, index: number, httpUrl: string, token: string): Promise<[Way, number][]> {
  const residentId = residentOf(index);
  const seen = ways.map(
    async (way): Promise<[Way, number | undefined]> => [way, await sightings.await(way, residentId)],
  );
  const startMs = performance.now();
  const payload = JSON.stringify({ t: Date.now(), seq: index, event: 'sos' });
  void one
    .publishAsync(`v1/devices/${deviceOf(index)}/event`, payload, { qos: 1 })
    .then(() => sightings.seen('acknowledged', residentId));
  if (values.http) void lookOverHttp(httpUrl, token, residentId, startMs);
  const found = await Promise.all(seen);
  return found.map(([way, atMs]) => [way, atMs === undefined ? Number.POSITIVE_INFINITY : atMs - startMs]);
}

/** Asks again and again, as fast as answers come. */
async function lookOverHttp(httpUrl: string, token: string, residentId: string, startMs: number): Promise<void> {
  const headers = { authorization: `Bearer ${token}` };
  while (performance.now() - startMs < givenUpMs) {
    const response = await fetch(`${httpUrl}/api/v1/alerts?resident=${residentId}`, { headers });
    const { items = [] } = (await response.json()) as { items?: unknown[] };
    if (items.length > 0) return sightings.seen('HTTP', residentId);
  }
}

function town(hookUrl: string): CommunityDocument {
  const base = loadCommunity(firstButton + presses);
  const residents = base.residents.map((resident) => {
    const channel = { kind: 'webhook' as const, address: `${hookUrl}/${resident.id}` };
    return { ...resident, contacts: [{ id: 'child', name: 'Child', order: 0, channels: [channel] }] };
  });
  const users: CommunityDocument['users'] = [
    { id: 'responder', username: 'responder', password, role: 'responder', areaId: 'load-city' },
    {
      id: 'family',
      username: 'family',
      password,
      role: 'family',
      residentIds: residents.slice(firstButton).map(({ id }) => id),
    },
  ];
  return { ...base, residents, users };
}

function webhook(): Promise<HttpServer> {
  const server = createServer((request, response) => {
    sightings.seen('webhook', (request.url ?? '').slice(1));
    request.resume();
    response.writeHead(204).end();
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

function band(url: string, index: number): Promise<MqttClient> {
  const id = deviceOf(index);
  return mqtt.connectAsync(url, { username: id, password: loadToken(id), clientId: id, reconnectPeriod: 0 });
}

async function listenOverMqtt(url: string, token: string): Promise<() => void> {
  const client = await mqtt.connectAsync(url, { username: 'responder', password: token, reconnectPeriod: 0 });
  client.on('message', (_topic, payload) => {
    const { residentId } = JSON.parse(payload.toString()) as { residentId: string };
    sightings.seen('MQTT responder', residentId);
  });
  await client.subscribeAsync('v1/alerts/load-city/#', { qos: 1 });
  return () => client.end(true);
}

async function listenToStream(httpUrl: string, token: string): Promise<() => void> {
  const hangUp = new AbortController();
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${httpUrl}/api/v1/stream`, { headers, signal: hangUp.signal });
  if (response.body === null) throw new Error(`the event stream answered ${response.status}`);
  void readStream(response.body).catch(() => undefined); // hanging up ends it with an error
  return () => hangUp.abort();
}

async function readStream(body: ReadableStream<Uint8Array>): Promise<void> {
  let buffered = '';
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    buffered += chunk;
    const blocks = buffered.split('\n\n');
    buffered = blocks.pop() ?? '';
    for (const block of blocks) {
      if (!block.startsWith('event: alert\n')) continue;
      const data = block.split('\n').find((line) => line.startsWith('data: ')) ?? '';
      sightings.seen('event stream', (JSON.parse(data.slice(6)) as { residentId: string }).residentId);
    }
  }
}

/** Readings of other residents, in a process of its own, for as long as the presses take. */
function runBackground(url: string): Promise<void> {
  const seconds = Math.ceil(presses / 15);
  const options: LoadOptions = {
    url,
    devices: backgroundDevices,
    rate: background,
    qos: 1,
    seconds,
    profile: 'telemetry',
    window: 20,
  };
  return new Promise((resolve, reject) => {
    const generator = join(import.meta.dirname, 'generator.ts');
    execFile(process.execPath, [generator, JSON.stringify(options)], (error, stdout) => {
      if (error) return reject(error);
      const { ratePerS } = JSON.parse(stdout) as { ratePerS: number };
      console.log(`background: ${Math.round(ratePerS)} acknowledged readings/s`);
      resolve();
    });
  });
}

function report(delays: ReadonlyMap<Way, number[]>): void {
  console.log(['', 'p50 ms', 'p99 ms', 'p99.9 ms', 'max ms', 'missed'].map((cell) => cell.padStart(16)).join(''));
  const rows = ways.map((way) => rowOf(way, delays.get(way) ?? []));
  for (const { way, p50Ms, p99Ms, p999Ms, maxMs, missed } of rows) {
    const cells = [way, ...[p50Ms, p99Ms, p999Ms, maxMs].map((ms) => ms.toFixed(1)), String(missed)];
    console.log(cells.map((cell) => cell.padStart(16)).join(''));
  }
  console.log(`goal: p99 at most ${goalMs} ms each, never above ${limitMs} ms`);
  console.log(JSON.stringify({ presses: presses - warmUp, background, goalP99Ms: goalMs, limitMs, ways: rows }));
  if (rows.some(({ p99Ms, maxMs }) => !(p99Ms <= goalMs && maxMs <= limitMs))) process.exitCode = 1;
}

function rowOf(way: Way, delays: readonly number[]) {
  const sorted = delays.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
  const missed = sorted.filter((ms) => !Number.isFinite(ms)).length;
  return { way, p50Ms: at(0.5), p99Ms: at(0.99), p999Ms: at(0.999), maxMs: at(1), missed };
}

await main();
