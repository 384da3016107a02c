import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { alertsOf, call, listen, removeFolder } from '../support/service.ts';
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
const home = { lat: 24.4451, lon: 118.0823, datum: 'WGS84' };

describe('large, deep and slow', () => {
  const send = (path: string, body: string, token = callers.tokenOf('op-east')) =>
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
    const text = await callers.bytes(`GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`);
    expect(text).toMatch(/^HTTP\/1.1 431/);
  });

  test('two lengths, or a length and chunks, are refused', async () => {
    const smuggled = 'POST /api/v1/session HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';
    expect(await callers.bytes(`${smuggled}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`)).toMatch(
      /^HTTP\/1.1 400/,
    );
    const both = `${smuggled}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`;
    expect(await callers.bytes(both)).toMatch(/^HTTP\/1.1 400/);
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
      const response = await raw(`/api/v1${path}`, { headers: { authorization: `Bearer ${target.admin}` } });
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
    const origin = { origin: 'https://evil.example', authorization: `Bearer ${target.admin}` };
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
  const hangUp = await listen(target.service, callers.tokenOf('daughter'), () => {});
  hangUp();
  expect((await traces('streamOpened'))[0]).toMatchObject({ who: 'u-daughter' });
  await target.enter('daughter', callers.tokenOf('daughter'));
  expect((await traces('mqttOpened'))[0]).toMatchObject({ who: 'u-daughter' });
  expect((await traces('login')).length).toBeGreaterThan(5);
});

async function traces(what: string): Promise<{ what: string; who: string; about: string }[]> {
  const { json } = await as('admin', 'GET', '/audit?limit=1000');
  return (json as { items: { what: string; who: string; about: string }[] }).items.filter(
    (entry) => entry.what === what,
  );
}
