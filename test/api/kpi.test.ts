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
