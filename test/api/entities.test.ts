import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTown, type Page, type Town } from './support/town.ts';

let town: Town;
beforeEach(async () => {
  town = await openTown();
});
afterEach(() => town.close());

const newcomer = {
  id: 'r9',
  name: '林阿妹',
  areaId: 'east',
  home: { lat: 24.45, lon: 118.08, datum: 'GCJ02' },
  contacts: [],
};

test('a centre adds, changes and removes a resident of its area, and each leaves a trace', async () => {
  expect(await town.as('east', 'POST', '/residents', newcomer)).toMatchObject({ status: 201, json: newcomer });
  const patched = await town.as('east', 'PATCH', '/residents/r9', { livesAlone: true });
  expect(patched.json).toEqual({ ...newcomer, livesAlone: true });
  expect((await town.as('east', 'DELETE', '/residents/r9')).status).toBe(204);
  expect((await town.as('east', 'GET', '/residents/r9')).status).toBe(404);
  const trace = await town.records.auditLog({ about: 'residents/r9', limit: 10 });
  expect(trace.map(({ what }) => what).sort()).toEqual(['patch', 'put', 'remove']);
});

test('who only wants a few names asks for them by id, and is told of nobody else’s', async () => {
  const named = async (who: string) => {
    const { json } = await town.as<Page>(who, 'GET', '/residents?ids=r1,nobody,r0,r1');
    return json.items.map(({ id }) => id);
  };
  expect(await named('admin')).toEqual(['r0', 'r1']);
  expect(await named('east')).toEqual(['r0']);
  expect(await named('son')).toEqual(['r1']);
  expect((await town.as('admin', 'GET', '/residents?ids=')).status).toBe(400);
});

test('the same again replaces, and is no second one', async () => {
  await town.as('east', 'POST', '/residents', newcomer);
  const again = await town.as('east', 'POST', '/residents', { ...newcomer, name: '林小妹' });
  expect(again).toMatchObject({ status: 200, json: { name: '林小妹' } });
});

test('who adds somebody new replaces nobody who has the same id already', async () => {
  const addedBy = async (username: string, body: unknown) => {
    const answer = await fetch(`${town.url}/api/v1/residents`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'if-none-match': '*',
        authorization: `Bearer ${await town.tokenOf(username)}`,
      },
      body: JSON.stringify(body),
    });
    return { status: answer.status, json: await answer.json() };
  };
  expect(await addedBy('east', newcomer)).toMatchObject({ status: 201 });
  const errors = [{ path: 'body.id', reason: 'is taken' }];
  expect(await addedBy('east', { ...newcomer, name: '林小妹' })).toMatchObject({ status: 409, json: { errors } });
  expect(town.directory.residents.get('r9')?.name).toBe('林阿妹');
});

const beyond = [
  {
    what: 'a resident of another street',
    method: 'POST',
    path: '/residents',
    body: { ...newcomer, areaId: 'west' },
    status: 404,
  },
  { what: 'a move to another street', method: 'PATCH', path: '/residents/r0', body: { areaId: 'west' }, status: 404 },
  { what: 'a taken id elsewhere', method: 'POST', path: '/residents', body: { ...newcomer, id: 'r1' }, status: 409 },
  {
    what: 'a device for a resident elsewhere',
    method: 'POST',
    path: '/devices',
    body: { id: 'd9', kind: 'wristband', residentId: 'r1' },
    status: 404,
  },
  {
    what: 'a device that speaks through a hub elsewhere',
    method: 'PATCH',
    path: '/devices/band-0',
    body: { hubId: 'band-1' },
    status: 404,
  },
  {
    what: 'a device taken from its resident',
    method: 'PATCH',
    path: '/devices/band-0',
    body: { residentId: null },
    status: 404,
  },
  {
    what: 'a zone of everybody elsewhere',
    method: 'PATCH',
    path: '/zones/zone-0',
    body: { residentId: null, areaId: 'west' },
    status: 404,
  },
  { what: 'a token for a device elsewhere', method: 'POST', path: '/devices/band-1/token', status: 404 },
  { what: 'an area', method: 'POST', path: '/areas', body: { id: 'north', name: 'N', kind: 'street' }, status: 403 },
  { what: 'a user', method: 'PATCH', path: '/users/u-east', body: { role: 'admin' }, status: 403 },
];
for (const { what, method, path, body, status } of beyond) {
  test(`a centre is refused ${what}`, async () => {
    const before = await town.parts.administration.exportDocument();
    expect((await town.as('east', method, path, body)).status).toBe(status);
    expect(await town.parts.administration.exportDocument()).toEqual(before);
  });
}

