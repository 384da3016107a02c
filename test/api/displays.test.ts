import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Fields, openTown, type Page, type Town } from './support/town.ts';

const dayMs = 86_400_000;
let town: Town;
beforeEach(async () => {
  town = await openTown();
});
afterEach(() => town.close());

type Made = { id: string; name: string; expiresAt: string; url: string };

async function hang(userId = 'u-counter'): Promise<{ id: string; token: string }> {
  const { status, json } = await town.as<Made>('admin', 'POST', `/users/${userId}/displays`, { name: 'Lobby' });
  expect(status).toBe(201);
  return { id: json.id, token: json.url.split('=')[1] ?? '' };
}
const looks = async (token: string) => (await town.ask(token, 'GET', '/api/v1/areas/city/overview')).status;

test('a screen shows the wall for a year without anybody logging in, and then needs another link', async () => {
  const { json } = await town.as<Made>('admin', 'POST', '/users/u-counter/displays', { name: 'Lobby' });
  expect(json).toMatchObject({
    name: 'Lobby',
    by: 'u-admin',
    url: expect.stringMatching(/^\/wall#display=[\w-]{40,}$/),
  });
  const token = json.url.split('=')[1] ?? '';
  for (const days of [0, 1, 120, 270]) {
    town.clock.nowMs += days * dayMs;
    expect(await looks(token)).toBe(200);
  }
  town.clock.nowMs += 9 * dayMs;
  expect(await looks(token)).toBe(401);
});

test('the address is shown once; the list and the records hold no token', async () => {
  const { id, token } = await hang();
  const { text, json } = await town.as<Page>('admin', 'GET', '/users/u-counter/displays');
  expect(json.items).toEqual([expect.objectContaining({ id, name: 'Lobby' })]);
  expect(text).not.toContain(token);
  expect(await town.records.displays().byTokenHash(token)).toBeUndefined();
  expect(town.logged.join()).not.toContain(token);
});

test('a screen reads the wall of its account and nothing else, be it what the account itself may read', async () => {
  const { token } = await hang();
  const answers: Record<string, number> = {};
  for (const { method, url, access } of town.api.routes) {
    if (access === 'open' || access === 'local') continue;
    const address = url.replace(':id', url.includes('/areas/') ? 'city' : 'none');
    const body = method === 'GET' || method === 'DELETE' ? undefined : {};
    const { status } = await town.ask(token, method, address, body);
    if (status !== 403) answers[`${method} ${url}`] = status;
  }
  expect(answers).toEqual({
    'GET /api/v1/me': 200,
    'GET /api/v1/areas': 200,
    'GET /api/v1/areas/:id/overview': 200,
    'GET /api/v1/areas/:id/positions': 200,
  });
  expect((await town.ask(token, 'GET', '/metrics')).status).not.toBe(401);
  expect(await town.api.sessions.authenticateSession(token)).toBeUndefined(); // nor over MQTT
});

describe('it ends at once', () => {
  test('when it is taken back, and other screens stay', async () => {
    const [lobby, hall] = [await hang(), await hang()];
    expect(await looks(lobby.token)).toBe(200);
    expect((await town.as('admin', 'DELETE', `/displays/${lobby.id}`)).status).toBe(204);
    expect(await looks(lobby.token)).toBe(401);
    expect(await looks(hall.token)).toBe(200);
    expect((await town.as('admin', 'DELETE', `/displays/${lobby.id}`)).status).toBe(404);
  });

  for (const [when, change] of [
    ['the password of its account changes', { password: 'another-good-password' }],
    ['its account becomes one that knows names', { role: 'operator', areaId: 'city' }],
  ] as const) {
    test(`when ${when}`, async () => {
      const { token } = await hang();
      expect(await looks(token)).toBe(200);
      expect((await town.as('admin', 'PATCH', '/users/u-counter', change)).status).toBe(200);
      expect(await looks(token)).toBe(401);
    });
  }

  test('when its account is removed, and does not come back with one of the same name', async () => {
    const { token } = await hang();
    const user = { id: 'u-counter', username: 'counter', role: 'viewer', areaId: 'city' };
    expect((await town.as('admin', 'DELETE', '/users/u-counter')).status).toBe(204);
    expect(await looks(token)).toBe(401);
    await town.as('admin', 'POST', '/users', { ...user, password: 'a-good-password' });
    expect(await looks(token)).toBe(401);
  });
});

test('only for accounts that see numbers, only by administrators, and both leave a trace', async () => {
  for (const id of ['u-admin', 'u-east', 'u-walker', 'u-daughter'])
    expect((await town.as('admin', 'POST', `/users/${id}/displays`, { name: 'Lobby' })).status).toBe(400);
  expect((await town.as('admin', 'POST', '/users/nobody/displays', { name: 'Lobby' })).status).toBe(404);
  expect((await town.as('east', 'POST', '/users/u-counter/displays', { name: 'Lobby' })).status).toBe(403);
  const { id } = await hang();
  await town.as('admin', 'DELETE', `/displays/${id}`);
  const entries: readonly Fields[] = await town.records.auditLog({ about: 'u-counter', limit: 2 });
  expect(entries.map(({ what, who }) => `${who} ${what}`)).toEqual([
    'u-admin displayRevoked',
    'u-admin displayCreated',
  ]);
  expect(entries[0]?.detail).toMatchObject({ displayId: id });
});
