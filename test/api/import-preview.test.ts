import { afterAll, beforeAll, expect, test } from 'vitest';
import { community, openTown, type Town } from './support/town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());

type Preview = {
  counts: Record<string, { created: number; changed: number; unchanged: number }>;
  problems: { path: string; reason: string }[];
  problemsTotal: number;
};

test('before an import is done it says what would be new, changed and the same, and everything that is wrong', async () => {
  const before = town.parts.administration.exportDocument();
  const [first, second] = community.residents;
  const { status, json } = await town.as<Preview>('admin', 'POST', '/import?preview=true', {
    areas: [...community.areas, { id: 'north', name: 'North', kind: 'street', parentId: 'city' }],
    residents: [first, { ...second, name: '陈小栋' }, { ...second, id: 'r7', areaId: 'nowhere' }],
    devices: [{ id: 'd9', kind: 'toaster' }],
  });
  expect(status).toBe(200);
  expect(json.counts).toMatchObject({
    areas: { created: 1, changed: 0, unchanged: 3 },
    residents: { created: 1, changed: 1, unchanged: 1 },
    devices: { created: 0, changed: 0, unchanged: 0 },
  });
  expect(json.problems.map(({ path }) => path)).toEqual(['devices[0].kind', 'residents[2].areaId']);
  expect(json.problemsTotal).toBe(2);
  expect(town.parts.administration.exportDocument()).toEqual(before);
});

test('a secret that comes along counts as a change: it cannot be compared', async () => {
  const { json } = await town.as<Preview>('admin', 'POST', '/import?preview=true', { users: community.users });
  expect(json.counts.users).toEqual({ created: 0, changed: 7, unchanged: 0 });
  expect((await town.logIn('daughter')).status).toBe(201); // and her session was not ended
});

test('what is no document at all is a problem and no error', async () => {
  const { status, json } = await town.as<Preview>('admin', 'POST', '/import?preview=true', []);
  expect(status).toBe(200);
  expect(json.problemsTotal).toBeGreaterThan(0);
});

test('a preview is for administrators, as the import is', async () => {
  expect((await town.as('east', 'POST', '/import?preview=true', {})).status).toBe(403);
});
