import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTown, type Town } from './support/town.ts';

let town: Town;
beforeEach(async () => {
  town = await openTown();
});
afterEach(() => town.close());

const every = [1, 2, 3, 4, 5, 6, 7];
const byDay = { shifts: [{ userId: 'u-walker', days: every, from: '08:00', to: '20:00' }] };
const sunday = 'from=2026-03-15T00:00:00Z&to=2026-03-16T00:00:00Z';
type Stretch = { from: string; to: string; userIds: string[] };

test('a roster with an evening nobody covers says so', async () => {
  expect((await town.as('admin', 'PATCH', '/rosters/roster-0', byDay)).status).toBe(200);
  type Answer = { duties: Stretch[]; gaps: Stretch[] };
  const { json } = await town.as<Answer>('walker', 'GET', `/rosters/roster-0/duty?${sunday}`);
  expect(json.duties.map(({ from, userIds }) => [from, userIds])).toEqual([
    ['2026-03-15T00:00:00.000Z', []],
    ['2026-03-15T08:00:00.000Z', ['u-walker']],
    ['2026-03-15T20:00:00.000Z', []],
  ]);
  expect(json.gaps.length).toBe(2);
});

test('whoever saves a roster is told at once when nobody will be on duty in the next week', async () => {
  town.clock.nowMs = Date.parse('2026-03-15T09:00:00Z');
  type Saved = { id: string; gaps: Stretch[] };
  const patched = await town.as<Saved>('admin', 'PATCH', '/rosters/roster-0', byDay);
  expect(patched.json.gaps.length).toBe(7);
  expect(patched.json.gaps[0]).toEqual({
    from: '2026-03-15T20:00:00.000Z',
    to: '2026-03-16T08:00:00.000Z',
    userIds: [],
  });
  const nights = { shifts: [{ userId: 'u-walker', days: every, from: '20:00', to: '08:00' }] };
  const { json } = await town.as<Saved>('admin', 'POST', '/rosters', {
    id: 'n',
    name: 'Nights',
    areaId: 'east',
    ...nights,
  });
  expect(json).toMatchObject({ id: 'n', gaps: [] }); // the other roster has the days
  expect((await town.as('admin', 'GET', '/rosters/n')).json).not.toHaveProperty('gaps');
});

test('who is on duty in an area now, and when nobody will be', async () => {
  await town.as('admin', 'PATCH', '/rosters/roster-0', byDay);
  town.clock.nowMs = Date.parse('2026-03-15T09:00:00Z');
  const { json } = await town.as<{ now: string[]; gaps: Stretch[] }>('east', 'GET', '/areas/east/duty');
  expect(json.now).toEqual(['u-walker']);
  expect(json.gaps[0]).toEqual({ from: '2026-03-15T20:00:00.000Z', to: '2026-03-16T08:00:00.000Z', userIds: [] });
});

test('who would be told when: by her own policy, and by the usual one for somebody without', async () => {
  type Answer = { items: { afterS: number; recipientId: string; channels: string[] }[] };
  const contacts = [{ id: 'niece', name: 'Niece', channels: [{ kind: 'log', address: 'log' }] }];
  await town.as('admin', 'PATCH', '/residents/r0', { contacts });
  const preview = async (who: string) => {
    const path = `/residents/${who}/escalation?type=sos&at=2026-03-15T02:10:00Z`;
    const { json } = await town.as<Answer>('admin', 'GET', path);
    return json.items.map(({ afterS, recipientId, channels }) => `${afterS} ${recipientId} ${channels.join('+')}`);
  };
  expect(await preview('r0')).toEqual(['0 niece log']);
  await town.as('admin', 'DELETE', '/policies/policy-0');
  await town.as('admin', 'PATCH', '/rosters/roster-0', {
    shifts: [{ userId: 'u-walker', days: every, from: '00:00', to: '23:59' }],
  });
  expect(await preview('r0')).toEqual(['0 niece log', '60 u-walker sse+mqtt', '180 u-east sse+mqtt', '480 niece log']);
});

