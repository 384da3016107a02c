import { connect } from 'node:net';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { audienceOf, maySeeSubject } from '../../model/scope.ts';
import { StreamReader } from './support/reader.ts';
import { openTown, type Town } from './support/town.ts';

let town: Town;
const readers: StreamReader[] = [];
beforeEach(async () => {
  town = await openTown();
});
afterEach(async () => {
  for (const reader of readers.splice(0)) reader.close();
  await town.close();
});

async function listen(username: string, lastEventId?: string): Promise<StreamReader> {
  const reader = await StreamReader.open(town.url, await town.tokenOf(username), lastEventId);
  readers.push(reader);
  return reader;
}

test('the daughter hears of her mother at once, the son hears nothing', async () => {
  const [daughter, son, walker] = [await listen('daughter'), await listen('son'), await listen('walker')];
  const id = await town.raise('r0');
  await town.say('band-0', { position: { lat: 24.4451, lon: 118.0823, accuracyM: 9 } });
  await town.raise('r1', 'smoke');
  const heard = await daughter.until(2);
  expect(heard.map(({ event }) => event)).toEqual(['alert', 'position']);
  expect(heard[0]?.data).toMatchObject({ id, type: 'sos', state: 'open', residentId: 'r0' });
  expect(heard[1]?.data).toMatchObject({ residentId: 'r0', lat: 24.4451, accuracyM: 9, deviceId: 'band-0' });
  expect((await walker.until(2)).length).toBe(2);
  expect((await son.until(1)).map(({ data }) => data.residentId)).toEqual(['r1']);
});

test('every change of an alert is told, with ids that grow', async () => {
  const daughter = await listen('daughter');
  const id = await town.raise('r0');
  await town.as('walker', 'POST', `/alerts/${id}/actions`, { action: 'claim' });
  const heard = await daughter.until(2);
  expect(heard.map(({ data }) => data.state)).toEqual(['open', 'acknowledged']);
  const numbers = heard.map(({ id: eventId }) => Number(eventId.split('-')[1]));
  expect(numbers[1]).toBeGreaterThan(numbers[0] ?? Number.NaN);
});

test('a device that comes or goes is told to those who look after its resident', async () => {
  const [daughter, son] = [await listen('daughter'), await listen('son')];
  town.api.deviceChanged({ deviceId: 'band-0', online: false, atMs: town.nowMs });
  town.api.deviceChanged({ deviceId: 'spare', online: true, atMs: town.nowMs }); // belongs to nobody
  town.api.deviceChanged({ deviceId: 'band-1', online: true, atMs: town.nowMs });
  expect((await daughter.until(1))[0]).toMatchObject({ event: 'device', data: { id: 'band-0', online: false } });
  expect((await son.until(1)).map(({ data }) => data.id)).toEqual(['band-1']);
});

test('who was away is told what was missed, in their scope, and nothing twice', async () => {
  const before = await listen('daughter');
  await town.raise('r0');
  const [first] = await before.until(1);
  before.close();
  await town.raise('r1', 'smoke');
  const missed = await town.raise('r0', 'batteryLow', 'P4');
  const after = await listen('daughter', first?.id);
  expect((await after.until(1)).map(({ data }) => data.id)).toEqual([missed]);
});

test('who was away too long, or since before a restart, starts over with the open alerts', async () => {
  const open = await town.raise('r0');
  for (const lastId of ['abc-1', 'nonsense', '-', `${town.nowMs.toString(36)}-999`]) {
    const reader = await listen('daughter', lastId);
    const heard = await reader.until(2);
    expect(heard.map(({ event, data }) => [event, data.id])).toEqual([
      ['reset', undefined],
      ['alert', open],
    ]);
  }
});

test('a flood of positions pushes no alert out of memory', async () => {
  const daughter = await listen('daughter');
  await town.say('band-0', { position: { lat: 24.4451, lon: 118.0823 } });
  const [first] = await daughter.until(1);
  daughter.close();
  const missed = await town.raise('r0');
  const reading = await town.say('band-0', { position: { lat: 24.4452, lon: 118.0823 } });
  for (let i = 1; i <= 3000; i++) {
    const facts = { position: { lat: 24.4452, lon: 118.0823 } };
    town.api.readingCommitted({ ...reading, id: `flood-${i}`, takenAtMs: reading.takenAtMs + i, facts });
  }
  const again = await listen('daughter', first?.id);
  const heard = await again.until(1001);
  expect(heard[0]).toMatchObject({ event: 'alert', data: { id: missed } });
});

test('opening the stream leaves a trace, and its head keeps proxies from holding it back', async () => {
  const reader = await listen('daughter');
  expect(reader.headers.get('content-type')).toContain('text/event-stream');
  expect(reader.headers.get('x-accel-buffering')).toBe('no');
  expect(reader.headers.get('content-security-policy')).toContain("default-src 'none'");
  const trace = await town.records.auditLog({ about: 'u-daughter', limit: 10 });
  expect(trace.map(({ what }) => what)).toContain('streamOpened');
});

test('a stream ends with its session: logged out, removed, or over', async () => {
  const endings: (() => Promise<unknown>)[] = [
    async () => town.ask(await town.tokenOf('daughter'), 'DELETE', '/api/v1/session'),
    async () => town.as('admin', 'DELETE', '/users/u-walker'),
  ];
  const [daughter, walker, son] = [await listen('daughter'), await listen('walker'), await listen('son')];
  for (const end of endings) await end();
  await town.raise('r0'); // whoever is no longer logged in is found out before anything is told
  await Promise.all([daughter.ended, walker.ended]);
  expect([daughter.heard, walker.heard]).toEqual([[], []]);
  town.clock.nowMs += 12 * 3_600_000;
  await town.raise('r1', 'smoke');
  await son.ended;
  expect(son.heard).toEqual([]);
});

test('a reader that does not read is dropped and keeps nobody waiting', async () => {
  const daughter = await listen('daughter');
  const token = await town.tokenOf('walker');
  const socket = connect(Number(new URL(town.url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(`GET /api/v1/stream HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\n\r\n`);
  await new Promise((resolve) => socket.once('data', resolve));
  socket.pause();
  const id = await town.raise('r0');
  const alert = (await town.records.alert(id))!;
  const big = { ...alert, evidence: { padding: 'x'.repeat(200_000) } };
  const dropped = async () =>
    (await town.ask(undefined, 'GET', '/metrics')).text.includes('anju_api_streams_dropped_total 1');
  for (let i = 0; i < 200 && !(await dropped()); i++) town.api.alertChanged(big);
  expect(await dropped()).toBe(true);
  const heard = (await daughter.until(2)).length;
  town.api.alertChanged(alert);
  expect((await daughter.until(heard + 1)).at(-1)?.data.id).toBe(id);
  socket.destroy();
});

test('whom an event is told agrees with who may look, for everybody and everything', () => {
  const people = [...town.directory.users.values()];
  const subjects = fc.constantFrom('r0', 'r1', 'gone', '~spare', '~band-0');
  fc.assert(
    fc.property(subjects, fc.constantFrom(...people), (subject, user) => {
      expect(audienceOf(town.directory, subject)(user)).toBe(maySeeSubject(town.directory, user, subject));
    }),
  );
});
