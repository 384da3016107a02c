import { parseArgs } from 'node:util';
import { loadDeviceId, loadToken } from '../simulators/load.ts';
import { fuzz } from './fuzz/fuzz.ts';
import { gaugeFlags, memoryOf } from './gauge.ts';
import { startAnju } from './servers.ts';

const usage = 'usage: node bench/fuzz-mqtt.ts [--packets 200000] [--seed 1] [--devices 60]';

/** What the second half may leave on the heap that the first did not: what is leaked grows with every packet. */
const leakedMegabytes = 5;

/** Broken packets against a service of its own; says what it cost, and ends with status 1 when the service did not hold. */
async function main(): Promise<number> {
  const { packets, seed, devices } = options();
  const service = await startAnju(devices, undefined, { nodeFlags: gaugeFlags });
  try {
    const before = await figures(service.httpUrl);
    const { hostname, port } = new URL(service.mqttUrl);
    const logIns = Array.from({ length: devices }, (_, i) => ({
      username: loadDeviceId(i),
      password: loadToken(loadDeviceId(i)),
    }));
    const startedAtMs = performance.now();
    const whole = { host: hostname, port: Number(port), logIns };
    const heap = async () => Math.round((await memoryOf(service.child)).heapUsed / 104_857.6) / 10;
    const heapMegabytes = { before: await heap(), half: 0, after: 0 };
    const first = await fuzz({ ...whole, packets: packets / 2, seed });
    heapMegabytes.half = await heap();
    const second = await fuzz({ ...whole, packets: packets / 2, seed: seed + 1 });
    heapMegabytes.after = await heap();
    const report = { packets: first.packets + second.packets, connections: first.connections + second.connections };
    const seconds = Math.round(performance.now() - startedAtMs) / 1000;
    const after = await figures(service.httpUrl);
    process.stdout.write(`${JSON.stringify({ ...report, seconds, before, after, heapMegabytes }, undefined, 2)}\n`);
    const isHeld = after.internalErrors === 0 && after.acknowledged > before.acknowledged;
    return isHeld && heapMegabytes.after - heapMegabytes.half < leakedMegabytes ? 0 : 1;
  } finally {
    await service.stop();
  }
}

async function figures(httpUrl: string) {
  const text = await (await fetch(new URL('/metrics', httpUrl))).text();
  const value = (name: string): number => Number(new RegExp(`^anju_${name} (\\S+)$`, 'm').exec(text)?.[1] ?? 0);
  return {
    megabytes: Math.round(value('resident_memory_bytes') / 1_048_576),
    accepted: value('broker_connections_accepted_total'),
    acknowledged: value('broker_messages_acknowledged_total'),
    refused: value('broker_closed_refused_total'),
    internalErrors: value('broker_closed_internal_error_total'),
  };
}

function options(): { packets: number; seed: number; devices: number } {
  const number = { type: 'string' } as const;
  const { values } = parseArgs({ options: { packets: number, seed: number, devices: number } });
  const read = (text: string | undefined, fallback: number): number => {
    const value = text === undefined ? fallback : Number(text);
    if (!Number.isInteger(value) || value < 1) throw new Error(usage);
    return value;
  };
  return { packets: read(values.packets, 200_000), seed: read(values.seed, 1), devices: read(values.devices, 60) };
}

process.exitCode = await main();
