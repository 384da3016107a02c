import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTown, type Page, type Town } from './support/town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
  const entries = Array.from({ length: 2_500 }, (_, i) => ({
    atMs: town.nowMs + i * 1000,
    who: i % 2 === 0 ? 'u-east' : 'u-walker',
    what: i % 500 === 0 ? 'export' : 'trackRead',
    about: i % 3 === 0 ? 'r0' : 'r1',
  }));
  await town.records.audit(entries);
});
afterAll(() => town.close());

async function all(query: string): Promise<readonly Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = [];
  let cursor = '';
  do {
    const { json } = await town.as<Page>('admin', 'GET', `/audit?limit=700&${query}${cursor && `&cursor=${cursor}`}`);
    found.push(...json.items);
    cursor = json.nextCursor ?? '';
  } while (cursor !== '');
  return found;
}

test('the audit log is read page by page, latest first, each entry once', async () => {
  const found = (await all('')).filter(({ what }) => what !== 'login');
  expect(found).toHaveLength(2_500);
  expect(found[0]).toEqual({ at: '2026-03-07T04:41:39.000Z', who: 'u-walker', what: 'trackRead', about: 'r0' });
  const times = found.map(({ at }) => String(at));
  expect(times).toEqual([...times].sort().reverse());
});

test('by whom, what, about whom and when', async () => {
  expect(await all('who=u-east&what=export')).toHaveLength(5);
  expect(await all('who=u-walker&what=export')).toHaveLength(0);
  expect(await all('about=r0&what=trackRead')).toHaveLength(834 - 2);
  expect(await all('from=2026-03-07T04:10:00Z&to=2026-03-07T04:11:00Z')).toHaveLength(60);
});

test('a cursor that is none, and anybody but an administrator, is refused', async () => {
  expect((await town.as('admin', 'GET', '/audit?cursor=x')).status).toBe(400);
  expect((await town.as('east', 'GET', '/audit')).status).toBe(403);
});

test('the administrator reads how long what is kept', async () => {
  const { json } = await town.as('admin', 'GET', '/retention');
  expect(json).toEqual({ days: { positions: 30, vitals: 365, motion: 90, device: 90, alerts: 1095, audit: 1095 } });
});
