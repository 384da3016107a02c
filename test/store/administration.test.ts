import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Directory } from '../../model/directory.ts';
import type { Administration, RecordStore } from '../../store/contracts.ts';
import { tokenMatches, verifyPassword } from '../../store/secrets.ts';
import { administered, problemsOf, storedIn, street } from './support/street.ts';

let records: RecordStore;
let directory: Directory;
let administration: Administration;

beforeEach(async () => {
  ({ records, directory, administration } = await administered());
});
afterEach(() => records.close());

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
    expect((await storedIn(records)).residents.get('r-1')).toEqual(resident);
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
    expect((await storedIn(records)).devices.size).toBe(0);
    await expect(administration.remove('devices', 'hub-1')).rejects.toMatchObject({ code: 'notFound' });
  });

  test('a new token replaces the old one, a revoked one is gone', async () => {
    const token = await administration.issueDeviceToken('hub-1');
    for (const found of [directory, await storedIn(records)]) {
      expect(tokenMatches(token, found.tokenHashes.get('hub-1') ?? '')).toBe(true);
      expect(tokenMatches('a token of the hub', found.tokenHashes.get('hub-1') ?? '')).toBe(false);
    }
    await administration.revokeDeviceToken('hub-1');
    expect(directory.tokenHashes.has('hub-1')).toBe(false);
    expect((await storedIn(records)).tokenHashes.size).toBe(0);
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
