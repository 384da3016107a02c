import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rooms } from '../../api/pages.ts';
import type { RegisteredRoute } from '../../api/server.ts';
import type { Role } from '../../model/people.ts';
import { openTown, type Town } from './support/town.ts';
import { verdicts } from './verdicts.ts';

let town: Town;
let alertId: string;
beforeAll(async () => {
  town = await openTown();
  alertId = await town.raise('r0');
  await town.records.putPhoto(alertId, { type: 'image/png', bytes: new Uint8Array([1]) });
  await town.records.putPortrait('r0', { type: 'image/png', bytes: new Uint8Array([1]) });
  await town.say('band-0', { position: { lat: 24.4451, lon: 118.0823 }, heartRateBpm: 72 });
});
afterAll(() => town.close());

/** The address of a thing of resident r0, for a route with `:id`. */
function addressOf({ url }: RegisteredRoute): string {
  const kind = url.split('/')[3] ?? '';
  const ids: Readonly<Record<string, string>> = {
    areas: 'east',
    residents: 'r0',
    devices: 'band-0',
    zones: 'zone-0',
    users: 'u-daughter',
    rosters: 'roster-0',
    policies: 'policy-0',
    silences: 'silence-0',
    alerts: alertId,
  };
  const query = url.endsWith('/readings') ? '?metric=heartRateBpm' : '';
  return url.replace(':id', ids[kind] ?? 'none') + query;
}

const people = ['admin', 'east', 'west', 'walker', 'daughter', 'son', 'counter'] as const;
const strangers = ['west', 'son', 'counter'] as const;
const roleOf = (username: string) =>
  [...town.directory.users.values()].find((user) => user.username === username)!.role;
const isOpen = ({ access }: RegisteredRoute) => access === 'open' || access === 'local';
const closedRoutes = () => town.api.routes.filter((route) => !isOpen(route));
const lastSeen = { at: '2026-03-07T10:00:00+08:00', position: { lat: 24.4, lon: 118.1 } };
const notice = { consentBy: 'Wang Li, daughter', caseNumber: 'A-1', hotline: '110', lastSeen };
const bodyOf = ({ method, url }: RegisteredRoute) => {
  if (url.endsWith('/actions')) return { action: 'claim' };
  if (url.endsWith('/calls')) return { number: '120' };
  if (url.endsWith('/promises')) return { for: '2026-03-08T10:00:00+08:00' };
  if (url.endsWith('/callback')) return { reached: true };
  if (method === 'POST' && url.endsWith('/commands')) return { name: 'ring' };
  if (method === 'POST' && url.endsWith('/notices')) return notice;
  if (method === 'POST' && url.endsWith('/residents/:id/alerts')) return { type: 'missing' };
  if (url.endsWith('/order')) return { ids: [] };
  if (url.endsWith('/away')) return { until: null };
  if (method === 'POST' && url.endsWith('/visits')) return { kind: 'phone', outcome: 'well' };
  return method === 'POST' || method === 'PATCH' || method === 'PUT' ? {} : undefined;
};

test('every route says who may use it, and only these need no log-in', () => {
  expect(town.api.routes.length).toBeGreaterThan(50);
  const open = town.api.routes.filter(isOpen).map(({ url }) => url);
  expect(open.filter((url) => url.startsWith('/api/'))).toEqual([
    '/api/v1/session',
    '/api/v1/shares/:token',
    '/api/v1/notices/:id',
    '/api/v1/notices/:id/photo',
    '/api/v1/page-settings',
    '/api/v1/map/tiles/:z/:x/:y',
    '/api/v1/openapi.json',
    '/api/v1/asyncapi.json',
  ]);
  const ofRooms = rooms.flatMap((room) => [`/${room}`, `/${room}/*`]);
  const others = open.filter((url) => !url.includes('.') && !url.startsWith('/api/') && !ofRooms.includes(url));
  expect(others.sort()).toEqual([
    '/',
    '/*',
    '/a/:token',
    '/a/:token',
    '/a/:token/read',
    '/callbacks/aliyun/:secret/:kind',
    '/health/live',
    '/health/ready',
    '/metrics',
  ]);
});

