import type { MqttClient } from 'mqtt';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  call,
  connect,
  login,
  type RunningService,
  removeFolder,
  spawnService,
  temporaryFolder,
} from '../../support/service.ts';
import { type Place, Visit } from '../support/visit.ts';

const password = 'ten characters or more';
const token = 'at-least-sixteen-characters';
const home = { lat: 24.4451, lon: 118.0823 };
const folder = temporaryFolder();
let service: RunningService;
let place: Place;
let band: MqttClient;

beforeAll(async () => {
  service = await spawnService(folder);
  place = { url: service.http, logIn: sessionOf };
  const admin = await login(service);
  const { status } = await call(service, admin, 'POST', '/import', {
    areas: [{ id: 'qianpu', name: '前埔社区', kind: 'community' }],
    residents: [
      {
        id: 'wang',
        name: '王秀英',
        areaId: 'qianpu',
        home: { ...home, datum: 'WGS84' },
        cognitiveRisk: true,
        contacts: [],
      },
    ],
    devices: [{ id: 'band-1', kind: 'wristband', residentId: 'wang', token }],
    zones: [
      {
        id: 'zone',
        residentId: 'wang',
        name: '家附近',
        kind: 'safe',
        datum: 'WGS84',
        shape: { type: 'circle', center: home, radiusM: 300 },
      },
    ],
    users: [
      { id: 'li', username: 'liming', password, role: 'responder', areaId: 'qianpu' },
      { id: 'mei', username: 'mei', password, role: 'family', residentIds: ['wang'] },
    ],
  });
  expect(status).toBe(200);
  band = await connect(service, 'band-1', token);
});
afterAll(async () => {
  await band.endAsync();
  await service.kill('SIGTERM');
  removeFolder(folder);
});

async function sessionOf(username: string): Promise<{ json: object }> {
  const { json } = await call(service, undefined, 'POST', '/session', { username, password });
  return { json: json as object }; // of the service
}

/** The band tells what it kept while it walked: a fix every 30 s up to now, the first two at home. */
async function walkAway(): Promise<void> {
  const nowMs = Date.now();
  const track = [0, 0, 0.0036, 0.0058, 0.0063, 0.0068].map((off, i) => ({
    t: nowMs - (5 - i) * 30_000,
    steps: 1000 + i * 250,
    worn: true,
    batteryPct: 64,
    position: { lat: home.lat + off, lon: home.lon, accuracyM: 8 },
  }));
  for (const message of track)
    await band.publishAsync('v1/devices/band-1/telemetry', JSON.stringify(message), { qos: 1 });
}

test('the band leaves the zone, the family phone shows it, a grid worker takes it, the family sees who, and that it is over', async () => {
  const family = await Visit.begin(place, { as: 'mei', language: 'zh' });
  await family.page.locator('[data-part=sentence]').waitFor();
  await walkAway();
  const card = family.page.locator('[data-alert]');
  await card.getByText('王秀英').first().waitFor();
  await card.getByText('还没有人接单').waitFor();
  await family.page.getByText('在外，离家约').waitFor();
  await family.page.locator('[data-part=map][data-state=drawn] canvas').waitFor();
  await family.screenshot('family-story');
  const id = (await card.getAttribute('data-alert')) ?? '';
  const li = await login(service, 'liming', password);
  const act = (body: object) => call(service, li, 'POST', `/alerts/${id}/actions`, body);
  expect((await act({ action: 'claim' })).status).toBe(200);
  await family.page.locator(`[data-alert="${id}"][data-state=acknowledged]`).getByText('已接单').first().waitFor();
  await act({ action: 'enRoute' });
  await family.page.locator('[data-part=handler]', { hasText: '正在前往' }).waitFor();
  await act({ action: 'arrive' });
  await family.page.locator('[data-part=handler]', { hasText: '已到老人身边' }).waitFor();
  await act({ action: 'resolve', outcome: 'safe' });
  await card.waitFor({ state: 'detached' });
  await family.leave();
});
