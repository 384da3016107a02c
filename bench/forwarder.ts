import { join } from 'node:path';
import { parseArgs } from 'node:util';
import mqtt from 'mqtt';
import { openTelemetry } from '../store/telemetry/telemetry.ts';
import { smallTown, tokenOf } from '../test/support/community.ts';
import { Fleet } from '../test/support/influx-fleet.ts';
import { influx } from '../test/support/influx-servers.ts';
import {
  call,
  eventually,
  login,
  type RunningService,
  removeFolder,
  spawnService,
  temporaryFolder,
} from '../test/support/service.ts';

/**
 * InfluxDB is down, readings come in, the service is killed twice, InfluxDB comes back: are the counts equal on both
 * sides, how long does it take, and what does somebody wait for an acknowledgement meanwhile? Exit status 1 when the
 * counts differ. InfluxDB is Debian's 1.6.7 with the v2 write route in front (test/support/influx-servers.ts).
 */
const { values } = parseArgs({ options: { readings: { type: 'string', default: '500000' } } });
const bands = 100;
const readingsInEach = 100;
const messages = Math.ceil(Number(values.readings) / bands / readingsInEach);
const total = bands * messages * readingsInEach;
const bucket = 'anju';
const town = smallTown(bands + 1);
const waitMs = 600_000;

const dataDir = temporaryFolder();
const server = await influx();
await server.createDatabase(bucket);
const start = () => spawnService(dataDir, { ANJU_INFLUX_URL: server.url, ANJU_INFLUX_BUCKET: bucket });
let service = await start();
try {
  await call(service, await login(service), 'POST', '/import', town);
  const fleet = new Fleet(bands, messages, readingsInEach, Date.now() - 30 * 86_400_000);
  await server.stop();

  const loadedS = await secondsOf(async () => {
    for (const share of [0.3, 0.7]) {
      const publishing = fleet.publish(service);
      await eventually(() => fleet.acknowledged >= share * bands * messages || undefined, waitMs);
      await service.kill('SIGKILL');
      await publishing;
      service = await start();
    }
    await fleet.publish(service);
  });
  say(`${total} readings acknowledged in ${loadedS.toFixed(1)} s, the service killed twice, InfluxDB down`);
  say(`waiting to be forwarded: ${await lagOf(service)}`);
  const calm = await acknowledgements(service, 200);

  await server.start();
  const busy = acknowledgements(service, 200);
  const caughtUpS = await secondsOf(() => eventually(async () => (await lagOf(service)) === 0 || undefined, waitMs));
  say(`InfluxDB back: caught up in ${caughtUpS.toFixed(1)} s, ${Math.round(total / caughtUpS)} readings/s`);
  say(`acknowledgement p50/p99: InfluxDB down ${calm} ms, catching up ${await busy} ms`);
  await eventually(async () => (await lagOf(service)) === 0 || undefined, waitMs);
  say(`memory of the service: ${Math.round((await metric(service, 'resident_memory_bytes')) / 1e6)} MB`);
} finally {
  await service.kill('SIGTERM');
}
const [here, there] = [
  await readingsOnDisk(),
  Number((await server.ask(bucket, 'SELECT count("delayMs") FROM "reading"'))[0]?.[1]),
];
await server.remove();
removeFolder(dataDir);
say(`on disk ${here}, in InfluxDB ${there}: ${here === there ? 'equal' : 'DIFFERENT'}`);
process.exitCode = here === there ? 0 : 1;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await work();
  return (performance.now() - startMs) / 1_000;
}

async function metric(of: RunningService, name: string): Promise<number> {
  const text = await (await fetch(`${of.http}/metrics`)).text();
  return Number(new RegExp(`^\\S*${name} (\\d+)`, 'm').exec(text)?.[1]);
}

function lagOf(of: RunningService): Promise<number> {
  return metric(of, 'influx_forward_lag_readings');
}

/** One band publishes one reading after the other. */
async function acknowledgements(of: RunningService, count: number): Promise<string> {
  const id = `band-${bands}`;
  const client = await mqtt.connectAsync(of.mqttUrl, { username: id, password: tokenOf(id), clientId: id });
  const tookMs: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const startMs = performance.now();
    await client.publishAsync(`v1/devices/${id}/telemetry`, JSON.stringify({ t: Date.now(), steps: n }), { qos: 1 });
    tookMs.push(performance.now() - startMs);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await client.endAsync();
  tookMs.sort((a, b) => a - b);
  return [0.5, 0.99].map((share) => tookMs[Math.floor(share * count)]?.toFixed(1)).join('/');
}

async function readingsOnDisk(): Promise<number> {
  const store = await openTelemetry(join(dataDir, 'telemetry'));
  const everything = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER };
  let count = 0;
  for (const { id } of town.residents) for await (const _reading of store.readings(id, everything)) count += 1;
  await store.close();
  return count;
}
