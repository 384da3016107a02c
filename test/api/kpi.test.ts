import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTown, type Town } from './support/town.ts';

let town: Town;
beforeEach(async () => {
  town = await openTown();
  town.clock.nowMs = Date.parse('2026-03-15T02:10:00Z');
});
afterEach(() => town.close());

/** Two days in Shanghai. */
const days = 'from=2026-03-13T16:00:00Z&to=2026-03-15T16:00:00Z';
type Figures = { total: number; groups: { key: string; total: number; perResidentMonth?: number }[] };

test('by area: each street with its own figures, and the whole', async () => {
  await town.raise('r0');
  await town.raise('r1', 'smoke');
  const { json } = await town.as<Figures>('admin', 'GET', `/kpi?${days}&area=city&by=area`);
  expect(json.total).toBe(2);
  expect(json.groups.map(({ key, total }) => [key, total])).toEqual([
    ['east', 1],
    ['west', 1],
  ]);
});

test('by day: a quiet day is there too', async () => {
  await town.raise('r0');
  const { json } = await town.as<Figures>('east', 'GET', `/kpi?${days}&by=day`);
  expect(json.groups.map(({ key, total }) => [key, total])).toEqual([
    ['2026-03-14', 0],
    ['2026-03-15', 1],
  ]);
});

test('as a table for a spreadsheet', async () => {
  await town.raise('r0');
  const { text, headers } = await town.as('admin', 'GET', `/kpi?${days}&by=day&format=csv`);
  expect(headers.get('content-type')).toContain('text/csv');
  const rows = text.trim().split('\r\n');
  expect(rows.map((row) => row.split(',').slice(0, 2).join(','))).toEqual([
    'group,alerts',
    'total,1',
    '2026-03-14,0',
    '2026-03-15,1',
  ]);
});

test('the report is one page that fetches nothing and runs nothing, in both languages, without markup from names', async () => {
  await town.as('admin', 'PATCH', '/areas/east', { name: 'East <img src=x>' });
  await town.raise('r0');
  const zh = await town.as('east', 'GET', `/kpi/report?${days}&area=east`);
  expect(zh.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/=]+'$/);
  expect(zh.text).toContain('紧急呼叫处置月报');
  expect(zh.text).toContain('East &lt;img src=x&gt;');
  expect(zh.text).not.toMatch(/<script|<img|https?:/);
  const en = await town.as('east', 'GET', `/kpi/report?${days}&lang=en`);
  expect(en.text).toContain('Answered within 60 s');
});

test('a viewer sees numbers of the area, and no names in them', async () => {
  const id = await town.raise('r0');
  town.clock.nowMs += 3_600_000;
  const { text } = await town.as('counter', 'GET', `/kpi?${days}&by=area`);
  expect(text).not.toContain('王秀英');
  expect(text).not.toContain(id);
});

test('planned visits: how many were due, and made in time, by street and day, as a table and to print', async () => {
  type Visits = { visits: { due: number; onTime: number; share?: number; target: number } };
  const visited = (id: string) =>
    town.as('admin', 'POST', `/residents/${id}/visits`, { kind: 'visit', outcome: 'well' });
  town.clock.nowMs = Date.parse('2026-03-13T02:00:00Z');
  for (const id of ['r0', 'r1']) await town.as('admin', 'PATCH', `/residents/${id}`, { visitTier: 'red' });
  town.passes(24 * 3_600_000); // the 14th, 10:00
  await visited('r0');
  await visited('r1');
  town.passes(24 * 3_600_000);
  await visited('r0');
  town.passes(11 * 3_600_000); // the 15th, 21:00: nobody saw r1

  const { json } = await town.as<Visits & { groups: (Visits & { key: string })[] }>(
    'admin',
    'GET',
    `/kpi?${days}&by=area&area=city`,
  );
  expect(json.visits).toEqual({ due: 4, onTime: 3, share: 0.75, target: 0.98 });
  expect(json.groups.map(({ key, visits }) => [key, visits.due, visits.onTime])).toEqual([
    ['east', 2, 2],
    ['west', 2, 1],
  ]);
  const byDay = await town.as<typeof json>('west', 'GET', `/kpi?${days}&by=day`);
  expect(byDay.json.groups.map(({ visits }) => `${visits.onTime} of ${visits.due}`)).toEqual(['1 of 1', '0 of 1']);
  const { text } = await town.as('admin', 'GET', `/kpi?${days}&format=csv`);
  expect(text).toMatch(/,plannedVisits,plannedVisitsOnTime\r\ntotal,.*,4,3\r\n/);
  expect((await town.as('admin', 'GET', `/kpi/report?${days}&lang=en`)).text).toContain('Visited on time');
  expect((await town.as('admin', 'GET', `/kpi/report?${days}`)).text).toContain('75.0 % (共 4) (目标 98.0 %)');
});
