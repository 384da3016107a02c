import net from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { alertsOf, call, connect, eventually, listen, login, removeFolder } from '../support/service.ts';
import { openTarget, password, type Target, tokenOf } from './support.ts';

let target: Target;
const tokens = new Map<string, string>();
beforeAll(async () => {
  target = await openTarget();
  for (const name of ['op-east', 'op-west', 'walker', 'daughter', 'son', 'counter'])
    tokens.set(name, await login(target.service, name, password));
  tokens.set('admin', target.admin);
  const band = await connect(target.service, 'band-east', tokenOf('band-east'));
  const said = { seq: 1, event: 'sos', position: { lat: 24.4452, lon: 118.0824 }, heartRateBpm: 80 };
  await band.publishAsync('v1/devices/band-east/event', JSON.stringify(said), { qos: 1 });
  await band.endAsync();
  await eventually(async () =>
    (await alertsOf(target.service, target.admin, 'type=sos')).length > 0 ? true : undefined,
  );
});
afterAll(async () => {
  await target.service.kill('SIGTERM');
  removeFolder(target.dataDir);
});

const as = (name: string, method: string, path: string, body?: unknown) =>
  call(target.service, tokens.get(name), method, path, body);
const raw = (path: string, init: RequestInit = {}) => fetch(`${target.service.http}${path}`, init);
const everything = async () => JSON.stringify((await as('admin', 'GET', '/export')).json);

const home = { lat: 24.4451, lon: 118.0823, datum: 'WGS84' };
const circle = { type: 'circle', center: { lat: 24.4451, lon: 118.0823 }, radiusM: 100 };

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

  test('keys that every object inherits are no fields', async () => {
    const post = (path: string, text: string, method = 'PATCH') =>
      raw(`/api/v1${path}`, {
        method,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens.get('admin')}` },
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
      const text = await oneRequest(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
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
      const response = await raw(path, { headers: { authorization: `Bearer ${tokens.get('admin')}` } });
      expect(response.headers.get('set-cookie')).toBeNull();
      expect(response.status).toBeGreaterThanOrEqual(400);
    }
  });
});

describe('large, deep and slow', () => {
  const send = (path: string, body: string, token = tokens.get('op-east')) =>
    raw(`/api/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body,
    });
  const resident = (contacts: string) =>
    `{"id":"r-z","name":"Z","areaId":"east","home":${JSON.stringify(home)},"contacts":${contacts}}`;
  const bodies = [
    { what: 'a body of 2 MB', path: '/residents', body: resident(`["${'x'.repeat(2_000_000)}"]`), status: 413 },
    { what: '500,000 levels', path: '/residents', body: '['.repeat(500_000), status: 400 },
    {
      what: 'levels that close again',
      path: '/residents',
      body: resident('['.repeat(400_000) + ']'.repeat(400_000)),
      status: 400,
    },
    {
      what: 'half a million wrong contacts',
      path: '/residents',
      body: resident(`[${'1,'.repeat(490_000)}1]`),
      status: 400,
    },
    {
      what: 'a hundred thousand unknown keys',
      path: '/residents',
      body: `{${Array.from({ length: 80_000 }, (_, i) => `"k${i}":1`).join()}}`,
      status: 400,
    },
    {
      what: 'a log-in of a megabyte',
      path: '/session',
      body: `{"username":"${'x'.repeat(1_000_000)}","password":"x"}`,
      status: 400,
    },
  ];
  for (const { what, path, body, status } of bodies) {
    test(`${what}: refused in few words, and everybody else is served meanwhile`, async () => {
      const asked = send(path, body);
      const answered = await Promise.all(Array.from({ length: 5 }, () => raw('/health/live')));
      expect(answered.map((response) => response.status)).toEqual([200, 200, 200, 200, 200]);
      const response = await asked;
      expect(response.status).toBe(status);
      expect((await response.text()).length).toBeLessThan(2_000_000);
    });
  }

  test('headers without end are refused', async () => {
    const text = await oneRequest(`GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`);
    expect(text).toMatch(/^HTTP\/1.1 431/);
  });

  test('two lengths, or a length and chunks, are refused', async () => {
    const smuggled = 'POST /api/v1/session HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';
    expect(await oneRequest(`${smuggled}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`)).toMatch(/^HTTP\/1.1 400/);
    const both = `${smuggled}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`;
    expect(await oneRequest(both)).toMatch(/^HTTP\/1.1 400/);
  });
});

