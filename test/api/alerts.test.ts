import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTown, type Page, type Town } from './support/town.ts';

let town: Town;
beforeEach(async () => {
  town = await openTown();
});
afterEach(() => town.close());

const idsFor = async (username: string, query: string) =>
  (await town.as<Page>(username, 'GET', `/alerts${query}`)).json.items.map(({ id }) => id);

test('each sees the alerts of their own, newest first', async () => {
  const first = await town.raise('r0');
  town.clock.nowMs += 1000;
  const second = await town.raise('r1', 'smoke');
  expect(await idsFor('admin', '')).toEqual([second, first]);
  expect(await idsFor('east', '')).toEqual([first]);
  expect(await idsFor('walker', '')).toEqual([first]);
  expect(await idsFor('son', '')).toEqual([second]);
});

test('lists can be narrowed by state, severity, type, area, resident and time', async () => {
  const sos = await town.raise('r0');
  town.clock.nowMs += 60_000;
  const battery = await town.raise('r0', 'batteryLow', 'P4');
  const smoke = await town.raise('r1', 'smoke');
  await town.as('walker', 'POST', `/alerts/${sos}/actions`, { action: 'claim' });
  expect(await idsFor('admin', '?state=acknowledged')).toEqual([sos]);
  expect((await idsFor('admin', '?state=open,acknowledged')).length).toBe(3);
  expect(await idsFor('admin', '?severity=P4')).toEqual([battery]);
  expect((await idsFor('admin', '?type=sos,smoke')).sort()).toEqual([sos, smoke].sort());
  expect(await idsFor('admin', '?area=west')).toEqual([smoke]);
  expect((await idsFor('admin', '?resident=r0')).length).toBe(2);
  expect(await idsFor('admin', `?to=${town.nowMs}`)).toEqual([sos]);
});

test('pages of alerts hold each one once', async () => {
  const raised = [await town.raise('r0'), await town.raise('r0', 'batteryLow', 'P4'), await town.raise('r1', 'gas')];
  const { json } = await town.as<Page>('admin', 'GET', '/alerts?limit=2');
  const rest = await idsFor('admin', `?limit=2&cursor=${encodeURIComponent(String(json.nextCursor))}`);
  expect([...json.items.map(({ id }) => id), ...rest].sort()).toEqual(raised.sort());
});

test('a daughter reads who has it in hand by name: in lists, in the story, in the live view and in the stream', async () => {
  const id = await town.raise('r0');
  await town.as('walker', 'POST', `/alerts/${id}/actions`, { action: 'claim' });
  const list = await town.as<Page>('daughter', 'GET', '/alerts');
  expect(list.json.items[0]).toMatchObject({ assignee: 'u-walker', assigneeName: '李明' });
  const { json } = await town.as('daughter', 'GET', `/alerts/${id}`);
  expect(json).toMatchObject({ assigneeName: '李明' });
  expect(json.timeline).toContainEqual(expect.objectContaining({ what: 'claim', who: 'u-walker', whoName: '李明' }));
  const live = await town.as('daughter', 'GET', '/residents/r0/live');
  expect(live.json.alerts).toMatchObject([{ assigneeName: '李明' }]);
  await town.as('east', 'POST', `/alerts/${id}/actions`, { action: 'assign', assignee: 'u-east' });
  const unnamed = await town.as('daughter', 'GET', `/alerts/${id}`);
  expect(unnamed.json.assigneeName).toBe('east');
});

test('claimed, on the way, there, resolved: with who did it in the story', async () => {
  const id = await town.raise('r0');
  for (const action of ['claim', 'enRoute', 'arrive']) {
    const { status } = await town.as('walker', 'POST', `/alerts/${id}/actions`, { action });
    expect({ action, status }).toEqual({ action, status: 200 });
  }
  const done = await town.as('walker', 'POST', `/alerts/${id}/actions`, {
    action: 'resolve',
    outcome: 'helped',
    note: 'tea',
  });
  expect(done.json).toMatchObject({ state: 'resolved', assignee: 'u-walker', outcome: 'helped' });
  const { json } = await town.as('daughter', 'GET', `/alerts/${id}`);
  const story = (json.timeline as { what: string; who: string }[]).map(({ what, who }) => `${what} ${who}`);
  expect(story).toEqual(expect.arrayContaining(['claim u-walker', 'arrive u-walker', 'resolve u-walker']));
});

test('who was told, without where they are reached', async () => {
  const id = await town.raise('r0');
  const operator = await town.as('east', 'GET', `/alerts/${id}`);
  expect(operator.json.notifications).toMatchObject([{ recipientId: 'c0', recipientName: 'Daughter', channel: 'log' }]);
  expect(operator.text).not.toMatch(/secret-address|whsec_/);
});

test('an action nobody knows is a bad request, one on the alert of others is not found', async () => {
  const id = await town.raise('r0');
  expect((await town.as('walker', 'POST', `/alerts/${id}/actions`, { action: 'dance' })).status).toBe(400);
  expect((await town.as('son', 'POST', `/alerts/${id}/actions`, { action: 'claim' })).status).toBe(404);
  expect((await town.as('walker', 'POST', '/alerts/none/actions', { action: 'claim' })).status).toBe(404);
});

test('figures count the alerts of the scope only, for a viewer too', async () => {
  await town.raise('r0');
  await town.raise('r1', 'smoke');
  const range = `?from=${town.nowMs - 1000}&to=${town.nowMs + 1000}`;
  expect((await town.as('admin', 'GET', `/kpi${range}`)).json).toMatchObject({ total: 2 });
  expect((await town.as('son', 'GET', `/kpi${range}`)).json).toMatchObject({ total: 1 });
  expect((await town.as('counter', 'GET', `/kpi${range}&area=east`)).json).toMatchObject({ total: 1 });
});
