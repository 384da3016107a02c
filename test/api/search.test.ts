import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTown, type Page, type Town } from './support/town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
  const home = { lat: 24.45, lon: 118.08, datum: 'WGS84' };
  const more = [
    { id: 'r2', name: '单田芳', address: '前埔中二路 12 号' },
    { id: 'r3', name: '欧阳  兰', building: 'Block 7' },
    { id: 'r4', name: 'Anna de Vries' },
    { id: 'r5', name: '林阿妹' },
  ];
  for (const one of more) await town.as('admin', 'POST', '/residents', { areaId: 'east', home, contacts: [], ...one });
});
afterAll(() => town.close());

async function found(q: string, who = 'east', kind = 'residents'): Promise<unknown[]> {
  const { json } = await town.as<Page>(who, 'GET', `/${kind}?q=${encodeURIComponent(q)}`);
  return json.items.map(({ id }) => id);
}

const typed = [
  { q: '秀英', ids: ['r0'], what: 'part of a name' },
  { q: 'wxy', ids: ['r0'], what: 'pinyin initials' },
  { q: 'WangXiu', ids: ['r0'], what: 'pinyin' },
  { q: 'wang xiu ying', ids: ['r0'], what: 'pinyin with spaces' },
  { q: 'stf', ids: ['r2'], what: 'a surname that is read otherwise than the word' },
  { q: 'ouyanglan', ids: ['r3'], what: 'a surname of two characters, written with spaces' },
  { q: 'vries', ids: ['r4'], what: 'a name in letters, in any case' },
  { q: 'ａｎｎａ', ids: ['r4'], what: 'full-width letters' },
  { q: '0000', ids: ['r0'], what: 'digits of a contact’s number' },
  { q: '138-0000', ids: ['r0'], what: 'a number with a dash' },
  { q: '中二路', ids: ['r2'], what: 'part of an address' },
  { q: 'block 7', ids: ['r3'], what: 'a building' },
  { q: 'r5', ids: ['r5'], what: 'an id' },
  { q: 'nobody', ids: [], what: 'somebody who is not there' },
];
for (const { q, ids, what } of typed) {
  test(`${what}: ${q}`, async () => expect(await found(q)).toEqual(ids));
}

test('nobody finds more by searching than by looking', async () => {
  expect(await found('wang', 'west')).toEqual([]);
  expect(await found('0000', 'son')).toEqual([]);
  expect(await found('wang', 'counter')).toEqual([]);
  expect(await found('wang', 'daughter')).toEqual(['r0']);
});

test('a changed name is found by its new form at once', async () => {
  await town.as('admin', 'PATCH', '/residents/r5', { name: '林小妹' });
  expect(await found('lxm')).toEqual(['r5']);
  expect(await found('lam')).toEqual([]);
});

test('devices, users and areas are found by what they are called', async () => {
  expect(await found('kitch', 'east', 'devices')).toEqual(['motion-0']);
  expect(await found('walk', 'admin', 'users')).toEqual(['u-walker']);
  expect(await found('street', 'admin', 'areas')).toEqual(['east', 'west']);
});

test('pages of what was found go on after the cursor', async () => {
  const first = await town.as<Page>('admin', 'GET', '/areas?q=street&limit=1');
  expect(first.json).toMatchObject({ items: [{ id: 'east' }], nextCursor: 'east' });
  const next = await town.as<Page>('admin', 'GET', '/areas?q=street&limit=1&cursor=east');
  expect(next.json).toMatchObject({ items: [{ id: 'west' }], nextCursor: null });
});
