import { afterAll, afterEach, expect, test } from 'vitest';
import { readConfig } from '../../app/config.ts';
import { createLog } from '../../app/log.ts';
import { type Service, startService } from '../../app/service.ts';
import type { AlertView } from '../../model/alert.ts';
import { anju } from '../support/anju.ts';
import { adminPassword, eventually, removeFolder, temporaryFolder } from '../support/service.ts';

const dataDir = temporaryFolder();
afterAll(() => removeFolder(dataDir));

const home = { lat: 24.4451, lon: 118.0823, datum: 'WGS84' };
/** Saturday noon in Xiamen, moved by the story only. */
const clock = { nowMs: Date.parse('2026-03-07T12:00:00+08:00') };
const isAt = (text: string) => {
  clock.nowMs = Date.parse(`${text.replace(' ', 'T')}:00+08:00`);
};
let service: Service | undefined;
let token = '';
afterEach(() => service?.stop());

async function start(): Promise<void> {
  const ports = { ANJU_HTTP_PORT: '0', ANJU_MQTT_PORT: '0' };
  const config = readConfig({ ANJU_DATA_DIR: dataDir, ANJU_ADMIN_PASSWORD: adminPassword, ...ports });
  service = await startService(config, createLog('error'), () => clock.nowMs);
  token = '';
  const { json } = await ask('POST', '/session', { username: 'admin', password: adminPassword });
  token = json.token as string;
}

async function ask(method: string, path: string, body?: object) {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  const address = `${service?.addresses.http.replace(/\/$/, '')}/api/v1${path}`;
  const answer = await fetch(address, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  return { status: answer.status, json: (await answer.json()) as Record<string, unknown> };
}

async function overdueOf(residentId: string): Promise<AlertView[]> {
  return (await ask('GET', `/alerts?type=visitOverdue&resident=${residentId}`)).json.items as AlertView[];
}

const isNow = (check: (alerts: AlertView[]) => boolean) =>
  eventually(async () => {
    const alerts = await overdueOf('wang');
    return check(alerts) ? alerts : undefined;
  });

/** Somebody moves in whom nobody has seen since yesterday: when that is told, every deadline was looked at again. */
async function neighbourIsOverdue(id: string): Promise<AlertView | undefined> {
  const visitTierSince = '2026-03-07T00:00:00Z';
  await ask('POST', '/import', {
    residents: [{ id, name: id, areaId: 'city', home, visitTier: 'red', visitTierSince }],
  });
  return eventually(async () => (await overdueOf(id))[0]);
}

test('nobody went to see her while the service was down: told once however often it starts, closed by a call, explained', {
  timeout: 60_000,
}, async () => {
  await start();
  const residents = [{ id: 'wang', name: '王秀英', areaId: 'city', home, visitTier: 'red' }];
  await ask('POST', '/import', { areas: [{ id: 'city', name: 'City', kind: 'city' }], residents });
  await service?.stop();

  isAt('2026-03-08 21:00');
  await start();
  const [first] = (await isNow((alerts) => alerts.length === 1)) ?? [];
  expect(first).toMatchObject({ severity: 'P3', state: 'open', residentId: 'wang', deviceIds: [], count: 1 });
  expect(first?.openedAt).toBe('2026-03-08T12:00:00.000Z');
  for (let times = 0; times < 2; times++) {
    await service?.stop();
    await start();
    const neighbour = await neighbourIsOverdue(`neighbour-${times}`);
    expect(neighbour).toMatchObject({ count: 1 });
    expect(await overdueOf('wang')).toMatchObject([{ id: first?.id, count: 1, state: 'open' }]);
  }

  const call = { kind: 'phone', outcome: 'well' };
  expect((await ask('POST', '/residents/wang/visits', call)).status).toBe(201);
  const [closed] = (await isNow(([alert]) => alert?.state === 'resolved')) ?? [];
  expect(closed).toMatchObject({ id: first?.id, outcome: 'recovered', count: 1 });
  await service?.stop();
  const explained = await anju(dataDir, ['explain', first?.id ?? '']);
  expect(explained.stdout).toContain('she is planned to be contacted (red, daily)');
  expect(explained.stdout).toContain('overdue from: 2026-03-08 20:00:00');
  expect(explained.stdout).toContain('nobody has spoken to her since the plan was made at 03-07 12:00');

  isAt('2026-03-09 21:00');
  await start();
  expect(await isNow((alerts) => alerts.length === 2)).toHaveLength(2);
});
