import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConfig } from '../../app/config.ts';
import { createLog } from '../../app/log.ts';
import { type Service, startService } from '../../app/service.ts';
import { adminPassword, alertsOf, call, eventually, login, removeFolder, temporaryFolder } from '../support/service.ts';

/** A Saturday, five past eight in Xiamen. */
const nowMs = Date.parse('2026-03-14T08:05:00+08:00');
const every = [1, 2, 3, 4, 5, 6, 7];
const allDay = [{ userId: 'u-li', days: every, from: '08:00', to: '20:00' }];
const allNight = [{ userId: 'u-chen', days: every, from: '20:00', to: '08:00' }];
const community = {
  areas: [{ id: 'city', name: 'City', kind: 'city' }],
  users: [
    { id: 'u-li', username: 'li', password: 'a-good-password', role: 'responder', areaId: 'city' },
    { id: 'u-chen', username: 'chen', password: 'a-good-password', role: 'responder', areaId: 'city' },
  ],
  rosters: [{ id: 'r', name: 'City', areaId: 'city', shifts: [...allDay, ...allNight] }],
};

let dataDir: string;
let service: Service | undefined;
beforeEach(() => {
  dataDir = temporaryFolder();
});
afterEach(async () => {
  await service?.stop();
  removeFolder(dataDir);
});

/** The whole service on that morning, in the folder of this test. */
async function open(atMs = nowMs): Promise<{ http: string; token: string }> {
  const config = readConfig({
    ANJU_DATA_DIR: dataDir,
    ANJU_HTTP_PORT: '0',
    ANJU_MQTT_PORT: '0',
    ANJU_ADMIN_PASSWORD: adminPassword,
  });
  const beganMs = Date.now();
  service = await startService(config, createLog('error'), () => atMs + Date.now() - beganMs);
  const http = service.addresses.http.replace(/\/$/, '');
  return { http, token: await login({ http }) };
}

async function close(): Promise<void> {
  await service?.stop();
  service = undefined;
}

test('a roster is saved with a night nobody has: the running service raises the gap by itself, and takes it back when it is filled', async () => {
  const { http, token } = await open();
  await call({ http }, token, 'POST', '/import', community);
  const gaps = (state: string) => alertsOf({ http }, token, `type=dutyGap&state=${state}`);
  expect(await gaps('open')).toEqual([]);
  await call({ http }, token, 'PATCH', '/rosters/r', { shifts: allDay });
  const [gap] = (await eventually(async () => ((await gaps('open')).length > 0 ? gaps('open') : undefined))) ?? [];
  expect(gap).toMatchObject({ severity: 'P3', areaId: 'city' });
  await call({ http }, token, 'PATCH', '/rosters/r', { shifts: [...allDay, ...allNight] });
  const over = await eventually(async () => ((await gaps('resolved')).length > 0 ? gaps('resolved') : undefined));
  expect(over).toMatchObject([{ id: gap?.id, outcome: 'recovered' }]);
});

test('a gap that came while the service was down is raised at the start', async () => {
  const first = await open();
  await call(first, first.token, 'POST', '/import', {
    ...community,
    rosters: [{ ...community.rosters[0], shifts: allDay }],
  });
  await eventually(async () => ((await alertsOf(first, first.token, 'type=dutyGap')).length > 0 ? true : undefined));
  await close();
  const nextDay = await open(nowMs + 24 * 3_600_000);
  const gaps = () => alertsOf(nextDay, nextDay.token, 'type=dutyGap');
  expect((await eventually(async () => ((await gaps()).length === 2 ? gaps() : undefined)))?.length).toBe(2);
});

test('the shift changed five minutes ago, while the service was down: told once, however often it starts', async () => {
  const first = await open(nowMs - 3_600_000);
  await call(first, first.token, 'POST', '/import', community);
  await close();
  for (let starts = 0; starts < 2; starts += 1) {
    const { http, token } = await open(nowMs + starts * 60_000);
    const handOvers = () => alertsOf({ http }, token, 'type=shiftHandOver');
    const told = await eventually(async () => ((await handOvers()).length > 0 ? handOvers() : undefined));
    expect(told).toMatchObject([{ areaId: 'city', state: 'resolved' }]);
    const { json } = await call({ http }, token, 'GET', `/alerts/${told?.[0]?.id}`);
    const { timeline } = json as { timeline: { who: string; detail?: { reason?: string } }[] }; // of the contract
    const reports = timeline.filter(({ detail }) => detail?.reason === 'report'); // without a page open, it goes on over the app
    expect(reports.map(({ who }) => who)).toEqual(['u-li']);
    await close();
  }
});
