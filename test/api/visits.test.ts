import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Answer, type Fields, openTown, type Page, type Town } from './support/town.ts';

const hour = 3_600_000;
const day = 24 * hour;
let town: Town;
beforeEach(async () => {
  town = await openTown();
});
afterEach(() => town.close());

const ago = (ms: number) => new Date(town.nowMs - ms).toISOString();
const record = (body: Fields, who = 'walker', id = 'r0') =>
  town.as(who, 'POST', `/residents/${id}/visits`, { kind: 'visit', outcome: 'well', ...body });
const planned = (visitTier: string | null, who = 'east', id = 'r0') =>
  town.as(who, 'PATCH', `/residents/${id}`, { visitTier });
const toVisit = async (query = '', who = 'east') => (await town.as<Page>(who, 'GET', `/visits${query}`)).json.items;
const idOf = (resident: unknown) => (resident as { id: string }).id; // as the answer has it
async function everyPage(path: string): Promise<Fields[]> {
  const items: Fields[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { json }: Answer<Page> = await town.as<Page>('east', 'GET', path + (cursor && `&cursor=${cursor}`));
    items.push(...json.items);
    cursor = json.nextCursor;
  }
  return items;
}
/** 12:00 on Saturday, so many days later at this hour in Xiamen. */
const later = (days: number, atHour: number) => town.passes(days * day + (atHour - 12) * hour);

test('an operator plans a daily visit; the grid worker finds her on the list of the next day, goes, and she is off it', async () => {
  expect((await planned('red')).json).toMatchObject({ visitTier: 'red', visitTierSince: ago(0) });
  expect(await toVisit('?due=today', 'walker')).toEqual([]);
  later(1, 8);
  expect(await toVisit('?due=today', 'walker')).toEqual([
    {
      resident: { id: 'r0', name: '王秀英', areaId: 'east' },
      tier: 'red',
      plannedSince: '2026-03-07T04:00:00.000Z',
      dueAt: '2026-03-08T10:00:00.000Z',
      overdueAt: '2026-03-08T12:00:00.000Z',
      state: 'due',
    },
  ]);
  const { status, json } = await record({ note: 'She has a new kettle.' });
  expect(status).toBe(201);
  expect(json).toMatchObject({ residentId: 'r0', kind: 'visit', outcome: 'well', by: 'u-walker', byName: '李明' });
  expect(await toVisit('?due=today')).toEqual([]);
  expect(await toVisit()).toMatchObject([
    { state: 'notDue', lastContactAt: ago(0), dueAt: '2026-03-09T10:00:00.000Z' },
  ]);
  const log = await town.records.auditLog({ about: 'r0', limit: 5 });
  expect(log).toContainEqual(expect.objectContaining({ who: 'u-walker', what: 'visit' }));
  expect(JSON.stringify(log)).not.toContain('kettle');
});

test('nobody opened: it is kept, and she stays on the list', async () => {
  await planned('red');
  later(1, 21);
  expect(await toVisit('?due=overdue')).toMatchObject([{ state: 'overdue' }]);
  await record({ kind: 'phone', outcome: 'notReached' });
  expect(await toVisit('?due=overdue')).toHaveLength(1);
  const { json } = await town.as<Page>('daughter', 'GET', '/residents/r0/visits');
  expect(json.items).toMatchObject([{ kind: 'phone', outcome: 'notReached' }]);
  await record({ kind: 'phone', outcome: 'needsHelp' });
  expect(await toVisit('?due=overdue')).toEqual([]);
  expect(town.parts.desk.open()).toEqual([]);
});

