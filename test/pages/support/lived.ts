import type { MqttClient } from 'mqtt';
import { readConfig } from '../../../app/config.ts';
import { createLog } from '../../../app/log.ts';
import { startService } from '../../../app/service.ts';
import { adminPassword, call, connect, login, removeFolder, temporaryFolder } from '../../support/service.ts';
import type { Place } from './visit.ts';

const password = 'ten characters or more';
const token = 'at-least-sixteen-characters';
const home = { lat: 24.4451, lon: 118.0823 };
const everyDay = { days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '00:00' };

/** 王秀英 at home in 前埔, with a band and a safe zone; her daughter, 李明 on duty, and whoever looks at the wall. */
const document = {
  areas: [
    { id: 'siming', name: '思明区', kind: 'district' },
    { id: 'qianpu', name: '前埔社区', kind: 'community', parentId: 'siming' },
  ],
  residents: [
    {
      id: 'wang',
      name: '王秀英',
      areaId: 'qianpu',
      birthDate: '1943-05-01',
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
    { id: 'li', username: 'liming', name: '李明', password, role: 'responder', areaId: 'qianpu' },
    { id: 'mei', username: 'mei', password, role: 'family', residentIds: ['wang'] },
    { id: 'count', username: 'counter', password, role: 'viewer', areaId: 'siming' },
  ],
  rosters: [{ id: 'roster', name: '前埔', areaId: 'qianpu', shifts: [{ userId: 'li', ...everyDay }] }],
};

/** A whole service with one home in it: devices come in by MQTT, people by their pages. */
export type Lived = Place & {
  readonly band: MqttClient;
  /** The service's clock, which runs on by itself; tests may put it further ahead. */
  readonly clock: { aheadMs: number };
  nowMs(): number;
  /** Under `/api/v1`, as this user. */
  as(username: string, method: string, path: string): Promise<{ readonly status: number; readonly json: unknown }>;
  close(): Promise<void>;
};

export async function openLived(): Promise<Lived> {
  const folder = temporaryFolder();
  const clock = { aheadMs: 0 };
  const nowMs = () => Date.now() + clock.aheadMs;
  const config = readConfig({
    ANJU_DATA_DIR: folder,
    ANJU_HTTP_PORT: '0',
    ANJU_MQTT_PORT: '0',
    ANJU_ADMIN_PASSWORD: adminPassword,
    ANJU_TIMEZONE: whereItIsNoon(nowMs()),
  });
  const service = await startService(config, createLog('silent'), nowMs);
  const http = service.addresses.http.replace(/\/$/, '');
  const { status, json } = await call({ http }, await login({ http }), 'POST', '/import', document);
  if (status !== 200) throw new Error(`the import answered ${status}: ${JSON.stringify(json)}`);
  const band = await connect({ mqttUrl: service.addresses.mqtt }, 'band-1', token);
  const logIn = async (username: string) => {
    const answer = await call({ http }, undefined, 'POST', '/session', { username, password });
    return { json: answer.json as { token: string } }; // of the service
  };
  return {
    ...{ url: http, band, clock, nowMs, logIn },
    as: async (username, method, path) => call({ http }, (await logIn(username)).json.token, method, path),
    async close() {
      await band.endAsync();
      await service.stop();
      removeFolder(folder);
    },
  };
}

/** By night the same walk is more urgent, and a day ends at midnight: the story is told by day, whenever it is told. */
function whereItIsNoon(atMs: number): string {
  const eastH = 12 - new Date(atMs).getUTCHours();
  return `Etc/GMT${eastH > 0 ? '-' : '+'}${Math.abs(eastH)}`;
}

type Step = { readonly agoS: number; readonly northDeg: number };
/** From the armchair to the bus stop, and with the bus: metres are about 111 000 times the degrees. */
export const atHome: readonly Step[] = [
  { agoS: 390, northDeg: 0 },
  { agoS: 360, northDeg: 0.0001 },
];
export const onFoot: readonly Step[] = [
  { agoS: 330, northDeg: 0.0012 },
  { agoS: 300, northDeg: 0.0036 },
  { agoS: 270, northDeg: 0.0058 },
  { agoS: 240, northDeg: 0.0063 },
  { agoS: 210, northDeg: 0.0068 },
];
export const byBus: readonly Step[] = [180, 150, 120, 90, 60, 30, 0].map((agoS, i) => ({
  agoS,
  northDeg: 0.0068 + (i + 1) * 0.0036,
}));

/** The band tells where it was, with the time it took each fix: what it kept while it had no network. */
export async function says({ band, nowMs }: Lived, steps: readonly Step[]): Promise<void> {
  for (const { agoS, northDeg } of steps) {
    const message = {
      t: nowMs() - agoS * 1000,
      steps: 1000 + Math.round((390 - agoS) * 8),
      worn: true,
      batteryPct: 64,
      position: { lat: home.lat + northDeg, lon: home.lon, accuracyM: 8 },
    };
    await band.publishAsync('v1/devices/band-1/telemetry', JSON.stringify(message), { qos: 1 });
  }
}
