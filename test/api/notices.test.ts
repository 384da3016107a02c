import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTown, type Page, type Town } from './support/town.ts';

const hour = 3_600_000;
let town: Town;
beforeEach(async () => {
  town = await openTown();
  await town.as('admin', 'PATCH', '/residents/r0', {
    birthDate: '1943-05-01',
    address: '前埔中二路 12 号 301',
    conditions: '阿尔茨海默病',
  });
});
afterEach(() => town.close());

const about = {
  consentBy: 'Wang Li, daughter',
  caseNumber: 'XM-2026-0307',
  hotline: '0592-12349',
  sex: 'female',
  heightCm: 155,
  clothing: 'red coat, grey trousers',
  lastSeen: {
    at: '2026-03-07T10:40:00+08:00',
    place: 'East market',
    position: { lat: 24.44512, lon: 118.08231 },
  },
};
type Made = { id: string; url: string; alertId?: string; isUp: boolean };
const publish = (body: object = about, who = 'east') => town.as<Made>(who, 'POST', '/residents/r0/notices', body);
const read = (id: string) => town.ask(undefined, 'GET', `/api/v1/notices/${id}`);

test('the public reads whom to look for, with her name masked and the place rough, and nothing else about her', async () => {
  await town.say('band-0', { position: { lat: 24.4466, lon: 118.0841 } });
  const { status, json: made } = await publish();
  expect(status).toBe(201);
  const { json, text } = await read(made.id);
  expect(json).toEqual({
    name: '王**',
    sex: 'female',
    ageYears: 82,
    heightCm: 155,
    clothing: 'red coat, grey trousers',
    lastSeen: { at: '2026-03-07T10:40:00+08:00', place: 'East market', position: { lat: 24.446, lon: 118.082 } },
    hotline: '0592-12349',
    hasPhoto: false,
    ringM: 1000,
    publishedAt: '2026-03-07T04:00:00.000Z',
    expiresAt: '2026-03-10T04:00:00.000Z',
    now: '2026-03-07T04:00:00.000Z',
  });
  expect(text).not.toMatch(/王秀英|r0|前埔|阿尔茨海默|XM-2026|Wang Li|24\.4466/);
  const trace = (await town.records.auditLog({ about: 'r0', limit: 9 })).map(({ who, what }) => `${who} ${what}`);
  expect(trace).toEqual(expect.arrayContaining(['u-east noticePublished', 'public noticeRead']));
});

test('without consent and the case number of the police nobody is shown to anybody', async () => {
  for (const missing of ['consentBy', 'caseNumber', 'hotline', 'lastSeen']) {
    expect((await publish({ ...about, [missing]: undefined })).status).toBe(400);
  }
  expect((await publish({ ...about, caseNumber: '  ' })).status).toBe(400);
  expect((await publish(about, 'daughter')).status).toBe(403);
  expect((await publish(about, 'west')).status).toBe(404);
});

test('the ring grows with time: 1 km at once, 3 km after half an hour, 6 km after two hours; it ends after 72 h', async () => {
  const { id } = (await publish()).json;
  const rings: unknown[] = [];
  for (const atMs of [29 / 60, 0.5, 2, 71.9].map((hours) => hours * hour)) {
    town.clock.nowMs = Date.parse('2026-03-07T04:00:00Z') + atMs;
    rings.push((await read(id)).json.ringM);
  }
  expect(rings).toEqual([1000, 3000, 6000, 6000]);
  town.clock.nowMs += hour;
  const { status, text } = await read(id);
  expect(status).toBe(404);
  expect(text).toContain('This notice is over. Thank you for looking.');
});

test('in the moment in which she is found and the alert closed, it is down', async () => {
  const alertId = await town.raise('r0', 'missing');
  const { json: made } = await publish();
  expect(made).toMatchObject({ alertId, isUp: true });
  await town.as('walker', 'POST', `/alerts/${alertId}/actions`, { action: 'resolve', outcome: 'found' });
  expect((await read(made.id)).status).toBe(404);
  const { json } = await town.as<Page>('walker', 'GET', '/residents/r0/notices');
  expect(json.items).toMatchObject([{ id: made.id, isUp: false }]);
});

test('it is taken down by hand, by those who look after her', async () => {
  const { id } = (await publish()).json;
  expect((await publish()).status).toBe(409); // one at a time
  expect((await town.as('west', 'DELETE', `/notices/${id}`)).status).toBe(404);
  expect((await town.as('daughter', 'DELETE', `/notices/${id}`)).status).toBe(403);
  expect((await town.as('east', 'DELETE', `/notices/${id}`)).status).toBe(204);
  expect((await read(id)).status).toBe(404);
  expect((await publish()).status).toBe(201);
});

test('a photo is shown beside it while it is up; anything but a picture is refused', async () => {
  const photo = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]).toString('base64');
  const { id } = (await publish({ ...about, photo })).json;
  expect((await read(id)).json.hasPhoto).toBe(true);
  const shown = await fetch(`${town.url}/api/v1/notices/${id}/photo`);
  expect(shown.headers.get('content-type')).toBe('image/jpeg');
  expect(Buffer.from(await shown.arrayBuffer()).toString('base64')).toBe(photo);
  await town.as('east', 'DELETE', `/notices/${id}`);
  expect((await fetch(`${town.url}/api/v1/notices/${id}/photo`)).status).toBe(404);
  const script = Buffer.from('<svg onload="alert(1)"/>').toString('base64');
  expect((await publish({ ...about, photo: script })).status).toBe(400);
});

test('she who is erased is on no notice', async () => {
  const { id } = (await publish()).json;
  await town.as('admin', 'PATCH', '/users/u-daughter', { residentIds: ['r1'] });
  expect((await town.as('admin', 'DELETE', '/residents/r0/data', { confirm: 'r0' })).status).toBe(200);
  expect((await read(id)).status).toBe(404);
  expect(await town.records.notices().byId(id)).toBeUndefined();
});

test('the centre sees which notices are up about its own people', async () => {
  const { id } = (await publish()).json;
  const up = async (who: string) => (await town.as<Page>(who, 'GET', '/notices')).json.items.map((one) => one.id);
  expect(await up('east')).toEqual([id]);
  expect(await up('west')).toEqual([]);
  expect((await town.as('daughter', 'GET', '/notices')).status).toBe(403);
  await town.as('east', 'DELETE', `/notices/${id}`);
  expect(await up('admin')).toEqual([]);
});
