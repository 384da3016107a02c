import { afterEach, expect, test } from 'vitest';
import type { ActionRequest } from '../../model/alert.ts';
import type { Contact, User } from '../../model/people.ts';
import { type House, house } from './support/house.ts';
import { at, contact, daughter, operator, raise, request, user, worker } from './support/night.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A night with everybody reached in their app; `told` empties what was heard so far. */
async function night(contacts: readonly Contact[] = [app('daughter', 0), app('son', 1)]) {
  const home = await house({ contacts });
  ends.push(() => home.close());
  const told = async (): Promise<string[]> => {
    await new Promise((resolve) => setImmediate(resolve)); // channels answer in the next turn
    return home.apps.splice(0);
  };
  const acts = (clock: string, who: User, action: ActionRequest['action'], more = {}) =>
    home.desk.act(home.only().id, request(action, more), who, at(clock));
  return { home, told, acts, goesTo: (clock: string) => arrives(home, clock) };
}

async function arrives(home: House, clock: string): Promise<void> {
  await home.moveTo(clock);
}

function app(id: string, order: number): Contact {
  return contact(id, order, { kind: 'mqtt', address: id });
}

test('02:10 SOS, the daughter does not hear it, the grid worker claims at 02:12, does not move, 02:17 the centre is told', async () => {
  const { home, told, acts, goesTo } = await night([app('daughter', 0)]);
  await home.desk.apply([raise('02:10')]);
  expect(await told()).toEqual(['daughter']);
  await goesTo('02:11');
  expect(await told()).toEqual(['worker']);
  await goesTo('02:11:59');
  await acts('02:12', worker, 'claim');
  await goesTo('02:16:59');
  expect(await told()).toEqual([]);
  expect(home.only()).toMatchObject({ state: 'acknowledged', assignee: 'worker' });
  await goesTo('02:17');
  expect(await told()).toEqual(['operator']);
  const alert = home.only();
  expect(alert.state).toBe('open');
  expect(alert.assignee).toBeUndefined();
  expect(home.lines.find(({ what }) => what === 'takenBack')?.detail).toEqual({ cause: 'noProgress', from: 'worker' });
});

test('she sets out in time: nobody is told, however long the way is', async () => {
  const { home, told, acts, goesTo } = await night();
  await home.desk.apply([raise('02:10')]);
  await acts('02:10:30', worker, 'claim');
  await acts('02:14', worker, 'enRoute');
  await goesTo('02:40');
  expect(await told()).toEqual(['daughter']);
});

test('a P2 somebody only acknowledged is open again after a quarter of an hour', async () => {
  const { home, told, acts, goesTo } = await night();
  await home.desk.apply([raise('02:10', { severity: 'P2' })]);
  await acts('02:11', daughter, 'acknowledge');
  await goesTo('02:25:59');
  expect(home.only().state).toBe('acknowledged');
  await told();
  await goesTo('02:26');
  expect(home.only().state).toBe('open');
  expect((await told()).sort()).toEqual(['operator', 'son', 'worker']);
});

test('nobody claims the offer: after a minute the grid worker is sent by name, and others may still go', async () => {
  const { home, told, acts, goesTo } = await night([]);
  await home.desk.apply([raise('02:10')]);
  expect(await told()).toEqual(['worker']);
  expect(home.only().handling?.offer).toMatchObject({ userIds: ['worker'], untilMs: at('02:11') });
  await goesTo('02:11');
  expect(await told()).toEqual(['worker']);
  expect(home.only()).toMatchObject({ state: 'open', assignee: 'worker' });
  await acts('02:11:30', operator, 'claim');
  expect(home.only()).toMatchObject({ state: 'acknowledged', assignee: 'operator' });
});

test('the first to claim has it: the offer is gone and nobody is sent', async () => {
  const { home, told, acts, goesTo } = await night([]);
  home.directory.apply({ kind: 'users', id: 'second', entity: user('second', 'responder', { areaId: 'street' }) });
  await home.desk.apply([raise('02:10')]);
  expect((await told()).sort()).toEqual(['second', 'worker']);
  await acts('02:10:20', worker, 'claim');
  const { id } = home.only();
  const second = user('second', 'responder', { areaId: 'street' });
  await expect(home.desk.act(id, request('claim'), second, at('02:10:21'))).rejects.toMatchObject({ code: 'conflict' });
  await acts('02:10:40', worker, 'enRoute');
  await goesTo('02:30');
  expect(await told()).toEqual([]);
});

test('nobody is on duty in the grid: the street is asked, then the centre', async () => {
  const { home, told } = await night([]);
  home.directory.apply({ kind: 'users', id: 'worker', entity: undefined });
  await home.desk.apply([raise('02:10')]);
  expect(await told()).toEqual(['operator']);
});

test('nobody anywhere: the time line says that it is for whoever looks, and goes on saying so', async () => {
  const { home, told, goesTo } = await night([]);
  for (const id of ['worker', 'operator']) home.directory.apply({ kind: 'users', id, entity: undefined });
  await home.desk.apply([raise('02:10')]);
  await goesTo('02:20');
  expect(await told()).toEqual([]);
  expect(home.lines.filter(({ what }) => what === 'escalated').length).toBeGreaterThanOrEqual(2);
});

test('a suspected fall nobody answers: the daughter hears that it is worse, the son a minute later', async () => {
  const { home, told, goesTo } = await night();
  await home.desk.apply([raise('02:10', { type: 'fall', severity: 'P2', suspected: true })]);
  expect(await told()).toEqual(['daughter']);
  await goesTo('02:11');
  await home.desk.apply([raise('02:11', { type: 'fall', severity: 'P1', suspected: true, id: 'fall:unanswered' })]);
  expect(await told()).toEqual(['daughter']);
  await goesTo('02:12');
  expect((await told()).sort()).toEqual(['son', 'worker']);
});

test('everybody was told and the mother presses again after an answer: they all hear it, once', async () => {
  const { home, told, acts, goesTo } = await night();
  await home.desk.apply([raise('02:10')]);
  await goesTo('02:11');
  await told();
  await acts('02:11:10', worker, 'enRoute');
  await goesTo('02:13:10');
  await home.desk.apply([raise('02:13:10')]);
  expect((await told()).sort()).toEqual(['daughter', 'son', 'worker']);
});

test('smoke and a fall in one home are one visit: who takes one has both, and closes each', async () => {
  const { home, goesTo } = await night();
  const act = (id: string, action: ActionRequest['action'], clock: string) =>
    home.desk.act(id, request(action), worker, at(clock));
  await home.desk.apply([raise('02:10', { type: 'smoke' }), raise('02:10', { type: 'fall', severity: 'P2' })]);
  await home.desk.apply([raise('02:10', { type: 'batteryLow', severity: 'P4' })]);
  const [smoke, fall, battery] = home.desk.open();
  await act(smoke!.id, 'enRoute', '02:10:30'); // three are open
  expect(home.desk.open().map(({ type, state }) => `${type} ${state}`)).toEqual([
    'smoke enRoute',
    'fall enRoute',
    'batteryLow open',
  ]);
  expect((await home.records.timeline(fall!.id)).at(-1)?.detail).toEqual({ visit: smoke!.id });
  await act(smoke!.id, 'resolve', '02:20');
  await goesTo('02:40');
  expect(home.desk.open().map(({ id }) => id)).toEqual([fall!.id, battery!.id]);
});