test('each published route is for whom it should be, as written down by hand', async () => {
  const { json } = await town.ask<{ paths: Record<string, object> }>(undefined, 'GET', '/api/v1/openapi.json');
  const published = Object.entries(json.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const letters = { admin: 'A', operator: 'O', responder: 'R', family: 'F', viewer: 'V' } as const;
  const declared = (line: string): string => {
    const route = town.api.routes.find(({ method, url }) => `${method} ${url.replaceAll(/:(\w+)/g, '{$1}')}` === line);
    if (route === undefined || !Array.isArray(route.access)) return route?.access === 'open' ? 'anybody' : 'nobody';
    return Object.entries(letters)
      .flatMap(([role, letter]) => (route.access.includes(role as Role) ? letter : []))
      .join(' ');
  };
  const found = published.filter((line) => line.includes(' /api/v1/')).map((line) => `${line} ${declared(line)}`);
  const expected = verdicts
    .trim()
    .split('\n')
    .map((line) => line.replaceAll(/ +/g, ' ').replace(' /', ' /api/v1/'));
  expect(found.toSorted()).toEqual(expected.toSorted());
});

test('without a log-in every other route answers 401', async () => {
  for (const route of closedRoutes()) {
    for (const token of [undefined, 'made-up-token']) {
      const { status, headers } = await town.ask(token, route.method, addressOf(route), bodyOf(route));
      expect({ route, status }).toEqual({ route, status: 401 });
      expect(headers.get('www-authenticate')).toBe('Bearer');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  }
});

describe('what a role may not do at all is answered 403', () => {
  for (const username of people) {
    test(username, async () => {
      const token = await town.tokenOf(username);
      for (const route of closedRoutes()) {
        if ((route.access as readonly string[]).includes(roleOf(username))) continue;
        const { status } = await town.ask(token, route.method, addressOf(route), bodyOf(route));
        expect({ username, route, status }).toEqual({ username, route, status: 403 });
      }
    });
  }
});

describe('a thing of r0 is not there for somebody who looks after others', () => {
  /** The area tree and its numbers name no person: the viewer of the whole city sees it. */
  const areas = ['/api/v1/areas/:id', '/api/v1/areas/:id/overview', '/api/v1/areas/:id/positions'];
  const visible: Readonly<Record<string, readonly string[]>> = { counter: areas, west: [], son: [] };
  for (const username of strangers) {
    test(username, async () => {
      const token = await town.tokenOf(username);
      for (const route of closedRoutes()) {
        if (!route.url.includes(':id') || visible[username]?.includes(route.url)) continue;
        const { status, text } = await town.ask(token, route.method, addressOf(route), bodyOf(route));
        const isRefused = status === 404 || status === 403;
        expect({ username, route, isRefused }).toEqual({ username, route, isRefused: true });
        expect(text).not.toMatch(/王秀英|Daughter|Garden/);
        if ((route.access as readonly string[]).includes(roleOf(username)))
          expect({ route, status }).toEqual({ route, status: 404 });
      }
    });
  }
});

test('lists of a stranger name nothing of r0', async () => {
  for (const username of strangers) {
    for (const route of closedRoutes().filter(({ method, url }) => method === 'GET' && !url.includes(':id'))) {
      if (route.url.endsWith('/stream')) continue; // has tests of its own
      const { text } = await town.ask(await town.tokenOf(username), 'GET', route.url);
      expect({
        route,
        text: text.match(/"r0"|band-0|王秀英|zone-0|policy-0|silence-0|roster-0|u-daughter/)?.[0],
      }).toEqual({
        route,
      });
    }
  }
});

test('those who look after r0 can read everything of r0 that their role may read', async () => {
  for (const username of ['admin', 'east', 'walker', 'daughter']) {
    for (const route of closedRoutes().filter(({ method }) => method === 'GET')) {
      if (!(route.access as readonly string[]).includes(roleOf(username)) || route.url.endsWith('/stream')) continue;
      if (route.url === '/api/v1/users/:id' && !['admin', 'daughter'].includes(username)) continue; // a daughter is no colleague
      const { status } = await town.ask(await town.tokenOf(username), 'GET', addressOf(route));
      expect({ username, route, status }).toEqual({ username, route, status: 200 });
    }
  }
});

test('asking for the alerts of somebody else is answered 404, of an area elsewhere too', async () => {
  expect((await town.as('son', 'GET', '/alerts?resident=r0')).status).toBe(404);
  expect((await town.as('west', 'GET', '/alerts?area=east')).status).toBe(404);
  expect((await town.as('west', 'GET', '/kpi?area=city')).status).toBe(404);
});

test('a viewer is told how many, and no names', async () => {
  const { json } = await town.as('counter', 'GET', '/residents');
  expect(json).toEqual({ items: [], nextCursor: null, total: 2 });
});

test('ids that every object inherits are ids of nobody', async () => {
  for (const id of ['__proto__', 'constructor', 'toString', '%00', '..%2f..%2fetc%2fpasswd', 'x'.repeat(99)]) {
    const { status } = await town.as('admin', 'GET', `/residents/${id}`);
    expect({ id: id.slice(0, 30), status }).toEqual({ id: id.slice(0, 30), status: 404 });
  }
});
