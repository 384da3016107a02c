import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Directory } from '../../model/directory.ts';
import type { Administration, RecordStore } from '../../store/contracts.ts';
import { tokenMatches, verifyPassword } from '../../store/secrets.ts';
import { administered, home, problemsOf, square, storedIn, street } from './support/street.ts';

let records: RecordStore;
let directory: Directory;
let administration: Administration;

beforeEach(async () => {
  ({ records, directory, administration } = await administered());
});
afterEach(() => records.close());

describe('importing a community', () => {
  test('makes it true in the directory and in the records, secrets only as hashes', async () => {
    const { counts } = await administration.importDocument(street());
    expect(counts).toEqual({
      areas: 2,
      residents: 1,
      devices: 2,
      zones: 1,
      users: 2,
      policies: 1,
      rosters: 1,
      silences: 0,
    });
    for (const found of [directory, await storedIn(records)]) {
      expect(found.areaPath('grid')).toEqual(['city', 'grid']);
      expect(found.childrenOf('hub-1').map(({ id }) => id)).toEqual(['smoke-1']);
      expect(found.zonesOf('r-1')).toHaveLength(1);
      expect(tokenMatches('a token of the hub', found.tokenHashes.get('hub-1') ?? '')).toBe(true);
      expect(JSON.stringify([...found.devices.values(), ...found.users.values()])).not.toMatch(/token|password/);
    }
    const login = await records.passwordHash('mei');
    expect(await verifyPassword('long enough', login?.hash ?? '')).toBe(true);
  });

  test('twice is the same as once, and tells nobody of changes that are none', async () => {
    await administration.importDocument(street());
    const before = administration.exportDocument();
    const told: string[] = [];
    directory.onChange(({ id }) => told.push(id));
    await administration.importDocument(street());
    expect(administration.exportDocument()).toEqual(before);
    expect(told.sort()).toEqual(['hub-1', 'u-1']); // they bring secrets, which may be new
  });

  test('what was exported has no secrets, and importing it again loses none', async () => {
    await administration.importDocument(street());
    const exported = administration.exportDocument();
    expect(JSON.stringify(exported)).not.toMatch(/whsec|token|password|argon2/);
    await administration.importDocument(JSON.parse(JSON.stringify(exported)));
    expect(directory.residents.get('r-1')?.contacts[0]?.channels[0]?.secret).toMatch(/^whsec_/);
    expect(directory.tokenHashes.has('hub-1')).toBe(true);
    expect(await records.passwordHash('mei')).toBeDefined();
  });

  test('may refer to what is stored already', async () => {
    await administration.importDocument(street());
    await administration.importDocument({ devices: [{ id: 'band-1', kind: 'wristband', residentId: 'r-1' }] });
    expect(directory.devicesOf('r-1')).toHaveLength(3);
  });

  test('names every problem of a broken document with its path, and changes nothing', async () => {
    await administration.importDocument(street());
    const before = administration.exportDocument();
    const told: string[] = [];
    directory.onChange(({ id }) => told.push(id));
    const problems = await problemsOf(
      administration.importDocument({
        areas: [
          { id: 'new', name: 'fine', kind: 'street', parentId: 'city' },
          { id: 'a', name: 'a', kind: 'street', parentId: 'b' },
          { id: 'b', name: 'b', kind: 'street', parentId: 'a' },
          { id: 'lost', name: 'lost', kind: 'street', parentId: 'nowhere' },
        ],
        residents: [
          { id: 'r-2', name: 'ok', areaId: 'new', home },
          { id: 'r-2', name: 'again', areaId: 'new', home },
          { id: 'r-3', name: 'bad', areaId: 'nowhere', home: { ...home, lat: '24' } },
          { id: 'r-4', name: 'null island', areaId: 'new', home: { lat: 0, lon: 0, datum: 'WGS84' } },
        ],
        devices: [
          { id: 'd-1', kind: 'toaster' },
          { id: 'd-2', kind: 'smokeDetector', residentId: 'nobody', hubId: 'no hub' },
          { id: 'd-3', kind: 'smokeDetector', hubId: 'hub-1', codec: 'zigbee2mqtt', address: 'kitchen' },
          { id: 'd-4', kind: 'hub', hubId: 'd-4' },
          { id: 'd-5', kind: 'hub', residentId: 'r-3' },
        ],
        zones: [
          {
            id: 'z-2',
            name: 'of nobody',
            kind: 'safe',
            datum: 'WGS84',
            shape: { type: 'circle', center: home, radiusM: 0 },
          },
          {
            id: 'z-3',
            areaId: 'nowhere',
            name: 'open',
            kind: 'safe',
            datum: 'WGS84',
            shape: { type: 'Polygon', coordinates: [[...square.slice(0, 4), [118, 24.1]]] },
          },
        ],
        users: [
          { id: 'u-3', username: 'mei', role: 'admin' },
          { id: 'u-4', username: 'four', role: 'family' },
          { id: 'u-5', username: 'five', role: 'operator' },
          { id: 'u-6', username: 'five', role: 'viewer', areaId: 'new', password: 'short' },
          { id: 'u-7', username: 'five', role: 'admin' },
        ],
        policies: [{ id: 'p-2', name: 'none', residentId: 'nobody', steps: [] }],
        rosters: [
          {
            id: 'ro-2',
            name: 'x',
            areaId: 'new',
            shifts: [{ userId: 'nobody', days: [1], from: '08:00', to: '09:00' }],
          },
        ],
        pets: [],
      }),
    );
    expect(problems.map(({ path }) => path).sort()).toEqual(
      [
        '',
        'areas[1].parentId',
        'areas[2].parentId',
        'areas[3].parentId',
        'devices[0].kind',
        'devices[1].hubId',
        'devices[2].address',
        'devices[3].hubId',
        'policies[0].steps',
        'residents[1].id',
        'residents[2].home.lat',
        'residents[3].home',
        'rosters[0].shifts[0].userId',
        'users[0].username',
        'users[1].residentIds',
        'users[2].areaId',
        'users[2].username',
        'users[3].password',
        'users[4].username',
        'zones[0].residentId',
        'zones[0].shape.center',
        'zones[0].shape.radiusM',
        'zones[1].areaId',
        'zones[1].shape.coordinates[0]',
      ].sort(),
    );
    expect(problems.find(({ path }) => path === 'areas[1].parentId')?.reason).toBe('makes a ring: a in b in a');
    expect(problems.find(({ path }) => path === '')?.reason).toContain('pets');
    expect(told).toEqual([]);
    expect(administration.exportDocument()).toEqual(before);
    expect([...(await storedIn(records)).areas.keys()]).toEqual(['city', 'grid']);
  });

  test('a ring that closes only with what is stored is seen', async () => {
    await administration.importDocument(street());
    const ring = { areas: [{ id: 'city', name: 'c', kind: 'city', parentId: 'grid' }] };
    expect(await problemsOf(administration.importDocument(ring))).toEqual([
      { path: 'areas[0].parentId', reason: 'makes a ring: city in grid in city' },
    ]);
  });

  const notDocuments = [null, 'text', 7, [], { areas: {} }, { areas: [null, [], 'x'] }];
  for (const document of notDocuments) {
    test(`refuses ${JSON.stringify(document)}`, async () => {
      expect((await problemsOf(administration.importDocument(document))).length).toBeGreaterThan(0);
    });
  }

  for (const id of ['__proto__', 'constructor', 'prototype', 'a/b', 'a+b', '', 'x'.repeat(65)]) {
    test(`refuses the id ${JSON.stringify(id.slice(0, 12))}`, async () => {
      const document = JSON.parse(`{"areas":[{"id":${JSON.stringify(id)},"name":"x","kind":"city"}]}`);
      expect((await problemsOf(administration.importDocument(document))).map(({ path }) => path)).toEqual([
        'areas[0].id',
      ]);
      expect(directory.areas.size).toBe(0);
    });
  }

  test('keys that objects inherit are refused, not obeyed', async () => {
    const document = JSON.parse(
      '{"areas":[{"id":"a","name":"x","kind":"city","__proto__":{"admin":true}}],"__proto__":{"x":1}}',
    );
    const paths = (await problemsOf(administration.importDocument(document))).map(({ path }) => path);
    expect(paths).toContain('areas[0]');
    expect(directory.areas.size).toBe(0);
  });
});
