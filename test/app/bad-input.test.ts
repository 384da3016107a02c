import { connect as connectSocket, type Socket } from 'node:net';
import type { MqttClient } from 'mqtt';
import { generate, type IConnectPacket } from 'mqtt-packet';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { smallTown, tokenOf } from '../support/community.ts';
import {
  alertsOf,
  call,
  connect,
  eventually,
  login,
  type RunningService,
  removeFolder,
  spawnService,
  temporaryFolder,
} from '../support/service.ts';

const dataDir = temporaryFolder();
let service: RunningService;
let admin: string;
let good: MqttClient;
let seq = 0;

beforeAll(async () => {
  service = await spawnService(dataDir);
  admin = await login(service);
  expect((await call(service, admin, 'POST', '/import', smallTown(3))).status).toBeLessThan(300);
  good = await connect(service, 'band-1', tokenOf('band-1'));
});

/** Whatever somebody sent: everybody else is served, the service is well, and what was acknowledged is there. */
afterEach(async () => {
  seq += 1;
  await good.publishAsync('v1/devices/band-1/telemetry', JSON.stringify({ t: Date.now(), seq, steps: seq }), {
    qos: 1,
  });
  const { json } = await call(service, admin, 'GET', '/residents/r1/readings?metric=steps');
  expect((json as { items: { value: number }[] }).items.at(-1)?.value).toBe(seq);
  expect((await fetch(`${service.http}/health/ready`)).status).toBe(200);
});

afterAll(async () => {
  await good.endAsync(true);
  await service.kill('SIGKILL');
  removeFolder(dataDir);
});

const day = 86_400_000;
const payloads = [
  { name: 'not JSON', payload: '{"t":', reason: 'notJson' },
  { name: 'JSON that is not an object', payload: '"sos"', reason: 'notAnObject' },
  { name: 'invalid UTF-8', payload: Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), reason: 'invalidUtf8' },
  { name: 'a string for a number', payload: '{"heartRateBpm":"72"}', reason: 'wrongType' },
  { name: 'NaN', payload: '{"heartRateBpm":NaN}', reason: 'notJson' },
  { name: 'a position off the earth', payload: '{"position":{"lat":124,"lon":118}}', reason: 'outOfRange' },
  { name: 'a position at exactly 0,0', payload: '{"position":{"lat":0,"lon":0}}', reason: 'nullIsland' },
  { name: 'a thousand brackets', payload: '['.repeat(1000) + ']'.repeat(1000), reason: 'tooDeep' },
  {
    name: 'a message about nothing',
    payload: '{"__proto__":{"event":"sos"},"constructor":1}',
    reason: 'nothingMeasured',
  },
];
for (const { name, payload, reason } of payloads) {
  test(`${name}: acknowledged, counted, kept where it can be looked at, and without effect`, async () => {
    const band = await connect(service, 'band-0', tokenOf('band-0'));
    await band.publishAsync('v1/devices/band-0/telemetry', payload, { qos: 1 });
    await band.endAsync();
    const { json } = await call(service, admin, 'GET', '/quarantine?device=band-0&limit=1');
    expect((json as { items: { reason: string }[] }).items[0]).toMatchObject({ reason, deviceId: 'band-0' });
    expect(await alertsOf(service, admin, 'resident=r0')).toEqual([]);
    const metrics = await (await fetch(`${service.http}/metrics`)).text();
    const counted = new RegExp(
      `anju_ingest_refused_${reason.replaceAll(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)}_total [1-9]`,
    );
    expect(metrics).toMatch(counted);
  });
}

const clocks = [
  { name: '1970', t: 17 },
  { name: '2099', t: Date.UTC(2099, 0, 1) },
];
for (const { name, t } of clocks) {
  test(`a device whose clock stands in ${name} is heard at the time we heard it`, async () => {
    const band = await connect(service, 'band-2', tokenOf('band-2'));
    const value = 60 + clocks.findIndex((clock) => clock.t === t);
    await band.publishAsync('v1/devices/band-2/telemetry', JSON.stringify({ t, heartRateBpm: value }), { qos: 1 });
    await band.endAsync();
    const { json } = await call(service, admin, 'GET', '/residents/r2/readings?metric=heartRateBpm');
    const found = (json as { items: { t: string; value: number }[] }).items.find((item) => item.value === value);
    expect(Math.abs(Date.parse(found?.t ?? '') - Date.now())).toBeLessThan(day);
  });
}

const hello: IConnectPacket = {
  cmd: 'connect',
  protocolId: 'MQTT',
  protocolVersion: 4,
  clean: true,
  clientId: 'band-0',
  username: 'band-0',
  password: Buffer.from(tokenOf('band-0')),
  keepalive: 60,
};
const publishHeader = (remaining: number[]) => Buffer.from([0x32, ...remaining]);
const streams = [
  {
    name: 'a 10 MB payload',
    bytes: () => [
      generate(hello),
      generate({
        cmd: 'publish',
        topic: 'v1/devices/band-0/telemetry',
        payload: Buffer.alloc(10_000_000, 0x20),
        qos: 1,
        messageId: 1,
        dup: false,
        retain: false,
      }),
    ],
  },
  {
    name: 'a topic of 10,000 levels',
    bytes: () => [
      generate(hello),
      generate({
        cmd: 'publish',
        topic: 'a/'.repeat(10_000),
        payload: 'x',
        qos: 1,
        messageId: 1,
        dup: false,
        retain: false,
      }),
    ],
  },
  {
    name: 'a remaining length without end',
    bytes: () => [generate(hello), publishHeader([0xff, 0xff, 0xff, 0xff, 0xff])],
  },
  {
    name: 'a topic with invalid UTF-8',
    bytes: () => [generate(hello), Buffer.from([0x32, 0x07, 0x00, 0x02, 0xc3, 0x28, 0x00, 0x01, 0x7b])],
  },
  { name: 'bytes that are no MQTT', bytes: () => [Buffer.from('GET / HTTP/1.1\r\n\r\n')] },
  {
    name: 'a topic under __proto__',
    bytes: () => [
      generate(hello),
      generate({
        cmd: 'publish',
        topic: 'v1/devices/__proto__/event',
        payload: '{"event":"sos"}',
        qos: 1,
        messageId: 1,
        dup: false,
        retain: false,
      }),
    ],
  },
];
for (const { name, bytes } of streams) {
  test(`${name}: that connection is closed, nothing is acknowledged`, async () => {
    const { closed, received } = await sent(bytes());
    expect(closed).toBe(true);
    expect(received.includes(Buffer.from([0x40, 0x02]))).toBe(false);
    expect(await alertsOf(service, admin, 'type=sos')).toEqual([]);
  });
}

async function sent(parts: readonly Buffer[]): Promise<{ closed: boolean; received: Buffer }> {
  const socket: Socket = connectSocket(service.mqttPort, '127.0.0.1');
  let received = Buffer.alloc(0);
  let isClosed = false;
  socket.on('error', () => undefined); // being cut off is what is expected
  socket.on('close', () => {
    isClosed = true;
  });
  socket.on('data', (data) => {
    received = Buffer.concat([received, data]);
  });
  for (const part of parts) socket.write(part);
  const closed = (await eventually(() => (isClosed ? true : undefined))) === true;
  socket.destroy();
  return { closed, received };
}
