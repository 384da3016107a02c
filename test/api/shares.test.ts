import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTown, type Page, type Town } from './support/town.ts';

const hour = 3_600_000;
let town: Town;
beforeEach(async () => {
  town = await openTown();
});
afterEach(() => town.close());

type Made = { id: string; url: string; expiresAt: string };

async function share(body: object = {}, who = 'daughter'): Promise<Made & { token: string }> {
  const { status, json } = await town.as<Made>(who, 'POST', '/residents/r0/shares', body);
  expect(status).toBe(201);
  return { ...json, token: json.url.replace('/s/', '') };
}
const open = (token: string, query = '') => town.ask(undefined, 'GET', `/api/v1/shares/${token}${query}`);
const trace = async () =>
  (await town.records.auditLog({ about: 'r0', limit: 99 })).map(({ who, what }) => `${who} ${what}`);

test('a daughter sends a link to a neighbour, who sees where she is without an account, and nothing else', async () => {
  await town.say('band-0', { position: { lat: 24.4466, lon: 118.0841, accuracyM: 12 }, heartRateBpm: 70 });
  const { id, token, expiresAt } = await share({ name: 'Mother', note: 'for Mrs Lin' });
  expect(expiresAt).toBe(new Date(town.nowMs + 4 * hour).toISOString());
  town.clock.nowMs += 60_000;
  const { status, headers, json, text } = await open(token);
  expect(status).toBe(200);
  expect(json).toEqual({
    name: 'Mother',
    now: '2026-03-07T04:01:00.000Z',
    expiresAt,
    datum: 'WGS84',
    position: { lat: 24.4466, lon: 118.0841, accuracyM: 12, t: '2026-03-07T04:00:00.000Z', ageS: 60 },
  });
  expect(text).not.toMatch(/王秀英|r0|Garden|Mrs Lin|Daughter/);
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(await trace()).toEqual([`share:${id} shareOpened`, 'u-daughter shareCreated']);
});

test('before any position is known the link says so by having none', async () => {
  const { token } = await share();
  expect((await open(token)).json).not.toHaveProperty('position');
});

test('after its hours, or taken back, the link says what to do and shows nothing', async () => {
  const [short, taken] = [await share({ hours: 0.5 }), await share()];
  expect((await town.as('daughter', 'DELETE', `/shares/${taken.id}`)).status).toBe(204);
  town.clock.nowMs += 0.5 * hour;
  for (const token of [short.token, taken.token, 'made-up']) {
    const { status, text } = await open(token);
    expect(status).toBe(404);
    expect(text).toContain('Ask whoever sent it for a new one');
  }
  expect(await trace()).toContain('u-daughter shareRevoked');
});

test('the list says which links still show something and how often they were opened, and has no token', async () => {
  const { id, token } = await share({ note: 'for Mrs Lin' });
  const over = await share({ hours: 0.1 });
  await open(token);
  await open(token); // the same page looking again
  town.clock.nowMs += 0.5 * hour;
  await open(token);
  const { json, text } = await town.as<Page>('daughter', 'GET', '/residents/r0/shares');
  expect(json.items).toMatchObject([
    { id, isOpen: true, openings: 2, note: 'for Mrs Lin', by: 'u-daughter' },
    { id: over.id, isOpen: false, openings: 0 },
  ]);
  expect(text).not.toContain(token);
});

test('the table holds a hash of the token, not the token', async () => {
  const { id, token } = await share();
  expect(await town.records.shares().byTokenHash(token)).toBeUndefined();
  expect((await town.records.shares().byTokenHash(town.parts.hashToken(token)))?.id).toBe(id);
});

test('somebody else’s mother cannot be shared, nor her links be seen or taken back', async () => {
  const { id, token } = await share();
  for (const who of ['son', 'west']) {
    expect((await town.as(who, 'POST', '/residents/r0/shares', {})).status).toBe(404);
    expect((await town.as(who, 'GET', '/residents/r0/shares')).status).toBe(404);
    expect((await town.as(who, 'DELETE', `/shares/${id}`)).status).toBe(404);
  }
  expect((await town.as('walker', 'POST', '/residents/r0/shares', {})).status).toBe(403);
  expect((await open(token)).status).toBe(200);
});

test('a link ends with the right of whoever sent it', async () => {
  const { token } = await share();
  await town.as('admin', 'PATCH', '/users/u-daughter', { residentIds: ['r1'] });
  expect((await open(token)).status).toBe(404);
});

test('a link is not for a later resident of the same id', async () => {
  const { token } = await share({}, 'admin');
  const home = { lat: 24.46, lon: 118.09, datum: 'WGS84' };
  await town.as('admin', 'PATCH', '/users/u-daughter', { residentIds: ['r1'] });
  for (const path of ['devices/band-0', 'devices/motion-0', 'zones/zone-0', 'policies/policy-0'])
    await town.as('admin', 'DELETE', `/${path}`);
  expect((await town.as('admin', 'DELETE', '/residents/r0')).status).toBe(204);
  await town.as('admin', 'POST', '/residents', { id: 'r0', name: 'Other', areaId: 'east', home, contacts: [] });
  expect((await open(token)).status).toBe(404);
});

test('a week at most, twenty at a time', async () => {
  for (const hours of [0, -1, 169]) {
    expect((await town.as('daughter', 'POST', '/residents/r0/shares', { hours })).status).toBe(400);
  }
  for (let i = 0; i < 20; i++) await share({ hours: 168 });
  const { status, text } = await town.as('daughter', 'POST', '/residents/r0/shares', {});
  expect(status).toBe(409);
  expect(text).toContain('take some back first');
});

test('who tries links one after the other is told to wait', async () => {
  const statuses = new Set<number>();
  for (let i = 0; i < 310; i++) statuses.add((await open(`guess-${i}`)).status);
  expect(statuses).toEqual(new Set([404, 429]));
});
