import { afterEach, expect, test } from 'vitest';
import { type House, house } from './support/house.ts';
import { at, contact, daughter, operator, raise, stranger, worker } from './support/night.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const onHerScreens = [
  { kind: 'sse', address: 'daughter' },
  { kind: 'mqtt', address: 'daughter' },
  { kind: 'log', address: 'by text' },
] as const;

async function pressed(): Promise<House> {
  const home = await house({ contacts: [contact('mei', 1, ...onHerScreens)] });
  ends.push(() => home.close());
  await home.desk.apply([raise('02:10')]);
  await told(home);
  return home;
}

/** Who was told over what, and how far each message is. */
async function told({ desk, records, moveTo }: House, clock = '02:10:01'): Promise<string[]> {
  await new Promise((resolve) => setImmediate(resolve)); // deliveries under way
  await moveTo(clock); // flushes receipts
  const messages = await records.notificationsOf(desk.open()[0]!.id); // one is open
  return messages.map(({ recipientId, channel, state }) => `${recipientId} ${channel} ${state}`).sort();
}

test('her daughter opens the alert: what her page and her app were sent is read, the text message is not', async () => {
  const home = await pressed();
  expect(await told(home)).toEqual(['mei log delivered', 'mei mqtt sent', 'mei sse delivered']);
  await home.desk.read(home.only().id, daughter);
  expect(await told(home)).toEqual(['mei log delivered', 'mei mqtt read', 'mei sse read']);
  const messages = await home.records.notificationsOf(home.only().id);
  expect(messages.filter(({ readAtMs }) => readAtMs !== undefined).length).toBe(2);
});

test('having looked is not having answered: the grid worker is asked a minute later all the same', async () => {
  const home = await pressed();
  await home.desk.read(home.only().id, daughter);
  expect(home.only().state).toBe('open');
  expect(home.only().handling?.waitingSinceMs).toBe(at('02:10'));
  await told(home, '02:11');
  expect(home.apps).toContain('worker');
});

test('somebody who was told nothing opens it: no message is read', async () => {
  const home = await pressed();
  const before = await told(home);
  for (const user of [operator, worker, stranger]) await home.desk.read(home.only().id, user);
  expect(await told(home)).toEqual(before);
});

test('the grid worker was told by name and reads it on the page', async () => {
  const home = await pressed();
  await told(home, '02:11');
  await home.desk.read(home.only().id, worker);
  expect(await told(home, '02:11:01')).toEqual(expect.arrayContaining(['worker mqtt read', 'worker sse read']));
});

test('an answer after reading goes on, and reading after an answer changes nothing', async () => {
  const home = await pressed();
  const { id } = home.only();
  const page = (await home.records.notificationsOf(id)).find(({ channel }) => channel === 'sse')!; // it was told there
  await home.desk.read(id, daughter);
  await home.desk.answer(page.id, 'acknowledge', 'link', at('02:10:05'));
  await home.desk.read(id, daughter);
  expect((await home.desk.notification(page.id))?.state).toBe('acknowledged');
});

test('one message for two alerts is read for both', async () => {
  const home = await house({ contacts: [contact('mei', 1, { kind: 'log', address: 'mei' })] });
  ends.push(() => home.close());
  for (const type of ['tamper', 'notWorn'] as const) await home.desk.apply([raise('02:10', { type, severity: 'P3' })]);
  await home.moveTo('02:10:30'); // gathered
  await new Promise((resolve) => setImmediate(resolve));
  await home.moveTo('02:10:31');
  const messages = async () =>
    (await Promise.all(home.desk.open().map(({ id }) => home.records.notificationsOf(id)))).flat();
  const first = (await messages()).find(({ also = [] }) => also.length > 0)!; // one speaks for both
  await home.desk.received(first.id, 'read');
  expect((await messages()).map(({ state }) => state)).toEqual(['read', 'read']);
});