test('a family sees who of its own is told when, and that somebody on duty is, without a name', async () => {
  await town.as('admin', 'DELETE', '/policies/policy-0');
  await town.as('admin', 'PATCH', '/rosters/roster-0', {
    shifts: [{ userId: 'u-walker', days: every, from: '00:00', to: '23:59' }],
  });
  const path = '/residents/r0/escalation?type=sos&at=2026-03-15T02:10:00Z';
  const { json, text } = await town.as<{ items: object[] }>('daughter', 'GET', path);
  expect(json.items.slice(0, 2)).toMatchObject([
    { afterS: 0, recipientId: 'c0', recipientName: 'Daughter' },
    { afterS: 60, recipientId: 'u-walker', channels: ['sse', 'mqtt'] },
  ]);
  expect(text).not.toMatch(/"(walker|east)"/);
});

test('the editor asks with a policy that is not stored yet, and nothing is stored by asking', async () => {
  await town.as('admin', 'PATCH', '/rosters/roster-0', {
    shifts: [{ userId: 'u-walker', days: every, from: '00:00', to: '23:59' }],
  });
  const ask = async (policy: object) => {
    const body = { type: 'sos', severity: 'P1', at: '2026-03-15T02:10:00Z', policy };
    const { json } = await town.as<{ policy: object; items: { afterS: number; recipientId: string }[] }>(
      'admin',
      'POST',
      '/residents/r0/escalation',
      body,
    );
    return { policy: json.policy, told: json.items.map(({ afterS, recipientId }) => `${afterS} ${recipientId}`) };
  };
  const steps = [{ afterS: 20, target: 'responders' }];
  const changed = { id: 'policy-0', name: 'Quicker', residentId: 'r0', steps };
  const before = town.parts.administration.exportDocument();
  expect(await ask(changed)).toEqual({ policy: { id: 'policy-0', name: 'Quicker' }, told: ['20 u-walker'] });
  // One for the street is not hers while she has her own.
  const { residentId: _hers, ...street } = { ...changed, id: 'policy-9', areaId: 'east' };
  expect((await ask(street)).policy).toEqual({ id: 'policy-0', name: 'At night' });
  expect(town.parts.administration.exportDocument()).toEqual(before);
  const { json } = await town.as('east', 'GET', '/residents/r0/escalation?type=batteryLow&severity=P4');
  expect(json).toMatchObject({ policy: null, items: [] });
});

test('outside their area there is neither roster nor area nor resident', async () => {
  for (const path of ['/rosters/roster-0/duty', '/areas/east/duty', '/residents/r0/escalation'])
    expect((await town.as('west', 'GET', path)).status).toBe(404);
  expect((await town.as('daughter', 'GET', '/residents/r1/escalation')).status).toBe(404);
  expect((await town.as('walker', 'GET', '/residents/r0/escalation')).status).toBe(403);
});

test('a policy that names a roster nobody knows is refused with its path', async () => {
  const steps = [{ afterS: 0, target: 'roster', rosterId: 'nowhere' }];
  const { status, text } = await town.as('admin', 'POST', '/policies', { id: 'p', name: 'P', steps });
  expect(status).toBe(400);
  expect(text).toContain('steps[0].rosterId');
});

test('steps out of order, or without the names they need, are refused', async () => {
  const wrong = [
    [
      { afterS: 60, target: 'contacts' },
      { afterS: 0, target: 'centre' },
    ],
    [{ afterS: 0, target: 'users' }],
    [{ afterS: 0, target: 'centre', userIds: ['u-walker'] }],
  ];
  for (const steps of wrong) {
    const { status } = await town.as('admin', 'POST', '/policies', { id: 'p', name: 'P', steps });
    expect(status).toBe(400);
  }
});