test('a phone without a network sends the same again: recorded once, by its id or by what it says', async () => {
  const body = { id: 'phone-7-31', at: ago(hour) };
  expect((await record(body)).status).toBe(201);
  expect(await record(body)).toMatchObject({ status: 200, json: { id: 'phone-7-31', at: ago(hour) } });
  expect(await record({ at: ago(hour) })).toMatchObject({ status: 200, json: { id: 'phone-7-31' } });
  expect(await record({ at: ago(hour), note: 'She has a new kettle.' })).toMatchObject({ status: 409 });
  const both = await Promise.all([record({ at: ago(1) }), record({ at: ago(1) })]);
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 201]);
  expect((await town.as<Page>('east', 'GET', '/residents/r0/visits')).json.items).toHaveLength(2);
  const log = await town.records.auditLog({ about: 'r0', limit: 9 });
  expect(log.filter(({ what }) => what === 'visit')).toHaveLength(2);
  expect((await record({ ...body, outcome: 'needsHelp' })).status).toBe(409);
  await town.as('admin', 'PATCH', '/residents/r1', { name: '陈国栋' });
  expect((await record(body, 'admin', 'r1')).status).toBe(409);
});

test('a slip of the finger is taken back by whoever made it, for ten minutes; then she is due as before', async () => {
  await planned('red');
  await record({ at: ago(3 * day) });
  town.passes(day);
  const { json } = await record({});
  const path = `/residents/r0/visits/${json.id}`;
  expect((await town.as('east', 'DELETE', path)).status).toBe(409);
  expect((await town.as('walker', 'DELETE', path.replace('r0', 'r1'))).status).toBe(404);
  expect((await town.as('walker', 'DELETE', path)).status).toBe(204);
  expect((await town.as('walker', 'DELETE', path)).status).toBe(404);
  expect(town.directory.residents.get('r0')?.lastContactAt).toBe(ago(4 * day));
  expect(await toVisit('?due=today')).toHaveLength(1);
  const { json: again } = await record({});
  town.clock.nowMs += 11 * 60_000;
  expect((await town.as('walker', 'DELETE', `/residents/r0/visits/${again.id}`)).status).toBe(409);
  const log = await town.records.auditLog({ about: 'r0', limit: 9 });
  expect(log.map(({ what }) => what)).toContain('visitTakenBack');
});

test('a slip where another machine had her last contact: taken back, that contact counts again', async () => {
  const since = { visitTier: 'orange', visitTierSince: ago(30 * day), lastContactAt: ago(2 * day) };
  const home = { lat: 24.4451, lon: 118.0823, datum: 'WGS84' };
  await town.as('admin', 'POST', '/residents', { id: 'moved', name: '林阿妹', areaId: 'east', home, ...since });
  const { json } = await record({}, 'walker', 'moved');
  expect((await town.as('walker', 'DELETE', `/residents/moved/visits/${json.id}`)).status).toBe(204);
  expect(town.directory.residents.get('moved')?.lastContactAt).toBe(ago(2 * day));
  expect(await toVisit('?due=today')).toEqual([]);
});

test('what was recorded while the clock was a year ahead keeps nobody off the list for a year', async () => {
  await planned('red');
  town.passes(365 * day);
  await record({});
  town.passes(-364 * day);
  await record({});
  expect(town.directory.residents.get('r0')?.lastContactAt).toBe(ago(0));
  town.passes(day);
  expect(await toVisit('?due=today')).toHaveLength(1);
});

test('what is recorded late counts for when it was; tomorrow and last spring are refused', async () => {
  await record({ at: ago(2 * day) });
  await record({ at: ago(9 * day) });
  expect(town.directory.residents.get('r0')?.lastContactAt).toBe(ago(2 * day));
  for (const at of [ago(-1000), ago(32 * day)]) expect(await record({ at })).toMatchObject({ status: 400 });
  expect(await record({ outcome: 'dead' })).toMatchObject({ status: 400 });
});

test('neighbours of another street, families and viewers: who may go, who may read', async () => {
  expect((await record({}, 'west')).status).toBe(404);
  expect((await record({}, 'daughter')).status).toBe(403);
  expect((await town.as('son', 'GET', '/residents/r0/visits')).status).toBe(404);
  expect((await town.as('counter', 'GET', '/visits')).status).toBe(403);
  expect((await town.as('east', 'GET', '/visits?area=west')).status).toBe(404);
  expect((await town.as('east', 'GET', '/visits?area=nowhere')).status).toBe(404);
  await planned('red', 'west', 'r1');
  expect(await toVisit('', 'east')).toEqual([]);
  expect(await toVisit('?area=west', 'admin')).toMatchObject([{ resident: { id: 'r1' } }]);
});

