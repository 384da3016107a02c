import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTown, type Town } from './support/town.ts';

let town: Town;
beforeEach(async () => {
  town = await openTown();
});
afterEach(() => town.close());

type HandOver = { areaId: string; open: { about: { name?: string } }[]; callBacks: object[]; text: { en: string } };

test('an operator reads what is handed over in their street, as data and to read; each look leaves a trace', async () => {
  const id = await town.raise('r0');
  await town.raise('r1', 'smoke');
  const at = new Date(town.nowMs + 3_600_000).toISOString();
  const promised = { for: new Date(town.nowMs + 7_200_000).toISOString(), note: 'ask how she is' };
  expect((await town.as('walker', 'POST', `/alerts/${id}/promises`, promised)).status).toBe(200);
  expect((await town.as('daughter', 'POST', `/alerts/${id}/promises`, promised)).status).toBe(403);
  const { json } = await town.as<HandOver>('east', 'GET', `/areas/east/handover?at=${at}`);
  expect(json.open.map(({ about }) => about.name)).toEqual(['王秀英']);
  expect(json.callBacks).toMatchObject([{ alertId: id, note: 'ask how she is', by: { name: '李明' } }]);
  const page = await town.as('east', 'GET', `/areas/east/handover?at=${at}&format=text&lang=en`);
  expect(page.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(page.text.trimEnd()).toBe(json.text.en);
  const log = await town.records.auditLog({ about: 'areas/east', limit: 10 });
  expect(log.map(({ who, what }) => `${who} ${what}`)).toContain('u-east handOverRead');
});

test('what is handed over elsewhere is nobody else’s business', async () => {
  expect((await town.as('west', 'GET', '/areas/east/handover')).status).toBe(404);
  expect((await town.as('daughter', 'GET', '/areas/east/handover')).status).toBe(403);
  expect((await town.as('admin', 'GET', '/areas/nowhere/handover')).status).toBe(404);
});
