import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { withoutNames } from '../../api/wall/masked.ts';
import { openTown, type Town } from './support/town.ts';

let town: Town;
beforeEach(async () => {
  town = await openTown();
});
afterEach(() => town.close());

type Node = {
  id: string;
  residents: number;
  devices: object;
  open: object;
  openByType: object;
  unclaimedP1: number;
  answeredToday: { of: number; within60s?: number };
  duty: { now: number; isGap: boolean; userIds?: string[] };
  bounds: number[];
};
type Recent = { id?: string; who: string; summary: { en: string } };
type Overview = { area: Node; children: Node[]; outages: object[]; recent: Recent[] };
type Positions = { columns: string[]; rows: (string | number | null)[][]; datum: string };

const overview = async (who: string, area = 'city') =>
  (await town.as<Overview>(who, 'GET', `/areas/${area}/overview`)).json;
const positions = async (who: string, query = '', area = 'city') =>
  (await town.as<Positions>(who, 'GET', `/areas/${area}/positions${query}`)).json;

test('the city and its streets in numbers: homes, devices, what is open, how it was answered, who is on duty', async () => {
  await town.say('band-0', { batteryPct: 80 });
  await town.raise('r1', 'deviceOffline', 'P4');
  const sos = await town.raise('r0');
  await town.as('admin', 'PATCH', '/rosters/roster-0', {
    shifts: [{ userId: 'u-walker', days: [1, 2, 3, 4, 5, 6, 7], from: '02:00', to: '06:00' }],
  });
  town.clock.nowMs += 30_000;
  await town.as('walker', 'POST', `/alerts/${sos}/actions`, { action: 'claim' });
  const { area, children } = await overview('admin');
  expect(area).toMatchObject({
    id: 'city',
    residents: 2,
    devices: { all: 3, heard: 1, silent: 1, unknown: 1 },
    open: { P1: 1, P2: 0, P3: 0, P4: 1, P5: 0 },
    openByType: { sos: 1, deviceOffline: 1 },
    unclaimedP1: 0,
    answeredToday: { of: 1, within60s: 1 },
    bounds: [118.0823, 24.4451, 118.09, 24.46],
  });
  expect(children.map(({ id, residents }) => `${id} ${residents}`)).toEqual(['east 1', 'west 1']);
  expect(children[0]).toMatchObject({ open: { P1: 1 }, duty: { now: 1, isGap: false, userIds: ['u-walker'] } });
  expect(children[1]).toMatchObject({ open: { P1: 0, P4: 1 }, answeredToday: { of: 0 } });
});

test('an emergency nobody has taken is counted by itself, and a drill is nothing', async () => {
  await town.raise('r0');
  await town.as('admin', 'PUT', '/devices/band-1/test', {});
  await town.raise('r1');
  expect((await overview('admin')).area).toMatchObject({ unclaimedP1: 1, open: { P1: 1 } });
});

test('whoever was only sent to an emergency has not claimed it: it still waits, until they answer', async () => {
  const everyDay = { userId: 'u-walker', days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '00:00' };
  await town.as('admin', 'PATCH', '/rosters/roster-0', { shifts: [everyDay] });
  await town.as('admin', 'DELETE', '/policies/policy-0');
  const id = await town.raise('r0');
  for (let minute = 1; minute <= 5; minute += 1) {
    town.clock.nowMs += 60_000;
    await town.parts.desk.tick(town.nowMs);
  }
  const { json } = await town.as('admin', 'GET', `/alerts/${id}`);
  expect(json).toMatchObject({ state: 'open', assignee: 'u-walker' });
  expect((await overview('admin')).area).toMatchObject({ unclaimedP1: 1, open: { P1: 1 } });
  await town.as('walker', 'POST', `/alerts/${id}/actions`, { action: 'claim' });
  town.clock.nowMs += 2_000;
  expect((await overview('admin')).area).toMatchObject({ unclaimedP1: 0, open: { P1: 1 } });
});

test('an outage stands on the wall with how much is out', async () => {
  await town.raise('@west', 'areaOutage', 'P2', { devicesLost: 40, devicesBack: 3 });
  expect((await overview('admin')).outages).toMatchObject([
    { areaId: 'west', name: 'West Street', lost: 40, back: 3, since: '2026-03-07T04:00:00.000Z' },
  ]);
  expect((await overview('east', 'east')).outages).toEqual([]);
});

