import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTown, type Town } from './support/town.ts';

let town: Town;
/** What the rules have seen of her coming home. */
const back: { sinceMs: number | undefined } = { sinceMs: undefined };
beforeAll(async () => {
  town = await openTown({ backSince: () => back.sinceMs });
});
afterAll(() => town.close());

const inHours = (hours: number) => new Date(town.nowMs + hours * 3_600_000).toISOString();

test('the daughter says that her mother is away until Monday, and takes it back; both are in the audit log', async () => {
  const until = inHours(48);
  expect((await town.as('daughter', 'PUT', '/residents/r0/away', { until })).json).toEqual({ until });
  expect(town.directory.residents.get('r0')?.awayUntil).toBe(until);
  await town.as('daughter', 'PUT', '/residents/r0/away', { until: null });
  expect(town.directory.residents.get('r0')?.awayUntil).toBeUndefined();
  const log = await town.records.auditLog({ about: 'r0', limit: 10 });
  expect(log.map(({ who, what, detail }) => [who, what, detail?.until])).toEqual(
    expect.arrayContaining([
      ['u-daughter', 'away', until],
      ['u-daughter', 'away', null],
    ]),
  );
});

test('for the past and for ever are refused, and so is somebody else’s mother', async () => {
  for (const hours of [-1, 32 * 24])
    expect((await town.as('daughter', 'PUT', '/residents/r0/away', { until: inHours(hours) })).status).toBe(400);
  expect((await town.as('son', 'PUT', '/residents/r0/away', { until: inHours(1) })).status).toBe(404);
  expect((await town.as('walker', 'PUT', '/residents/r0/away', { until: inHours(1) })).status).toBe(403);
});

test('a band in test mode: its call is an exercise, half an hour at most, and it says who began it', async () => {
  expect((await town.as('east', 'PUT', '/devices/band-0/test', { minutes: 31 })).status).toBe(400);
  const { json } = await town.as('east', 'PUT', '/devices/band-0/test', { minutes: 30 });
  expect(json).toEqual({ until: inHours(0.5) });
  const id = await town.raise('r0');
  const { json: alert } = await town.as('daughter', 'GET', `/alerts/${id}`);
  expect(alert).toMatchObject({ exercise: true });
  const { json: silence } = await town.as('east', 'GET', '/silences/test-band-0');
  expect(silence).toMatchObject({ deviceId: 'band-0', exercise: true, tells: true, by: 'u-east' });
  expect((await town.as('east', 'DELETE', '/devices/band-0/test')).status).toBe(204);
  expect(town.directory.silences.has('test-band-0')).toBe(false);
  const log = await town.records.auditLog({ about: 'devices/band-0', limit: 10 });
  expect(log.map(({ who, what }) => `${who} ${what}`).sort()).toEqual(['u-east testMode', 'u-east testModeOver']);
});

test('an operator announces works in their street, not in another, and under their own name', async () => {
  const works = { id: 'works', areaId: 'east', from: inHours(0), to: inHours(2), reason: 'new router', by: 'u-west' };
  expect((await town.as('east', 'POST', '/silences', works)).json).toMatchObject({ id: 'works', by: 'u-east' });
  expect((await town.as('east', 'POST', '/silences', { ...works, id: 'w2', areaId: 'west' })).status).toBe(404);
  expect((await town.as('west', 'GET', '/silences/works')).status).toBe(404);
  expect((await town.as('east', 'PATCH', '/silences/works', { by: 'u-west' })).json).toMatchObject({ by: 'u-east' });
});

test('a silence keeps nothing from being removed', async () => {
  await town.parts.administration.put('devices', { id: 'old-hub', kind: 'hub', residentId: 'r0' });
  await town.as('east', 'PUT', '/devices/old-hub/test', {});
  expect((await town.as('east', 'DELETE', '/devices/old-hub')).status).toBe(204);
  expect(town.directory.silences.has('test-old-hub')).toBe(false);
});

test('her daughter sees on the page that she is away, and that she came back early', async () => {
  type Live = { away?: { until: string; backSince?: string } };
  const until = inHours(48);
  await town.as('daughter', 'PUT', '/residents/r0/away', { until });
  const away = await town.as<Live>('daughter', 'GET', '/residents/r0/live');
  expect(away.json.away).toEqual({ until });
  back.sinceMs = town.nowMs;
  const home = await town.as<Live>('daughter', 'GET', '/residents/r0/live');
  expect(home.json.away).toEqual({ until, backSince: inHours(0) });
  town.clock.nowMs = Date.parse(until);
  expect((await town.as<Live>('daughter', 'GET', '/residents/r0/live')).json.away).toBeUndefined();
});