describe('what an answer gives away', () => {
  const personal = [
    '/residents',
    '/residents/r-east',
    '/residents/r-east/live',
    '/residents/r-east/track',
    '/residents/r-east/track?format=csv',
    '/residents/r-east/readings?metric=heartRateBpm',
    '/residents/r-east/readings?metric=heartRateBpm&format=csv',
    '/alerts',
    '/devices',
    '/zones',
    '/users',
    '/audit',
    '/quarantine',
    '/export',
    '/kpi',
  ];
  test('nobody on the way may keep what is about people', async () => {
    const [alert] = await alertsOf(target.service, target.admin, 'type=sos');
    for (const path of [...personal, `/alerts/${alert?.id}`]) {
      const response = await raw(`/api/v1${path}`, { headers: { authorization: `Bearer ${tokens.get('admin')}` } });
      expect({ path, status: response.status, kept: response.headers.get('cache-control') }).toEqual({
        path,
        status: 200,
        kept: 'no-store',
      });
    }
    const session = await raw('/api/v1/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'daughter', password }),
    });
    expect(session.headers.get('cache-control')).toBe('no-store');
  });

  test('no other site may read, whatever it asks', async () => {
    const origin = { origin: 'https://evil.example', authorization: `Bearer ${tokens.get('admin')}` };
    for (const method of ['GET', 'OPTIONS']) {
      const response = await raw('/api/v1/residents', {
        method,
        headers: {
          ...origin,
          'access-control-request-method': 'GET',
          'access-control-request-headers': 'authorization',
        },
      });
      const names = [...response.headers.keys()].filter((name) => name.startsWith('access-control'));
      expect(names).toEqual([]);
      expect(response.headers.get('set-cookie')).toBeNull();
    }
  });

  test('no error names a file, a line or a statement', async () => {
    const errors = [
      await as('admin', 'POST', '/import', { areas: [{ id: 1 }], x: 1 }),
      await as('admin', 'GET', `/alerts?cursor=${Buffer.from('x').toString('base64url')}`),
      await as('admin', 'DELETE', '/areas/east'),
      await as('admin', 'POST', '/users', { id: 'u-y', username: 'daughter', role: 'admin', password }),
      await as('admin', 'GET', '/nothing/here'),
      await call(target.service, undefined, 'POST', '/session', { username: 'x' }),
    ];
    for (const { status, json } of errors) {
      expect(status).toBeGreaterThanOrEqual(400);
      expect(JSON.stringify(json)).not.toMatch(
        /\.ts|\/work|node_modules|node:|SQLITE|insert into|argon2|at Object|whsec_/i,
      );
    }
  });

  test('secrets stay inside: no token, hash or password in any answer', async () => {
    for (const path of ['/export', '/devices', '/users', '/residents', '/audit']) {
      const text = JSON.stringify((await as('admin', 'GET', path)).json);
      expect(text).not.toMatch(/argon2|"token|password|whsec_|token-for-/i);
    }
  });
});

test('every look at somebody leaves a trace: who, what and about whom', async () => {
  const looks = [
    { path: '/residents/r-east/live', what: 'livePositionRead', about: 'r-east' },
    { path: '/residents/r-east/track', what: 'trackRead', about: 'r-east' },
    { path: '/residents/r-east/track?format=gpx', what: 'trackRead', about: 'r-east' },
    { path: '/residents/r-east/readings?metric=heartRateBpm', what: 'readingsRead', about: 'r-east' },
    { path: '/residents/r-east/readings?metric=heartRateBpm&format=csv', what: 'readingsRead', about: 'r-east' },
    { path: '/residents/r-east/readings?metric=heartRateBpm&bucket=1h', what: 'readingsRead', about: 'r-east' },
    { path: '/quarantine', what: 'quarantineRead', about: 'everybody' },
    { path: '/export', what: 'export', about: 'community' },
  ];
  const [alert] = await alertsOf(target.service, target.admin, 'type=sos');
  for (const { path, what, about } of [
    ...looks,
    { path: `/alerts/${alert?.id}`, what: 'alertRead', about: 'r-east' },
  ]) {
    const before = await traces(what);
    const { status } = await raw(`/api/v1${path}`, { headers: { authorization: `Bearer ${target.admin}` } });
    expect({ path, status }).toEqual({ path, status: 200 });
    const after = await traces(what);
    expect({ path, more: after.length - before.length }).toEqual({ path, more: 1 });
    expect(after[0]).toMatchObject({ what, about, who: 'admin' });
  }
  const hangUp = await listen(target.service, tokens.get('daughter')!, () => {});
  hangUp();
  expect((await traces('streamOpened'))[0]).toMatchObject({ who: 'u-daughter' });
  await target.enter('daughter', tokens.get('daughter')!);
  expect((await traces('mqttOpened'))[0]).toMatchObject({ who: 'u-daughter' });
  expect((await traces('login')).length).toBeGreaterThan(5);
});

async function traces(what: string): Promise<{ what: string; who: string; about: string }[]> {
  const { json } = await as('admin', 'GET', '/audit?limit=1000');
  return (json as { items: { what: string; who: string; about: string }[] }).items.filter(
    (entry) => entry.what === what,
  );
}

/** Bytes as they are, and everything that comes back. */
function oneRequest(bytes: string): Promise<string> {
  const { port, hostname } = new URL(target.service.http);
  return new Promise((resolve) => {
    let text = '';
    const socket = net.connect(Number(port), hostname, () => socket.write(bytes));
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(text));
    setTimeout(() => socket.destroy(), 3_000).unref();
  });
}
