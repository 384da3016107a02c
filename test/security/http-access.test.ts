import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { removeFolder } from '../support/service.ts';
import { type Callers, logEverybodyIn } from './callers.ts';
import { openTarget, password, type Target } from './support.ts';

let target: Target;
let callers: Callers;
beforeAll(async () => {
  target = await openTarget();
  callers = await logEverybodyIn(target);
});
afterAll(async () => {
  await target.service.kill('SIGTERM');
  removeFolder(target.dataDir);
});

const as: Callers['as'] = (...request) => callers.as(...request);
const raw: Callers['raw'] = (...request) => callers.raw(...request);
const everything = async () => JSON.stringify((await as('admin', 'GET', '/export')).json);

const home = { lat: 24.4451, lon: 118.0823, datum: 'WGS84' };
const circle = { type: 'circle', center: { lat: 24.4451, lon: 118.0823 }, radiusM: 100 };

const zoneOf = (id: string) => ({ id, areaId: 'east', name: 'Zone', kind: 'safe', shape: circle, datum: 'WGS84' });

describe('nobody gets more by sending more', () => {
  const attempts = [
    { who: 'op-east', method: 'PATCH', path: '/residents/r-east', body: { areaId: 'west' } },
    { who: 'op-east', method: 'PATCH', path: '/residents/r-east', body: { areaId: 'city' } },
    { who: 'op-east', method: 'PATCH', path: '/residents/r-west', body: { areaId: 'east' } },
    { who: 'op-east', method: 'PATCH', path: '/residents/r-east', body: { id: 'r-west' } },
    { who: 'op-east', method: 'POST', path: '/residents', body: { id: 'r-west', name: 'Mine', areaId: 'east', home } },
    { who: 'op-east', method: 'POST', path: '/residents', body: { id: 'r-new', name: 'There', areaId: 'west', home } },
    { who: 'op-east', method: 'PATCH', path: '/devices/band-east', body: { residentId: 'r-west' } },
    { who: 'op-east', method: 'PATCH', path: '/devices/band-east', body: { residentId: null } },
    { who: 'op-east', method: 'PATCH', path: '/devices/band-east', body: { hubId: 'hub-west' } },
    { who: 'op-east', method: 'PATCH', path: '/devices/band-west', body: { residentId: 'r-east' } },
    { who: 'op-east', method: 'PATCH', path: '/devices/smoke-west', body: { hubId: 'hub-east' } },
    { who: 'op-east', method: 'PATCH', path: '/devices/band-east', body: { token: 'short' } },
    { who: 'op-east', method: 'POST', path: '/devices', body: { id: 'band-west', kind: 'hub', residentId: 'r-east' } },
    { who: 'op-east', method: 'POST', path: '/devices', body: { id: 'stray', kind: 'hub' } },
    { who: 'op-east', method: 'POST', path: '/devices/band-west/token' },
    { who: 'op-east', method: 'DELETE', path: '/devices/band-west/token' },
    { who: 'op-east', method: 'DELETE', path: '/devices/band-west' },
    {
      who: 'op-east',
      method: 'POST',
      path: '/zones',
      body: { id: 'z', residentId: 'r-west', name: 'Z', kind: 'forbidden', shape: circle, datum: 'WGS84' },
    },
    {
      who: 'op-east',
      method: 'POST',
      path: '/zones',
      body: { id: 'z', areaId: 'city', name: 'Z', kind: 'forbidden', shape: circle, datum: 'WGS84' },
    },
    { who: 'op-east', method: 'PATCH', path: '/users/u-op-east', body: { role: 'admin' } },
    { who: 'op-east', method: 'PATCH', path: '/users/u-op-east', body: { areaId: 'city' } },
    { who: 'op-east', method: 'POST', path: '/users', body: { id: 'u-x', username: 'x', role: 'admin', password } },
    { who: 'op-east', method: 'PATCH', path: '/areas/west', body: { parentId: 'east' } },
    {
      who: 'op-east',
      method: 'POST',
      path: '/areas',
      body: { id: 'below', name: 'B', kind: 'grid', parentId: 'west' },
    },
    { who: 'op-east', method: 'POST', path: '/import', body: { users: [] } },
    { who: 'op-east', method: 'GET', path: '/export' },
    { who: 'op-east', method: 'GET', path: '/quarantine' },
    { who: 'op-east', method: 'GET', path: '/audit' },
    { who: 'op-east', method: 'POST', path: '/policies', body: { id: 'p', name: 'P', steps: [] } },
    { who: 'walker', method: 'PATCH', path: '/users/u-walker', body: { role: 'operator' } },
    { who: 'walker', method: 'PATCH', path: '/users/u-walker', body: { areaId: 'city' } },
    { who: 'walker', method: 'PATCH', path: '/residents/r-east', body: { notes: 'x' } },
    { who: 'walker', method: 'POST', path: '/devices/band-east/token' },
    { who: 'daughter', method: 'PATCH', path: '/users/u-daughter', body: { residentIds: ['r-east', 'r-west'] } },
    { who: 'daughter', method: 'PATCH', path: '/residents/r-east', body: { contacts: [] } },
    { who: 'daughter', method: 'DELETE', path: '/users/u-son' },
    { who: 'counter', method: 'PATCH', path: '/users/u-counter', body: { role: 'admin' } },
  ];
  for (const { who, method, path, body } of attempts) {
    test(`${who}: ${method} ${path} ${JSON.stringify(body ?? '').slice(0, 60)}`, async () => {
      const before = await everything();
      const { status } = await as(who, method, path, body);
      expect([400, 403, 404, 409]).toContain(status);
      expect(await everything()).toBe(before);
    });
  }

  test('an operator who waits for its turn behind an import cannot take what the import brings', async () => {
    const crowd = Array.from({ length: 3000 }, (_, i) => ({ id: `crowd-${i}`, name: `C ${i}`, areaId: 'west', home }));
    const importing = as('admin', 'POST', '/import', { residents: crowd });
    const grabs = Array.from({ length: 20 }, (_, i) =>
      as('op-east', 'POST', '/residents', { id: `crowd-${2999 - i}`, name: 'Mine', areaId: 'east', home }),
    );
    expect((await importing).status).toBe(200);
    const taken = (await Promise.all(grabs)).filter(({ status }) => status === 200);
    expect(taken).toEqual([]);
    for (let i = 0; i < 20; i++) {
      const { json } = await as('admin', 'GET', `/residents/crowd-${2999 - i}`);
      // One that came before the import was theirs to make, and the import has put it right.
      expect(json).toMatchObject({ areaId: 'west' });
    }
  });

  test('nobody can make every position of a street cost more than a hundred zones', async () => {
    const zones = Array.from({ length: 100 }, (_, i) => zoneOf(`cap-${i}`));
    expect((await as('admin', 'POST', '/import', { zones })).status).toBe(200);
    expect((await as('op-east', 'POST', '/zones', zoneOf('one-more'))).status).toBe(400);
    expect((await as('op-east', 'PATCH', '/zones/cap-0', { name: 'Changed' })).status).toBe(200);
    const more = Array.from({ length: 101 }, (_, i) => ({ ...zoneOf(`west-${i}`), areaId: 'west' }));
    expect((await as('admin', 'POST', '/import', { zones: more })).status).toBe(400);
  });

  test('keys that every object inherits are no fields', async () => {
    const post = (path: string, text: string, method = 'PATCH') =>
      raw(`/api/v1${path}`, {
        method,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${target.admin}` },
        body: text,
      });
    const bodies = [
      '{"__proto__":{"role":"admin"}}',
      '{"constructor":{"prototype":{"role":"admin"}}}',
      '{"notes":"x","__proto__":{"areaId":"west"}}',
      '{"home":{"__proto__":{"lat":1},"lat":1,"lon":1,"datum":"WGS84"}}',
    ];
    for (const body of bodies) expect((await post('/residents/r-east', body)).status).toBe(400);
    expect((await post('/import', '{"residents":[],"__proto__":{"users":[]}}', 'POST')).status).toBe(400);
    expect(({} as { role?: string }).role).toBeUndefined();
    expect((await as('son', 'GET', '/residents/r-east')).status).toBe(404);
  });
});

describe('guessing', () => {
  const tryPassword = (username: string, secret: string, headers: Record<string, string> = {}) =>
    raw('/api/v1/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ username, password: secret }),
    });

  test('an unknown name and a wrong password are the same answer', async () => {
    const [unknown, wrong] = [
      await tryPassword('nobody-here', 'wrong-password'),
      await tryPassword('son', 'wrong-password'),
    ];
    expect(unknown.status).toBe(401);
    expect(wrong.status).toBe(401);
    expect(await unknown.text()).toBe(await wrong.text());
  });

  test('ten attempts a minute, whatever a header says about where they come from', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 14; i++) {
      const spoofed = {
        'x-forwarded-for': `203.0.113.${i}`,
        forwarded: `for=203.0.113.${i}`,
        'x-real-ip': '203.0.113.1',
      };
      statuses.push((await tryPassword(i % 2 ? 'somebody' : 'SomeBody', 'wrong-password', spoofed)).status);
    }
    expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 401));
    expect(statuses.slice(10)).toEqual([429, 429, 429, 429]);
    expect((await tryPassword('walker', password)).status).toBe(201);
  });

  test('the metrics are not told to whom a proxy speaks for', async () => {
    expect((await raw('/metrics', { headers: { 'x-forwarded-for': '203.0.113.9' } })).status).toBe(401);
  });
});

describe('what stands in an address is a value, never a part of a question', () => {
  const tricks = [
    '/alerts?cursor=%27%20or%201%3D1--',
    `/alerts?cursor=${Buffer.from("1:x' or '1'='1").toString('base64url')}`,
    '/alerts?limit=-1',
    '/alerts?limit=1000000',
    '/alerts?limit=1&limit=5000',
    '/alerts?state=open%27--',
    '/alerts?resident=r-west',
    '/alerts?area=west',
    '/alerts?area=east%27%20or%20%271%27=%271',
    '/alerts?__proto__=x',
    '/residents?cursor=%00',
    '/residents?limit=1e9',
    '/residents?resident=r-west',
    '/residents/r-west/live',
    '/residents/r-east%2F..%2Fr-west/live',
    '/residents/r-east/../r-west/live',
    '/residents/r-west/track?format=csv',
    '/residents/r-west/readings?metric=heartRateBpm',
    '/residents/r-east/readings?metric=__proto__',
    '/residents/r-east/readings?metric=heartRateBpm&cursor=1.1.1',
    '/residents/r-east/track?from=-1',
    '/residents/r-east/track?from=9999999999999999999',
    '/devices?resident=r-west',
    '/kpi?area=west',
    '/users/u-son',
  ];
  for (const path of tricks) {
    test(`daughter: GET ${path}`, async () => {
      const { status, json } = await as('daughter', 'GET', path);
      expect([200, 400, 403, 404]).toContain(status);
      // What was asked may be repeated; what is known of it may not.
      expect(JSON.stringify(json).replaceAll('r-west', '')).not.toMatch(/陈国栋|band-west|"u-son"|crowd-/);
    });
  }

  const paths = [
    '/../package.json',
    '/..%2f..%2fpackage.json',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/app.js%00.html',
    '/....//app/main.ts',
    '/.git/config',
    '/data/records.sqlite',
    '//etc/passwd',
    '/app.js/../../package.json',
    '\\..\\package.json',
  ];
  test('no path leads out of the page’s folder', async () => {
    for (const path of paths) {
      const text = await callers.bytes(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
      expect({ path, ok: /^HTTP\/1.1 (400|404)/.test(text) }).toEqual({ path, ok: true });
      expect(text).not.toMatch(/root:|"dependencies"|SQLite format/);
    }
  });

  test('line breaks in an address make no header', async () => {
    for (const path of [
      '/api/v1/residents/x%0d%0aset-cookie:a=b',
      '/x%0d%0aset-cookie:a=b',
      '/api/v1/x?y=%0d%0aset-cookie:a',
    ]) {
      const response = await raw(path, { headers: { authorization: `Bearer ${target.admin}` } });
      expect(response.headers.get('set-cookie')).toBeNull();
      expect(response.status).toBeGreaterThanOrEqual(400);
    }
  });
});
