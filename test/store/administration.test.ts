import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Directory } from '../../model/directory.ts';
import { AppError, type Problem } from '../../model/errors.ts';
import { type Administration, createAdministration } from '../../store/administration.ts';
import type { RecordStore } from '../../store/contracts.ts';
import { openRecords } from '../../store/records/records.ts';
import { hashPassword, tokenMatches, verifyPassword } from '../../store/secrets.ts';

const home = { lat: 24.4451, lon: 118.0823, datum: 'WGS84' };
const square = [
  [118, 24],
  [118.01, 24],
  [118.01, 24.01],
  [118, 24.01],
  [118, 24],
];

/** A small street; every test starts from its own copy. */
const street = () => ({
  areas: [
    { id: 'city', name: '厦门', kind: 'city' },
    { id: 'grid', name: 'Grid 1', kind: 'grid', parentId: 'city' },
  ],
  residents: [
    {
      id: 'r-1',
      name: '王秀英',
      areaId: 'grid',
      home,
      contacts: [
        {
          id: 'mei',
          name: 'Mei',
          order: 0,
          channels: [
            { kind: 'webhook', address: 'https://example.org/h', secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' },
          ],
        },
      ],
    },
  ],
  devices: [
    { id: 'hub-1', kind: 'hub', residentId: 'r-1', token: 'a token of the hub' },
    {
      id: 'smoke-1',
      kind: 'smokeDetector',
      residentId: 'r-1',
      hubId: 'hub-1',
      codec: 'zigbee2mqtt',
      address: 'kitchen',
    },
  ],
  zones: [
    {
      id: 'z-1',
      residentId: 'r-1',
      name: 'Home',
      kind: 'safe',
      datum: 'WGS84',
      shape: { type: 'Polygon', coordinates: [square] },
    },
  ],
  users: [
    { id: 'u-1', username: 'mei', role: 'family', residentIds: ['r-1'], password: 'long enough' },
    { id: 'u-2', username: 'grid.worker', role: 'responder', areaId: 'grid' },
  ],
  policies: [{ id: 'p-1', name: 'usual', areaId: 'city', steps: [{ afterS: 60, target: 'contacts' }] }],
  rosters: [
    { id: 'ro-1', name: 'days', areaId: 'grid', shifts: [{ userId: 'u-2', days: [1], from: '08:00', to: '20:00' }] },
  ],
});

let records: RecordStore;
let directory: Directory;
let administration: Administration;

beforeEach(async () => {
  records = await openRecords(':memory:');
  directory = new Directory();
  administration = createAdministration({ records, directory, hashPassword });
});
afterEach(() => records.close());

async function problemsOf(work: Promise<unknown>): Promise<readonly Problem[]> {
  const error = await work.catch((reason: unknown) => reason);
  if (!(error instanceof AppError)) throw new Error(`expected a refusal, got ${String(error)}`);
  return error.problems;
}

async function storedDirectory(): Promise<Directory> {
  const stored = new Directory();
  await records.load(stored);
  return stored;
}

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
    for (const found of [directory, await storedDirectory()]) {
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
    expect([...(await storedDirectory()).areas.keys()]).toEqual(['city', 'grid']);
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

describe('changing one thing', () => {
  beforeEach(() => administration.importDocument(street()));

  test('put answers with what is stored and refuses as an import does', async () => {
    const area = await administration.put('areas', { id: 'new', name: 'New', kind: 'grid', parentId: 'city' });
    expect(area).toEqual({ id: 'new', name: 'New', kind: 'grid', parentId: 'city' });
    expect(
      await problemsOf(administration.put('areas', { id: 'x', name: '', kind: 'grid', parentId: 'city' })),
    ).toMatchObject([{ path: 'name' }]);
    expect(await problemsOf(administration.put('devices', { id: 'x', kind: 'hub', residentId: 'nobody' }))).toEqual([
      { path: 'residentId', reason: 'names "nobody", which is not among the residents' },
    ]);
  });

  test('patch changes the named fields, null takes one away, the id stays', async () => {
    await administration.patch('residents', 'r-1', { riskTier: 'red', notes: 'deaf' });
    const resident = await administration.patch('residents', 'r-1', { notes: null });
    expect(resident.riskTier).toBe('red');
    expect('notes' in resident).toBe(false);
    expect((await storedDirectory()).residents.get('r-1')).toEqual(resident);
    expect(await problemsOf(administration.patch('residents', 'r-1', { id: 'r-9' }))).toMatchObject([{ path: 'id' }]);
    expect(await problemsOf(administration.patch('residents', 'r-1', { name: null }))).toMatchObject([
      { path: 'name' },
    ]);
    expect(await problemsOf(administration.patch('residents', 'r-1', [1]))).toHaveLength(1);
    await expect(administration.patch('residents', 'constructor', {})).rejects.toMatchObject({ code: 'notFound' });
  });

  const inUse = [
    { kind: 'areas', id: 'grid', by: 'residents r-1, users u-2, rosters ro-1' },
    { kind: 'residents', id: 'r-1', by: 'devices hub-1, devices smoke-1, zones z-1, users u-1' },
    { kind: 'devices', id: 'hub-1', by: 'devices smoke-1' },
    { kind: 'users', id: 'u-2', by: 'rosters ro-1' },
  ] as const;
  for (const { kind, id, by } of inUse) {
    test(`${kind} ${id} stays while others name it`, async () => {
      await expect(administration.remove(kind, id)).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringContaining(by),
      });
      expect(directory[kind].has(id)).toBe(true);
    });
  }

  test('what nobody names can go, with its token', async () => {
    await administration.remove('devices', 'smoke-1');
    await administration.remove('devices', 'hub-1');
    expect(directory.tokenHashes.has('hub-1')).toBe(false);
    expect((await storedDirectory()).devices.size).toBe(0);
    await expect(administration.remove('devices', 'hub-1')).rejects.toMatchObject({ code: 'notFound' });
  });

  test('a new token replaces the old one, a revoked one is gone', async () => {
    const token = await administration.issueDeviceToken('hub-1');
    for (const found of [directory, await storedDirectory()]) {
      expect(tokenMatches(token, found.tokenHashes.get('hub-1') ?? '')).toBe(true);
      expect(tokenMatches('a token of the hub', found.tokenHashes.get('hub-1') ?? '')).toBe(false);
    }
    await administration.revokeDeviceToken('hub-1');
    expect(directory.tokenHashes.has('hub-1')).toBe(false);
    expect((await storedDirectory()).tokenHashes.size).toBe(0);
    await expect(administration.issueDeviceToken('nobody')).rejects.toMatchObject({ code: 'notFound' });
  });

  test('a new password works, ends every session, and may not be short', async () => {
    await records.putSession({ tokenHash: 't', userId: 'u-1', createdAtMs: 1, expiresAtMs: 2 });
    expect(await problemsOf(administration.setPassword('u-1', 'short'))).toMatchObject([{ path: 'password' }]);
    expect(await records.session('t')).toBeDefined();
    await administration.setPassword('u-1', 'another password');
    expect(await records.session('t')).toBeUndefined();
    expect(await verifyPassword('another password', (await records.passwordHash('mei'))?.hash ?? '')).toBe(true);
  });

  test('two who take the same user name at the same moment: one gets it', async () => {
    const results = await Promise.allSettled(
      ['a', 'b'].map((id) => administration.put('users', { id, username: 'same', role: 'admin' })),
    );
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });
});
