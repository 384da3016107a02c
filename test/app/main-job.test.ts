import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AlertView } from '../../model/alert.ts';
import { smallTown, tokenOf } from '../support/community.ts';
import {
  alertsOf,
  call,
  connect,
  eventually,
  listen,
  login,
  type RunningService,
  removeFolder,
  spawnService,
  temporaryFolder,
} from '../support/service.ts';

type Hook = { readonly headers: NodeJS.Dict<string | string[]>; readonly body: string };

const secret = `whsec_${Buffer.from('a secret of twenty-four b').toString('base64')}`;
const dataDir = temporaryFolder();
const hooks: Hook[] = [];
let receiver: Server;
let service: RunningService;
let admin: string;

beforeAll(async () => {
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      hooks.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(204).end();
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => receiver.once('listening', resolve));
  service = await spawnService(dataDir);
  admin = await login(service);
  const town = smallTown(4);
  const address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/daughter`;
  for (const resident of town.residents) {
    resident.contacts.push({
      id: 'daughter',
      name: 'Daughter',
      order: 1,
      channels: [{ kind: 'webhook', address, secret }],
    });
  }
  const imported = await call(service, admin, 'POST', '/import', town);
  expect(imported.status, JSON.stringify(imported.json)).toBeLessThan(300);
});

afterAll(async () => {
  await service.kill('SIGKILL');
  receiver.close();
  removeFolder(dataDir);
});

test('she presses the button: the responder, the daughter, her phone and the list all know', async () => {
  const responder = await connect(service, 'resp', await login(service, 'resp', 'responder-password'));
  const overMqtt: { topic: string; alert: AlertView }[] = [];
  responder.on('message', (topic, payload) =>
    overMqtt.push({ topic, alert: JSON.parse(payload.toString()) as AlertView }),
  );
  await responder.subscribeAsync('v1/alerts/city/street/#', { qos: 1 });
  const family = await login(service, 'fam0', 'family-password-0');
  const onStream: AlertView[] = [];
  const hangUp = await listen(
    service,
    family,
    ({ event, data }) => event === 'alert' && onStream.push(data as AlertView),
  );

  const band = await connect(service, 'band-0', tokenOf('band-0'));
  await band.publishAsync('v1/devices/band-0/event', JSON.stringify({ t: Date.now(), event: 'sos' }), { qos: 1 });

  const heard = await eventually(() => overMqtt.find(({ alert }) => alert.type === 'sos'));
  expect(heard?.topic).toBe('v1/alerts/city/street/P1/sos');
  expect(await eventually(() => onStream.find(({ type }) => type === 'sos'))).toMatchObject({
    residentId: 'r0',
    state: 'open',
  });
  const listed = await alertsOf(service, admin, 'resident=r0&type=sos');
  expect(listed).toMatchObject([{ severity: 'P1', state: 'open', count: 1, late: false, deviceIds: ['band-0'] }]);
  const hook = await eventually(() => hooks.find(({ body }) => body.includes('"r0"')));
  expect(signatureHolds(hook)).toBe(true);
  hangUp();
  await Promise.all([responder.endAsync(true), band.endAsync(true)]);
});

function signatureHolds(hook: Hook | undefined): boolean {
  if (hook === undefined) return false;
  const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signature } = hook.headers;
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  return signature === `v1,${createHmac('sha256', key).update(`${id}.${at}.${hook.body}`).digest('base64')}`;
}

test('an SOS on an empty battery is an SOS and a low battery', async () => {
  const band = await connect(service, 'band-1', tokenOf('band-1'));
  await band.publishAsync('v1/devices/band-1/event', JSON.stringify({ t: Date.now(), event: 'sos', batteryPct: 3 }), {
    qos: 1,
  });
  const types = await eventually(async () => {
    const found = (await alertsOf(service, admin, 'resident=r1')).map(({ type }) => type).sort();
    return found.length === 2 ? found : undefined;
  });
  expect(types).toEqual(['batteryLow', 'sos']);
  await band.endAsync(true);
});

test('a responder claims over MQTT, somebody else is refused, and the time line says who', async () => {
  const [alert] = await alertsOf(service, admin, 'resident=r0&type=sos');
  const responder = await connect(service, 'resp', await login(service, 'resp', 'responder-password'));
  await responder.publishAsync(`v1/actions/${alert!.id}`, JSON.stringify({ action: 'claim' }), { qos: 1 });
  const claimed = await eventually(async () => {
    const { json } = await call(service, admin, 'GET', `/alerts/${alert!.id}`);
    return (json as AlertView).state === 'acknowledged' ? json : undefined;
  });
  expect(claimed).toMatchObject({ assignee: 'u-resp' });
  expect((claimed as { timeline: { who: string; what: string }[] }).timeline).toContainEqual(
    expect.objectContaining({ what: 'claim', who: 'u-resp' }),
  );
  const family = await login(service, 'fam0', 'family-password-0');
  const second = await call(service, family, 'POST', `/alerts/${alert!.id}/actions`, { action: 'claim' });
  expect(second.status).toBe(409);
  await responder.endAsync(true);
});

test('the daughter of one never sees the mother of another', async () => {
  const family = await login(service, 'fam1', 'family-password-1');
  for (const path of ['', '/live', '/track', '/readings?metric=heartRateBpm']) {
    expect((await call(service, family, 'GET', `/residents/r0${path}`)).status, path).toBe(404);
  }
  expect(await alertsOf(service, family, '')).toEqual(await alertsOf(service, family, 'resident=r1'));
  const phone = await connect(service, 'fam1', family);
  const granted = await Promise.all(
    ['#', 'v1/#', '$SYS/#', 'v1/devices/+/event', 'v1/devices/band-0/#'].map((filter) =>
      phone.subscribeAsync(filter, { qos: 1 }).then(
        ([grant]) => grant?.qos,
        () => 128,
      ),
    ),
  );
  expect(granted).toEqual([128, 128, 128, 128, 128]);
  await phone.endAsync(true);
});

test('readings can be read, as they came', async () => {
  const band = await connect(service, 'band-2', tokenOf('band-2'));
  const takenAtMs = Date.now() - 60_000;
  const batch = [0, 1, 2].map((i) => ({ t: takenAtMs + i * 10_000, seq: i, heartRateBpm: 70 + i }));
  await band.publishAsync('v1/devices/band-2/telemetry', JSON.stringify(batch), { qos: 1 });
  await band.publishAsync('v1/devices/band-2/telemetry', JSON.stringify(batch), { qos: 1 });
  const { json } = await call(service, admin, 'GET', '/residents/r2/readings?metric=heartRateBpm');
  const { items } = json as { items: { t: string; value: number; deviceId: string }[] };
  expect(items.map(({ value }) => value)).toEqual([70, 71, 72]);
  expect(items[0]).toMatchObject({ t: new Date(takenAtMs).toISOString(), deviceId: 'band-2' });
  await band.endAsync(true);
});

test('a wrong token, an unknown device and another device’s topic change nothing', async () => {
  await expect(connect(service, 'band-3', 'wrong-token-wrong-token')).rejects.toThrow();
  await expect(connect(service, 'nobody', tokenOf('nobody'))).rejects.toThrow();
  const band = await connect(service, 'band-2', tokenOf('band-2'));
  const closed = new Promise<void>((resolve) => band.once('close', () => resolve()));
  void band.publishAsync('v1/devices/band-3/event', '{"event":"sos"}', { qos: 1 }).catch(() => undefined);
  await closed;
  expect(await alertsOf(service, admin, 'resident=r3')).toEqual([]);
});

test('SIGTERM: it stops in order and with status 0', async () => {
  const folder = temporaryFolder();
  const brief = await spawnService(folder);
  expect(await brief.kill('SIGTERM')).toBe(0);
  removeFolder(folder);
});

test('a second service on the same folder refuses to start and says why', async () => {
  await expect(spawnService(dataDir)).rejects.toThrow(new RegExp(String(service.process.pid)));
});