test('changing one field leaves the others, contacts and their hidden secrets included', async () => {
  const { json } = await town.as('east', 'GET', '/residents/r0');
  expect(JSON.stringify(json)).not.toContain('whsec_');
  await town.as('east', 'PATCH', '/residents/r0', { riskTier: 'red' });
  await town.as('east', 'PATCH', '/residents/r0', { contacts: json.contacts });
  const { contacts, riskTier } = town.directory.residents.get('r0')!;
  expect(riskTier).toBe('red');
  expect(contacts[0]?.channels[0]?.secret).toBe('whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQ=');
});

test('a clinician’s limits are set, refused by name when they make no sense, and taken away', async () => {
  const vitals = { spo2Scale: 2, limits: { heartRateBpm: { low: 45, high: 110 } } };
  const set = await town.as('east', 'PATCH', '/residents/r0', { vitals });
  expect(set).toMatchObject({ status: 200, json: { vitals } });
  const crossed = { limits: { heartRateBpm: { low: 110, high: 45 } } };
  const refused = await town.as('east', 'PATCH', '/residents/r0', { vitals: crossed });
  expect(refused.status).toBe(400);
  expect(JSON.stringify(refused.json)).toContain('low must be below high');
  expect((await town.as('east', 'PATCH', '/residents/r0', { vitals: { limits: { moodPct: {} } } })).status).toBe(400);
  await town.as('east', 'PATCH', '/residents/r0', { vitals: null });
  expect(town.directory.residents.get('r0')?.vitals).toBeUndefined();
});

test('null takes an optional field away', async () => {
  await town.as('east', 'PATCH', '/residents/r0', { notes: 'key is with the neighbour' });
  expect((await town.as('east', 'PATCH', '/residents/r0', { notes: null })).json).not.toHaveProperty('notes');
});

test('where contacts are reached is for the centre; who they are for everybody who cares', async () => {
  const centre = await town.as('east', 'GET', '/residents/r0');
  const family = await town.as('daughter', 'GET', '/residents/r0');
  expect(centre.text).toContain('secret-address');
  expect(family.text).not.toContain('secret-address');
  expect(family.text).toContain('13800000000');
});

test('an id never changes', async () => {
  expect((await town.as('admin', 'PATCH', '/residents/r0', { id: 'r5' })).status).toBe(400);
  expect((await town.as('admin', 'PATCH', '/residents/r0', { id: 'r0' })).status).toBe(200);
});

test('nobody can remove themselves', async () => {
  expect((await town.as('admin', 'DELETE', '/users/u-admin')).status).toBe(409);
});

test('lists come page by page in order of id, each thing once', async () => {
  for (const id of ['b', 'a', 'd', 'c', 'e']) await town.as('admin', 'POST', '/areas', { id, name: id, kind: 'city' });
  const seen: unknown[] = [];
  let cursor = '';
  do {
    const { json } = await town.as<Page>('admin', 'GET', `/areas?limit=3${cursor && `&cursor=${cursor}`}`);
    expect(json.items.length).toBeLessThanOrEqual(3);
    seen.push(...json.items.map(({ id }) => id));
    cursor = json.nextCursor ?? '';
  } while (cursor !== '');
  expect(seen).toEqual(['a', 'b', 'c', 'city', 'd', 'e', 'east', 'west']);
});

test('the devices and zones of one resident', async () => {
  const devices = await town.as<Page>('admin', 'GET', '/devices?resident=r0');
  expect(devices.json.items.map(({ id }) => id)).toEqual(['band-0', 'motion-0']);
  const zones = await town.as<Page>('admin', 'GET', '/zones?resident=r1');
  expect(zones.json.items.map(({ id }) => id)).toEqual(['zone-1']);
});

test('a device token is shown once, works, and can be revoked', async () => {
  const { status, json } = await town.as('east', 'POST', '/devices/band-0/token');
  expect(status).toBe(201);
  expect(town.directory.tokenHashes.get('band-0')).toBe(town.parts.hashToken(String(json.token)));
  expect((await town.as('east', 'DELETE', '/devices/band-0/token')).status).toBe(204);
  expect(town.directory.tokenHashes.get('band-0')).toBeUndefined();
});

test('a broken import changes nothing and names every problem with its path', async () => {
  const before = await town.parts.administration.exportDocument();
  const { status, json } = await town.as('admin', 'POST', '/import', {
    areas: [{ id: 'north', name: 'North', kind: 'village' }],
    residents: [{ ...newcomer, areaId: 'nowhere' }],
    devices: [{ id: 'd9', kind: 'toaster' }],
  });
  expect(status).toBe(400);
  const paths = (json.errors as { path: string }[]).map(({ path }) => path);
  expect(paths.some((path) => path.includes('areas')) && paths.some((path) => path.includes('devices'))).toBe(true);
  expect(await town.parts.administration.exportDocument()).toEqual(before);
});

test('an export can be imported again and changes nothing', async () => {
  const { json } = await town.as('admin', 'GET', '/export');
  expect((await town.as('admin', 'POST', '/import', json)).status).toBe(200);
  expect((await town.as('admin', 'GET', '/export')).json).toEqual(json);
});