test('the last alerts are sentences with masked names, whoever asks; only who may open one is told which it is', async () => {
  const id = await town.raise('r0');
  for (const who of ['admin', 'counter']) {
    const [last] = (await overview(who)).recent;
    expect(last).toMatchObject({ who: '王**', summary: { en: 'sos of 王**' } });
    expect(last?.id).toBe(who === 'admin' ? id : undefined);
  }
});

test('a name somebody had before stands on no wall', async () => {
  await town.raise('r0');
  await town.as('admin', 'PATCH', '/residents/r0', { name: '李秀英' });
  for (const who of ['admin', 'counter']) {
    const { text, json } = await town.as<Overview>(who, 'GET', '/areas/city/overview');
    expect(json.recent[0]).toMatchObject({ type: 'sos', who: '李**' });
    expect(text).not.toMatch(/王秀英|李秀英/);
  }
  town.clock.nowMs += 2_000;
  await town.raise('r0', 'missing', 'P1', {});
  const { json } = await town.as<Overview>('counter', 'GET', '/areas/city/overview');
  expect(json.recent[0]).toMatchObject({ who: '李**', summary: { en: 'missing of 李**' } });
});

test('of who is no longer among the residents, only what happened is left', async () => {
  const home = { lat: 24.44, lon: 118.08, datum: 'WGS84' };
  await town.as('admin', 'POST', '/residents', { id: 'r9', name: '赵玉兰', areaId: 'east', home, contacts: [] });
  const id = await town.raise('r9');
  for (const action of ['claim', 'resolve']) await town.as('admin', 'POST', `/alerts/${id}/actions`, { action });
  expect((await town.as('admin', 'DELETE', '/residents/r9')).status).toBe(204);
  const { text, json } = await town.as<Overview>('counter', 'GET', '/areas/city/overview');
  expect(text).not.toContain('赵');
  for (const recent of json.recent) expect(recent).not.toHaveProperty('who');
});

test('a sentence may name a daughter as well: no name of a home is left in it', () => {
  const home = { name: '王秀英', contacts: [{ name: '陈丽' }] };
  const about = (zh: string) => withoutNames({ zh, en: zh }, home)?.zh;
  expect(about('王秀英进入禁区：陈丽家门口')).toBe('王**进入禁区：陈**家门口');
  expect(about('李秀英按下求助')).toBeUndefined();
  expect(withoutNames({ zh: '王秀英', en: '王秀英' }, undefined)).toBeUndefined();
});

test('many walls cost one count: within two seconds everybody is given the same', async () => {
  expect((await overview('admin')).area.open).toMatchObject({ P1: 0 });
  await town.raise('r0');
  expect((await overview('counter')).area.open).toMatchObject({ P1: 0 });
  town.clock.nowMs += 2_000;
  expect((await overview('counter')).area.open).toMatchObject({ P1: 1 });
});

test('everybody on the map: at home until a position is known, and the gravest thing that is open', async () => {
  await town.say('band-0', { position: { lat: 24.4466, lon: 118.0841, accuracyM: 12.4 } });
  await town.raise('r0', 'batteryLow', 'P4');
  await town.raise('r0');
  const { columns, rows } = await positions('admin');
  expect(columns).toEqual(['id', 'name', 'areaId', 'lat', 'lon', 'accuracyM', 't', 'severity']);
  expect(rows).toEqual([
    ['r0', '王秀英', 'east', 24.4466, 118.0841, 12, town.nowMs / 1000, 'P1'],
    ['r1', '陈国栋', 'west', 24.46, 118.09, null, null, null],
  ]);
  expect((await positions('walker', '', 'east')).rows).toHaveLength(1);
});

test('for a room where anybody may read it: names masked, ids made up, dots to about 100 m', async () => {
  await town.say('band-0', { position: { lat: 24.44664, lon: 118.08413 } });
  const { rows } = await positions('admin', '?masked=true');
  expect(rows[0]?.slice(1, 5)).toEqual(['王**', 'east', 24.447, 118.084]);
  expect(JSON.stringify(rows)).not.toMatch(/"r0"|王秀英/);
  town.clock.nowMs += 2_000;
  expect((await positions('admin', '?masked=true')).rows).toEqual(rows); // the same dot under the same made-up id
});

