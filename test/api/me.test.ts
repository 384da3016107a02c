import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTown, type Town } from './support/town.ts';

let town: Town;
beforeEach(async () => {
  town = await openTown();
});
afterEach(() => town.close());

const browser = (name: string) => ({
  endpoint: `https://push.example.org/${name}`,
  expirationTime: null,
  keys: { p256dh: `B${'x'.repeat(86)}`, auth: 'y'.repeat(22) },
});
type Me = { push: string[]; contacts: { residentId: string; contact: Record<string, unknown> }[] };
const me = (who: string, method = 'GET', path = '', body?: object) => town.as<Me>(who, method, `/me${path}`, body);
const pushesOf = async (alertId: string) =>
  (await town.records.notificationsOf(alertId)).filter(({ channel }) => channel === 'webPush');

test('a daughter’s browser gets her mother’s emergency at once, in her language, and no more after she took it off', async () => {
  await me('daughter', 'PATCH', '', { language: 'en' });
  const { status, json, text } = await me('daughter', 'PUT', '/push', browser('phone'));
  expect(status).toBe(200);
  expect(json.push).toEqual(['https://push.example.org/phone']);
  expect(text).not.toContain('xxx'); // keys travel inwards only
  const [told] = await pushesOf(await town.raise('r0'));
  expect(told).toMatchObject({ recipientId: 'user-u-daughter', language: 'en', queuedAtMs: town.nowMs });
  expect(told?.secret).toBe(`${browser('').keys.p256dh}.${browser('').keys.auth}`);

  await me('daughter', 'DELETE', '/push', { endpoint: browser('phone').endpoint });
  expect((await me('daughter')).json.push).toEqual([]);
  expect(await pushesOf(await town.raise('r0', 'smoke'))).toEqual([]);
});

test('whoever lost the right to look gets no alerts in the browser either, and is still called', async () => {
  await me('daughter', 'PATCH', '', { phone: '13922222222' });
  await me('daughter', 'PUT', '/push', browser('phone'));
  await town.as('admin', 'PATCH', '/users/u-daughter', { residentIds: ['r1'] });
  const told = await town.records.notificationsOf(await town.raise('r0'));
  const hers = told.filter(({ recipientId }) => recipientId === 'user-u-daughter').map(({ channel }) => channel);
  expect(hers).toContain('sms');
  expect(hers).not.toContain('webPush');
});

test('a grid worker’s browser gets what the worker is told; colleagues see that there is one and not its keys', async () => {
  await me('walker', 'PUT', '/push', browser('walker'));
  const colleague = await town.as('east', 'GET', '/users/u-walker');
  expect(colleague.text).toContain('https://push.example.org/walker');
  const everything = [colleague, await town.logIn('walker'), await town.as('admin', 'GET', '/export')];
  for (const { text } of everything) expect(text).not.toContain('xxx');
  const document = (await town.as('admin', 'GET', '/export')).json;
  expect((await town.as('admin', 'POST', '/import', document)).status).toBe(200);
  expect(town.directory.users.get('u-walker')?.channels?.[0]?.secret).toContain('xxx'); // kept, though it was not shown
});

test('the same browser again is one; a sixth makes the oldest go', async () => {
  for (const name of ['a', 'b', 'a', 'c', 'd', 'e', 'f']) await me('daughter', 'PUT', '/push', browser(name));
  const { push } = (await me('daughter')).json;
  expect(push.map((endpoint) => endpoint.at(-1))).toEqual(['a', 'c', 'd', 'e', 'f']);
});

test('what can wait waits until her quiet hours are over; an emergency does not', async () => {
  await me('daughter', 'PATCH', '', { quietHours: { from: '22:00', to: '07:00' } });
  await me('daughter', 'PUT', '/push', browser('phone'));
  town.clock.nowMs = Date.parse('2026-03-08T02:00:00Z');
  const [waiting] = await pushesOf(await town.raise('r0', 'notWorn', 'P3'));
  expect(new Date(waiting?.nextAttemptAtMs ?? 0).toISOString()).toBe('2026-03-08T07:00:00.000Z');
  const [urgent] = await pushesOf(await town.raise('r0'));
  expect(urgent?.nextAttemptAtMs).toBe(town.nowMs);
  town.clock.nowMs = Date.parse('2026-03-08T12:00:00Z');
});

test('with her own number she is called and texted there, until she takes it away', async () => {
  await me('daughter', 'PATCH', '', { name: 'Wang Li', phone: '139 1111 1111' });
  const own = async () => (await me('daughter')).json.contacts[0]?.contact;
  expect(await own()).toMatchObject({
    name: 'Wang Li',
    phone: '139 1111 1111',
    channels: [
      { kind: 'sms', address: '139 1111 1111' },
      { kind: 'voice', address: '139 1111 1111' },
    ],
  });
  await me('daughter', 'PATCH', '', { phone: '13922222222' });
  expect((await own())?.channels).toEqual([
    { kind: 'sms', address: '13922222222' },
    { kind: 'voice', address: '13922222222' },
  ]);
  await me('daughter', 'PATCH', '', { phone: null });
  expect(await own()).toMatchObject({ channels: [] });
});