test('most overdue first, page by page', async () => {
  const home = { lat: 24.4451, lon: 118.0823, datum: 'WGS84' };
  const tiers = ['green', 'red', 'yellow', 'orange', 'red', 'blue'];
  for (const [i, visitTier] of tiers.entries())
    await town.as('admin', 'POST', '/residents', { id: `v${i}`, name: `V ${i}`, areaId: 'east', home, visitTier });
  town.passes(40 * day);
  const seen = (await everyPage('/visits?limit=4')).map(({ resident, state }) => `${idOf(resident)} ${state}`);
  expect(seen).toEqual(['v1 overdue', 'v4 overdue', 'v3 overdue', 'v2 overdue', 'v5 notDue', 'v0 notDue']);
  expect((await town.as('east', 'GET', '/visits?cursor=yesterday')).status).toBe(400);
});

test('her visits page by page, also those of one moment', async () => {
  for (const kind of ['visit', 'phone', 'video']) await record({ kind, at: ago(hour) });
  await record({ at: ago(0) });
  const ids = (await everyPage('/residents/r0/visits?limit=1')).map(({ id }) => id);
  expect(new Set(ids).size).toBe(4);
});

test('what the service keeps is nobody’s to write: not the last contact, not since when she is planned', async () => {
  await planned('orange');
  await record({});
  const kept = { visitTierSince: ago(0), lastContactAt: ago(0) };
  town.passes(day);
  const { json: read } = await town.as('east', 'GET', '/residents/r0');
  expect(read).toMatchObject(kept);
  const lie = { visitTierSince: ago(0), lastContactAt: ago(0) };
  expect((await town.as('east', 'POST', '/residents', { ...read, ...lie, notes: 'x' })).json).toMatchObject(kept);
  expect((await town.as('east', 'PATCH', '/residents/r0', { ...lie })).json).toMatchObject(kept);
  const { contacts: _c, visitTierSince: _s, lastContactAt: _l, ...plain } = read;
  expect((await town.as('east', 'POST', '/residents', plain)).json).toMatchObject(kept);
  expect((await planned('red')).json).toMatchObject({ ...kept, visitTierSince: ago(0) });
  const { json: without } = await planned(null);
  expect(without).not.toHaveProperty('visitTierSince');
  expect(without).toMatchObject({ lastContactAt: kept.lastContactAt });
});

test('an import plans visits, the same again changes nothing, and another machine goes on where this one was', async () => {
  const { json: before } = await town.as('admin', 'GET', '/export');
  const residents = (before.residents as Fields[]).map((one) => ({ ...one, visitTier: 'yellow' }));
  await town.as('admin', 'POST', '/import', { residents });
  expect(await toVisit('', 'admin')).toMatchObject([{ tier: 'yellow' }, { tier: 'yellow' }]);
  await record({});
  town.passes(day);
  const { json: document } = await town.as('admin', 'GET', '/export');
  const preview = await town.as<{ counts: { residents: Fields } }>('admin', 'POST', '/import?preview=true', document);
  expect(preview.json.counts.residents).toEqual({ created: 0, changed: 0, unchanged: 2 });
  const other = await openTown({}, { ...document, users: [], policies: [], rosters: [], silences: [] });
  const { visitTierSince, lastContactAt } = town.directory.residents.get('r0')!;
  expect(other.directory.residents.get('r0')).toMatchObject({ visitTier: 'yellow', visitTierSince, lastContactAt });
  await other.close();
});

test('a copy of all that is kept about her has her visits; erased they are gone, and so when she is removed', async () => {
  await planned('red');
  await record({ note: 'new kettle' });
  const { text } = await town.as('admin', 'GET', '/residents/r0/data');
  expect(text).toContain('"kind":"visit","visit":{"id"');
  expect(text).toContain('new kettle');
  await town.as('admin', 'DELETE', '/residents/r0/data', { confirm: 'r0' });
  expect(await town.records.visits().ofResident({ residentId: 'r0', limit: 9 })).toEqual([]);
  expect(await toVisit('', 'admin')).toEqual([]);
});