describe('a viewer knows numbers, and of nobody where they live or are', () => {
  const moveIn = async (areaId: string, count: number) => {
    for (let nth = 0; nth < count; nth += 1) {
      const home = { lat: 24.44 + nth * 0.002, lon: 118.08 + nth * 0.004, datum: 'WGS84' };
      const resident = { id: `${areaId}-${nth}`, name: `赵${nth}`, areaId, home, contacts: [] };
      expect((await town.as('admin', 'POST', '/residents', resident)).status).toBe(201);
    }
  };

  test('whoever is alone in a village is not on the map, wherever she goes', async () => {
    await town.say('band-0', { position: { lat: 24.44664, lon: 118.08413 } });
    expect((await positions('counter')).rows).toEqual([]);
    expect((await positions('counter', '?masked=true')).rows).toEqual([]);
    expect(await overview('counter')).toMatchObject({ area: { residents: 2 } });
    for (const node of (await overview('counter')).children) expect(node).not.toHaveProperty('bounds');
  });

  test('five and more are counted in the middle of their area, the rest in that of a larger one', async () => {
    await moveIn('east', 4); // with her they are five
    await town.say('band-0', { position: { lat: 24.44664, lon: 118.08413 } });
    await town.raise('east-3');
    const { rows } = await positions('counter');
    expect(rows.map(([, name, areaId, , , , , severity]) => [name, areaId, severity])).toEqual([
      ['City', 'city', null],
      ['East Street', 'east', 'P1'],
      ...Array.from({ length: 4 }, () => ['East Street', 'east', null]),
    ]);
    expect(new Set(rows.map(([, , areaId, lat, lon]) => `${areaId} ${lat} ${lon}`))).toEqual(
      new Set(['city 24.45 118.086', 'east 24.443 118.086']),
    );
    expect(rows.every(([, , , , , accuracyM, t]) => accuracyM === null && t === null)).toBe(true);
    expect(JSON.stringify(rows)).not.toMatch(/r0|r1|east-3|王|赵/);
    expect((await overview('counter')).area.bounds).toEqual([118.08, 24.44, 118.1, 24.46]);
    expect((await overview('admin')).area.bounds).toEqual([118.08, 24.44, 118.092, 24.46]);
  });

  test('nobody can be followed from one look to the next: the rows are numbered anew', async () => {
    await moveIn('east', 5);
    const ids = async () => (await positions('counter')).rows.map(([id, , , , , , , severity]) => `${id} ${severity}`);
    await town.raise('east-1');
    const before = await ids();
    const { json } = await town.as<{ items: { id: string }[] }>('admin', 'GET', '/alerts');
    for (const action of ['claim', 'resolve'])
      await town.as('admin', 'POST', `/alerts/${json.items[0]?.id}/actions`, { action });
    await town.raise('east-4');
    town.clock.nowMs += 2_000;
    expect(await ids()).toEqual(before);
  });
});

test('on a Chinese map the dots stand where they belong', async () => {
  const { rows, datum } = await positions('admin', '?datum=GCJ02');
  expect(datum).toBe('GCJ02');
  expect(Math.abs(Number(rows[0]?.[3]) - 24.4451)).toBeGreaterThan(0.001);
});

test('nothing new is not sent again', async () => {
  const headers = { authorization: `Bearer ${await town.tokenOf('admin')}` };
  const ask = (etag?: string) =>
    fetch(`${town.url}/api/v1/areas/city/positions`, {
      headers: { ...headers, ...(etag && { 'if-none-match': etag }) },
    });
  const first = await ask();
  await first.text();
  town.clock.nowMs += 2_000;
  expect((await ask(first.headers.get('etag') ?? '')).status).toBe(304);
});

test('a wall that hangs there is one look in the audit log for a quarter of an hour', async () => {
  const looks = async () => (await town.records.auditLog({ about: 'areas/city', limit: 9 })).map(({ what }) => what);
  await positions('admin');
  town.clock.nowMs += 60_000;
  await positions('admin');
  expect(await looks()).toEqual(['positionsRead']);
  town.clock.nowMs += 15 * 60_000;
  await positions('admin');
  expect(await looks()).toHaveLength(2);
});

test('an emergency that has just come is not counted as missed; after a minute it is', async () => {
  await town.raise('r0');
  expect((await overview('admin')).area.answeredToday.of).toBe(0);
  town.clock.nowMs += 61_000;
  expect((await overview('admin')).area.answeredToday).toMatchObject({ of: 1, within60s: 0 });
});
