import type { MqttClient } from 'mqtt';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../app/config.ts';
import { createLog } from '../../app/log.ts';
import { type Service, startService } from '../../app/service.ts';
import type { AlertView } from '../../model/alert.ts';
import { smallTown, tokenOf } from '../support/community.ts';
import {
  adminPassword,
  alertsOf,
  call,
  connect,
  eventually,
  listen,
  login,
  removeFolder,
  temporaryFolder,
} from '../support/service.ts';

/** Minutes pass in seconds, in steps the service takes for time and not for a clock that was set. */
const speed = 18;
const homes = 6;
const dataDir = temporaryFolder();
const beganMs = Date.now();
let service: Service;
let address: { http: string; mqttUrl: string };

function town() {
  const small = smallTown(homes);
  const hubs = small.residents.map(({ id }) => ({ id: `hub-${id}`, kind: 'hub', residentId: id, token: tokenOf(id) }));
  for (const [i, resident] of small.residents.entries())
    Object.assign(resident, i === 0 ? { riskTier: 'red' } : { livesAlone: i > 3 });
  const other = {
    id: 'u-other',
    username: 'other',
    password: 'responder-password',
    role: 'responder',
    areaId: 'elsewhere',
  };
  return {
    ...small,
    areas: [...small.areas, { id: 'elsewhere', name: 'Elsewhere', kind: 'street', parentId: 'city' }],
    devices: hubs,
    users: [...small.users, other],
  };
}

beforeAll(async () => {
  const environment = { ANJU_DATA_DIR: dataDir, ANJU_HTTP_PORT: '0', ANJU_MQTT_PORT: '0' };
  const config = readConfig({ ...environment, ANJU_ADMIN_PASSWORD: adminPassword });
  service = await startService(config, createLog('error'), () => beganMs + speed * (Date.now() - beganMs));
  address = { http: service.addresses.http.replace(/\/$/, ''), mqttUrl: service.addresses.mqtt };
});
afterAll(async () => {
  await service.stop();
  removeFolder(dataDir);
});

const hubsOf = (ids: readonly string[]) => Promise.all(ids.map((id) => connect(address, `hub-${id}`, tokenOf(id))));
/** Their connections break, without a word. */
function fall(clients: readonly MqttClient[]): void {
  for (const client of clients) client.stream.destroy();
}

test('a street without power is one alert for those who look after the street, with whom to call, and nobody else', async () => {
  const admin = await login(address);
  expect((await call(address, admin, 'POST', '/import', town())).status).toBeLessThan(300);
  const [responder, family, elsewhere] = await Promise.all([
    login(address, 'resp', 'responder-password'),
    login(address, 'fam0', 'family-password-0'),
    login(address, 'other', 'responder-password'),
  ]);
  const heard: string[] = [];
  const phone = await connect(address, 'resp', responder);
  phone.on('message', (topic) => heard.push(topic));
  await phone.subscribeAsync('v1/alerts/city/street/#', { qos: 1 });
  const streamed: [string, unknown][] = [];
  const ears = await Promise.all(
    Object.entries({ responder, family, elsewhere }).map(([who, token]) =>
      listen(address, token, ({ event, data }) => event === 'alert' && streamed.push([who, (data as AlertView).type])),
    ),
  );

  const ids = Array.from({ length: homes }, (_, i) => `r${i}`);
  fall(await hubsOf(ids));

  const seen = () => alertsOf(address, responder, 'type=areaOutage');
  const alert = await eventually(async () => (await seen())[0], 20_000);
  expect(alert).toMatchObject({
    residentId: '@street',
    areaId: 'street',
    severity: 'P2',
    state: 'open',
    deviceIds: [],
  });
  expect(alert?.evidence).toMatchObject({ devicesLost: homes, homes, toCallTotal: 3 });
  const toCall = alert?.evidence.toCall as { residentId: string }[];
  expect(toCall[0]).toEqual({ residentId: 'r0', name: 'Resident 0', riskTier: 'red' });
  expect(toCall.slice(1).sort((a, b) => a.residentId.localeCompare(b.residentId))).toEqual([
    { residentId: 'r4', name: 'Resident 4', livesAlone: true },
    { residentId: 'r5', name: 'Resident 5', livesAlone: true },
  ]);
  expect(await eventually(() => heard[0])).toBe('v1/alerts/city/street/P2/areaOutage');
  expect(await alertsOf(address, admin, 'resident=@street')).toHaveLength(1);

  for (const token of [family, elsewhere]) {
    expect(await alertsOf(address, token, 'limit=100')).toEqual([]);
    expect((await call(address, token, 'GET', `/alerts/${alert?.id}`)).status).toBe(404);
    const claim = await call(address, token, 'POST', `/alerts/${alert?.id}/actions`, { action: 'claim' });
    expect(claim.status).toBe(404);
  }
  expect(new Set(streamed.map((event) => event.join(' ')))).toEqual(new Set(['responder areaOutage']));

  // One of those to call asks to be forgotten: she is in no list of the area any more.
  const gone = await call(address, admin, 'DELETE', '/residents/r5/data', { confirm: 'r5' });
  expect(gone.status).toBeLessThan(300);
  const story = await call(address, responder, 'GET', `/alerts/${alert?.id}`);
  expect(JSON.stringify(story.json)).not.toContain('"r5"');

  const back = await hubsOf(ids.slice(0, 5));
  const over = await eventually(async () => (await seen()).find(({ state }) => state === 'resolved'), 40_000);
  expect(over).toMatchObject({ id: alert?.id, outcome: 'recovered' });
  expect(JSON.stringify(over)).not.toContain('"r5"');
  expect(await alertsOf(address, admin, 'type=deviceOffline')).toEqual([]);
  for (const hangUp of ears) hangUp();
  await Promise.all([phone, ...back].map((client) => client.endAsync()));
});
