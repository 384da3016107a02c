import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTown, type Town } from './support/town.ts';

let town: Town;
beforeEach(async () => {
  town = await openTown();
  const walker2 = { id: 'u-lin', username: 'lin', password: 'a-good-password', role: 'responder', areaId: 'east' };
  await town.as('admin', 'POST', '/users', walker2);
  await town.as('admin', 'DELETE', '/rosters/roster-0');
  await town.as('admin', 'DELETE', '/policies/policy-0');
});
afterEach(() => town.close());

/** 0.001 degrees north is 111 m. */
const near = { lat: 24.4461, lon: 118.0823, accuracyM: 10 };
type Nearby = { items: { userId: string; distanceM?: number; position?: { lat: number; ageS: number } }[] };
type Story = {
  dispatch: { offer?: { to: { userId: string; distanceM?: number }[] }; assignee?: object; leaseEndsAt?: string };
};

test('the centre sees who is on duty around an alert, how far they are and how old that is', async () => {
  const id = await town.raise('r0');
  expect((await town.as('lin', 'PUT', '/me/position', near)).status).toBe(204);
  town.clock.nowMs += 60_000;
  const { json } = await town.as<Nearby>('east', 'GET', `/alerts/${id}/responders`);
  expect(json.items.map(({ userId, distanceM }) => [userId, distanceM])).toEqual([
    ['u-lin', 121],
    ['u-walker', undefined],
  ]);
  expect(json.items[0]?.position).toMatchObject({ lat: 24.4461, ageS: 60 });
  town.clock.nowMs += 15 * 60_000;
  const later = await town.as<Nearby>('east', 'GET', `/alerts/${id}/responders`);
  expect(later.json.items.every(({ position }) => position === undefined)).toBe(true);
});

test('a phone with a Chinese map says so, and is shown on one', async () => {
  const id = await town.raise('r0');
  await town.as('lin', 'PUT', '/me/position', { ...near, datum: 'GCJ02' });
  const onGround = await town.as<Nearby>('east', 'GET', `/alerts/${id}/responders`);
  expect(Math.abs((onGround.json.items[0]?.position?.lat ?? 0) - near.lat)).toBeGreaterThan(0.001);
  const onMap = await town.as<Nearby>('east', 'GET', `/alerts/${id}/responders?datum=GCJ02`);
  expect(onMap.json.items[0]?.position?.lat).toBeCloseTo(near.lat, 6);
});

test('who is asked and who comes stands with the alert; her daughter sees only who comes', async () => {
  await town.as('lin', 'PUT', '/me/position', near);
  const id = await town.raise('r0');
  town.clock.nowMs += 30_000;
  await town.parts.desk.tick(town.nowMs);
  town.clock.nowMs += 30_000;
  await town.parts.desk.tick(town.nowMs);
  const asked = await town.as<Story>('east', 'GET', `/alerts/${id}`);
  expect(asked.json.dispatch.offer?.to.map(({ userId }) => userId)).toEqual(['u-lin', 'u-walker']);
  expect((await town.as<Story>('daughter', 'GET', `/alerts/${id}`)).json.dispatch).toEqual({});
  await town.as('lin', 'POST', `/alerts/${id}/actions`, { action: 'claim' });
  const comes = await town.as<Story>('daughter', 'GET', `/alerts/${id}`);
  expect(comes.json.dispatch.assignee).toEqual({
    userId: 'u-lin',
    name: 'lin',
    distanceM: 121,
    arrivalMin: 3,
    positionAgeS: 60,
  });
});

test('whoever has it in hand and does not set out is told when they lose it, and loses it then', async () => {
  const id = await town.raise('r0', 'zoneExit', 'P2');
  const dispatch = async (who: string) => (await town.as<Story>(who, 'GET', `/alerts/${id}`)).json.dispatch;
  expect((await dispatch('lin')).leaseEndsAt).toBeUndefined();
  await town.as('lin', 'POST', `/alerts/${id}/actions`, { action: 'claim' });
  const { leaseEndsAt = '' } = await dispatch('lin');
  expect(Date.parse(leaseEndsAt)).toBeGreaterThan(town.nowMs);
  expect(await dispatch('daughter')).not.toHaveProperty('leaseEndsAt');
  town.clock.nowMs = Date.parse(leaseEndsAt) - 1;
  await town.parts.desk.tick(town.nowMs);
  expect(await town.records.alert(id)).toMatchObject({ state: 'acknowledged' });
  town.clock.nowMs += 1;
  await town.parts.desk.tick(town.nowMs);
  expect(await town.records.alert(id)).toMatchObject({ state: 'open' });
});

test('only responders say where they are, and may take it back; a stranger sees nobody', async () => {
  const id = await town.raise('r0');
  for (const who of ['east', 'daughter', 'counter'])
    expect((await town.as(who, 'PUT', '/me/position', near)).status).toBe(403);
  expect((await town.as('lin', 'PUT', '/me/position', { lat: 91, lon: 0 })).status).toBe(400);
  await town.as('lin', 'PUT', '/me/position', near);
  await town.as('lin', 'DELETE', '/me/position');
  const { json } = await town.as<Nearby>('walker', 'GET', `/alerts/${id}/responders`);
  expect(json.items.every(({ position }) => position === undefined)).toBe(true);
  expect((await town.as('west', 'GET', `/alerts/${id}/responders`)).status).toBe(404);
  expect((await town.as('daughter', 'GET', `/alerts/${id}/responders`)).status).toBe(403);
});
