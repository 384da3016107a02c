import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import mqtt, { type MqttClient } from 'mqtt';
import type { CommunityDocument } from '../model/community.ts';
import { logIn } from '../simulators/http.ts';
import { loadCommunity, loadDeviceId, loadToken } from '../simulators/load.ts';
import { type Anju, administratorOf, startAnju } from './servers.ts';

/**
 * What a slow disk costs whom: each sync of the records (or, `--of readings`, of the readings) is delayed by strace, which
 * must be installed. 20 bands, each with one message under way: a reading every 100 ms, and together four presses a
 * second. In ms: readings and presses until they are acknowledged, presses until a family's app has the alert over MQTT, and
 * how long somebody who changes something over HTTP waits for the answer.
 */
const bands = 20;
const readingEveryMs = 100;
const pressEveryMs = 250;
const writeEveryMs = 1_000;
const givenUpMs = 60_000;
const password = 'bench-password-1';
const filesOf: Readonly<Record<string, readonly string[]>> = {
  records: ['records.sqlite', 'records.sqlite-wal'],
  readings: Array.from({ length: 40 }, (_, i) => `telemetry/rows/${String(i + 1).padStart(6, '0')}.log`),
};

const { values } = parseArgs({
  options: {
    takes: { type: 'string', default: '0,20,100,500' },
    of: { type: 'string', default: 'records' },
    seconds: { type: 'string', default: '20' },
  },
});

type Way = 'reading' | 'SOS acknowledged' | 'SOS at the family' | 'write over HTTP';
const ways: readonly Way[] = ['reading', 'SOS acknowledged', 'SOS at the family', 'write over HTTP'];
type Delays = Readonly<Record<Way, number[]>>;

function slowed(takesMs: number): (dataDir: string) => readonly string[] {
  if (takesMs === 0) return () => [];
  const calls = ['-e', 'trace=fsync,fdatasync', '-e', `inject=fsync,fdatasync:delay_enter=${takesMs * 1_000}`];
  return (dataDir) => {
    const files = (filesOf[values.of] ?? []).flatMap((file) => ['-P', join(dataDir, file)]);
    return ['strace', '-D', '-f', '--seccomp-bpf', '-o', '/dev/null', ...files, ...calls];
  };
}

/** A grown-up child of everybody watches: no responder is on duty, whose missing telephone would be tried again and again. */
function town(): CommunityDocument {
  const base = loadCommunity(bands);
  const residentIds = base.residents.map(({ id }) => id);
  return { ...base, users: [{ id: 'family', username: 'family', password, role: 'family', residentIds }] };
}

async function measured(takesMs: number): Promise<Delays> {
  const server = await startAnju(0, town(), { through: slowed(takesMs) });
  const delays: Delays = { reading: [], 'SOS acknowledged': [], 'SOS at the family': [], 'write over HTTP': [] };
  const clients: MqttClient[] = [];
  try {
    const token = await logIn(server.httpUrl, 'family', password);
    const seen = new Map<string, () => void>();
    clients.push(await family(server.mqttUrl, token, (residentId) => seen.get(residentId)?.()));
    for (let n = 0; n < bands; n += 1) clients.push(await band(server.mqttUrl, n));
    const endMs = performance.now() + Number(values.seconds) * 1_000;
    const isOver = () => performance.now() >= endMs;
    const work = clients.slice(1).map((one, n) => readings(one, n, isOver, delays));
    await Promise.all([...work, presses(clients.slice(1), seen, isOver, delays), writes(server, isOver, delays)]);
    return delays;
  } finally {
    for (const client of clients) client.end(true);
    await server.stop();
  }
}

async function readings(one: MqttClient, n: number, isOver: () => boolean, { reading }: Delays): Promise<void> {
  await pause((n * readingEveryMs) / bands);
  for (let seq = 1; !isOver(); seq += 1) {
    const startMs = performance.now();
    const payload = JSON.stringify({ t: Date.now(), seq, steps: seq });
    await one.publishAsync(`v1/devices/${loadDeviceId(n)}/telemetry`, payload, { qos: 1 });
    const tookMs = performance.now() - startMs;
    reading.push(tookMs);
    await pause(Math.max(0, readingEveryMs - tookMs));
  }
}

async function presses(
  all: readonly MqttClient[],
  seen: Map<string, () => void>,
  isOver: () => boolean,
  delays: Delays,
): Promise<void> {
  const underWay: Promise<void>[] = [];
  for (let n = 0; !isOver(); n += 1) {
    underWay.push(press(all[n % bands]!, n, seen, delays)); // within bounds
    await pause(pressEveryMs);
  }
  await Promise.all(underWay);
}

async function press(one: MqttClient, n: number, seen: Map<string, () => void>, delays: Delays): Promise<void> {
  const residentId = `load-resident-${n % bands}`;
  const startMs = performance.now();
  const told = new Promise<void>((resolve) => seen.set(residentId, resolve));
  const payload = JSON.stringify({ t: Date.now(), seq: 1_000_000 + n, event: 'sos' });
  const acknowledged = one.publishAsync(`v1/devices/${loadDeviceId(n % bands)}/event`, payload, { qos: 1 });
  const took = async (what: Promise<unknown>, way: Way) => {
    await Promise.race([what, pause(givenUpMs, undefined, { ref: false })]);
    delays[way].push(performance.now() - startMs);
  };
  await Promise.all([took(acknowledged, 'SOS acknowledged'), took(told, 'SOS at the family')]);
}

/** The administrator changes the language of the messages to them, once a second. */
async function writes(server: Anju, isOver: () => boolean, delays: Delays): Promise<void> {
  const token = await administratorOf(server);
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  for (let n = 0; !isOver(); n += 1) {
    const startMs = performance.now();
    const body = JSON.stringify({ language: n % 2 === 0 ? 'en' : 'zh' });
    const { status } = await fetch(`${server.httpUrl}/api/v1/me`, { method: 'PATCH', headers, body });
    if (status >= 300) throw new Error(`a change of the language was answered ${status}`);
    delays['write over HTTP'].push(performance.now() - startMs);
    await pause(writeEveryMs);
  }
}

function band(url: string, n: number): Promise<MqttClient> {
  const id = loadDeviceId(n);
  return mqtt.connectAsync(url, { username: id, password: loadToken(id), clientId: id, reconnectPeriod: 0 });
}

async function family(url: string, token: string, onAlert: (residentId: string) => void): Promise<MqttClient> {
  const client = await mqtt.connectAsync(url, { username: 'family', password: token, reconnectPeriod: 0 });
  client.on('message', (_topic, payload) => {
    onAlert((JSON.parse(payload.toString()) as { residentId: string }).residentId);
  });
  await client.subscribeAsync('v1/alerts/load-city/load-street/#', { qos: 1 });
  return client;
}

function cellOf(delays: readonly number[]): string {
  const sorted = delays.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN);
  return `${at(0.5)} / ${at(0.99)} / ${at(1)}`;
}

console.log(`each sync of the ${values.of} takes, ms; p50 / p99 / max in ms`);
console.log(['', ...ways].map((cell) => cell.padStart(24)).join(''));
for (const takesMs of values.takes.split(',').map(Number)) {
  const delays = await measured(takesMs);
  const name = takesMs === 0 ? 'as it is' : String(takesMs);
  console.log([name, ...ways.map((way) => cellOf(delays[way]))].map((cell) => cell.padStart(24)).join(''));
}