test('a browser is tried out with a message that says so; another’s browser is not', async () => {
  await me('daughter', 'PUT', '/push', browser('phone'));
  const { endpoint } = browser('phone');
  const tried = await town.as('daughter', 'POST', '/me/push/test', { endpoint });
  expect(tried.json).toEqual({ outcome: 'sent' });
  expect((await town.as('son', 'POST', '/me/push/test', { endpoint })).status).toBe(404);
  expect((await town.as('counter', 'POST', '/me/push/test', { endpoint })).status).toBe(403);
});

test('nobody changes others by changing themselves', async () => {
  const before = town.directory.residents.get('r0')?.contacts.find(({ id }) => id === 'c0');
  await me('daughter', 'PATCH', '', { phone: '13922222222' });
  expect(town.directory.residents.get('r0')?.contacts.find(({ id }) => id === 'c0')).toEqual(before);
  expect(town.directory.residents.get('r1')?.contacts).toEqual([]);
  expect((await me('walker', 'PATCH', '', { phone: '13922222222' })).status).toBe(400);
  expect((await me('daughter', 'PATCH', '', { role: 'admin' })).status).toBe(400);
  expect((await me('counter', 'PUT', '/push', browser('x'))).status).toBe(403);
});

const broken = [
  { ...browser('x'), endpoint: 'file:///etc/passwd' },
  { ...browser('x'), keys: { p256dh: 'short', auth: 'y'.repeat(22) } },
  { endpoint: 'https://push.example.org/x' },
];
for (const [nth, body] of broken.entries()) {
  test(`a subscription that is none is refused (${nth + 1})`, async () => {
    expect((await me('daughter', 'PUT', '/push', body)).status).toBe(400);
  });
}

test('the family says in which order they are told, and nobody is forgotten', async () => {
  await me('daughter', 'PATCH', '', { language: 'zh' });
  const order = (ids: unknown, who = 'daughter') => town.as(who, 'PUT', '/residents/r0/contacts/order', { ids });
  expect((await order(['user-u-daughter', 'c0'])).status).toBe(200);
  const orders = () => town.directory.residents.get('r0')?.contacts.map(({ id, order: place }) => `${id} ${place}`);
  expect(orders()).toEqual(['c0 1', 'user-u-daughter 0']);
  expect((await order([['c0', 'user-u-daughter']])).status).toBe(200); // both at once
  expect(orders()).toEqual(['c0 0', 'user-u-daughter 0']);
  for (const ids of [['c0'], ['c0', 'c0'], ['c0', 'user-u-daughter', 'c1']])
    expect((await order(ids)).status).toBe(400);
  expect((await order(['c0', 'user-u-daughter'], 'son')).status).toBe(404);
  expect(town.directory.residents.get('r0')?.contacts[0]?.channels[0]?.secret).toContain('whsec_'); // nothing was lost
});

test('the family draws where she is safe, and leaves alone what the centre forbids', async () => {
  const shape = { type: 'circle', center: { lat: 24.4451, lon: 118.0823 }, radiusM: 200 };
  const zone = { id: 'park', residentId: 'r0', name: 'Park', kind: 'safe', shape, datum: 'WGS84' };
  expect((await town.as('daughter', 'POST', '/zones', zone)).status).toBe(201);
  expect((await town.as('daughter', 'PATCH', '/zones/park', { name: 'Lake' })).status).toBe(200);
  const canal = { ...zone, id: 'canal', name: 'Canal', kind: 'forbidden' };
  expect((await town.as('daughter', 'POST', '/zones', canal)).status).toBe(404);
  await town.as('east', 'POST', '/zones', canal);
  const { residentId: _hers, ...street } = { ...zone, id: 'street', areaId: 'east' };
  const attempts = [
    ['PATCH', '/zones/canal', { kind: 'safe' }],
    ['POST', '/zones', { ...zone, id: 'canal' }],
    ['DELETE', '/zones/canal', undefined],
    ['POST', '/zones', street],
    ['POST', '/zones', { ...zone, id: 'his', residentId: 'r1' }],
    ['PATCH', '/zones/park', { residentId: 'r1' }],
  ] as const;
  for (const [method, path, body] of attempts) {
    expect({ path, status: (await town.as('daughter', method, path, body)).status }).toEqual({ path, status: 404 });
  }
  expect(town.directory.zones.get('canal')?.kind).toBe('forbidden');
  expect((await town.as('daughter', 'DELETE', '/zones/park')).status).toBe(204);
});
