import { afterEach, expect, test } from 'vitest';
import type { Contact } from '../../model/people.ts';
import { eventually } from './support/eventually.ts';
import { closedPort, hookServer, ok } from './support/hook-server.ts';
import { type House, house, reachedAt } from './support/house.ts';
import { mailServer } from './support/mail-server.ts';
import {
  at,
  clear,
  contact,
  daughter,
  operator,
  raise,
  request,
  son,
  stranger,
  user,
  viewer,
  worker,
} from './support/night.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
function lasting<T extends { close(): Promise<unknown> }>(part: T): T {
  ends.push(() => part.close());
  return part;
}

type Server = Awaited<ReturnType<typeof hookServer>>;

/** Who was told, in order; waits until there were so many, then lets everything in flight end. */
async function told(home: House, server: Server, count: number): Promise<string[]> {
  await eventually(() => server.posted.length >= count);
  await home.desk.stop(1000);
  expect(server.faults).toEqual([]);
  return server.posted.map(({ path }) => path);
}

async function family(...more: readonly Contact[]) {
  const server = lasting(await hookServer());
  const contacts = [reachedAt(server, 'daughter', 0), reachedAt(server, 'son', 1), ...more];
  return { server, home: lasting(await house({ contacts })) };
}

test('02:10 SOS: the daughter is told; at 02:11 the son and the grid worker; at 02:13 the centre', async () => {
  const { server, home } = await family();
  await home.desk.apply([raise('02:10')]);
  await home.moveTo('02:10:59');
  expect(home.lines.filter(({ what }) => what === 'escalated')).toEqual([]);
  await home.moveTo('02:11');
  await home.moveTo('02:11:59');
  await home.moveTo('02:12:59');
  await home.moveTo('02:13');
  await home.moveTo('02:17:59');
  expect(await told(home, server, 2)).toEqual(['/daughter', '/son']);
  expect(home.apps).toEqual(['worker', 'worker', 'operator']);
  expect(home.lines.map(({ what, who, atMs }) => [what, who, (atMs - at('02:10')) / 1000])).toEqual([
    ['raised', 'service', 0],
    ['notified', 'daughter', 0],
    ['escalated', 'service', 60],
    ['notified', 'son', 60],
    ['escalated', 'service', 60],
    ['notified', 'worker', 60],
    ['sent', 'service', 179],
    ['notified', 'worker', 179],
    ['escalated', 'service', 180],
    ['notified', 'operator', 180],
  ]);
});

test('02:10 SOS, the daughter’s webhook is down: tried again and again, and at 02:11 the son is told', async () => {
  const server = lasting(await hookServer());
  const nowhere = contact('daughter', 0, {
    kind: 'webhook',
    address: `http://127.0.0.1:${await closedPort()}/daughter`,
  });
  const home = lasting(await house({ contacts: [nowhere, reachedAt(server, 'son', 1)] }));
  await home.desk.apply([raise('02:10')]);
  const attempts = async () => (await home.records.notificationsOf(home.only().id))[0]?.attempts;
  for (const [attempt, clock] of ['02:10', '02:10:02', '02:10:07', '02:10:17', '02:10:37'].entries()) {
    await home.moveTo(clock);
    await eventually(async () => (await attempts()) === attempt + 1);
  }
  expect(server.posted).toEqual([]);
  await home.moveTo('02:11');
  expect(await told(home, server, 1)).toEqual(['/son']);
});

test('an endpoint that is gone for good: the next contact is told at once, not after a minute', async () => {
  const server = lasting(
    await hookServer((request, response) => response.writeHead(request.url === '/daughter' ? 410 : 204).end()),
  );
  const contacts = [reachedAt(server, 'daughter', 0), reachedAt(server, 'son', 1)];
  const home = lasting(await house({ contacts }));
  await home.desk.apply([raise('02:10')]);
  expect(await told(home, server, 2)).toEqual(['/daughter', '/son']);
  const states = (await home.records.notificationsOf(home.only().id)).map(
    ({ recipientId, state }) => `${recipientId} ${state}`,
  );
  expect(states.sort()).toEqual(['daughter failed', 'son delivered', 'worker delivered', 'worker sent']);
});

test('one of two channels fails: she was told, nobody else is disturbed', async () => {
  const server = lasting(await hookServer());
  const address = `${server.url}/daughter`;
  const both = contact('daughter', 0, { kind: 'email', address: 'd@example.org' }, { kind: 'webhook', address });
  const home = lasting(await house({ contacts: [both, reachedAt(server, 'son', 1)] }));
  await home.desk.apply([raise('02:10')]);
  await eventually(async () =>
    (await home.records.notificationsOf(home.only().id)).every(({ state }) => state !== 'queued'),
  );
  expect(await told(home, server, 1)).toEqual(['/daughter']);
});

test('the mail server says 421 and then recovers: the mail arrives once', async () => {
  const server = lasting(await mailServer({ greeting: '421 too busy' }));
  const contacts = [contact('daughter', 0, { kind: 'email', address: 'd@example.org' })];
  const home = lasting(await house({ contacts, smtpUrl: server.url }));
  await home.desk.apply([raise('02:10')]);
  await eventually(() => home.logged.includes('warn: a notification is tried again'));
  server.answerWith({});
  await home.moveTo('02:10:01');
  expect(server.mails).toEqual([]);
  await home.moveTo('02:10:02');
  await eventually(() => server.mails.length === 1);
  await home.moveTo('02:10:30');
  await home.desk.stop(1000);
  expect(server.mails.map(({ to }) => to)).toEqual(['<d@example.org>']);
});

test('the daughter is on the way at 02:10:40: nobody else is woken', async () => {
  const { server, home } = await family();
  await home.desk.apply([raise('02:10')]);
  await home.desk.act(home.only().id, request('enRoute'), daughter, at('02:10:40'));
  await home.moveTo('04:00');
  expect(await told(home, server, 1)).toEqual(['/daughter']);
  expect(home.seen).toEqual(['sos open x1', 'sos enRoute x1']);
});

test('she answers, two minutes later there is a second press: she is told again', async () => {
  const { server, home } = await family();
  await home.desk.apply([raise('02:10')]);
  await home.desk.act(home.only().id, request('acknowledge'), daughter, at('02:10:40'));
  await home.moveTo('02:11:30');
  await home.desk.apply([raise('02:11:30')]);
  await home.moveTo('02:12:40');
  await home.desk.apply([raise('02:12:40')]);
  expect(await told(home, server, 2)).toEqual(['/daughter', '/daughter']);
  expect(new Set(server.posted.map(({ id }) => id)).size).toBe(2);
  expect(home.only()).toMatchObject({ state: 'acknowledged', count: 3 });
});

test('she passes it on: her brother is told, and has his minute', async () => {
  const { server, home } = await family(contact('neighbour', 2, { kind: 'log', address: 'log' }));
  await home.desk.apply([raise('02:10')]);
  await home.desk.act(home.only().id, request('claim'), daughter, at('02:10:20'));
  await home.moveTo('02:10:30');
  await home.desk.act(home.only().id, request('pass'), daughter, at('02:10:30'));
  await home.moveTo('02:11:29');
  expect(home.logged).toEqual([]);
  await home.moveTo('02:11:30');
  expect(home.logged).toEqual(['info: [P1 emergency] Call for help']);
  expect(await told(home, server, 2)).toEqual(['/daughter', '/son']);
});

test('closed, and then a new press: a new alert', async () => {
  const { server, home } = await family();
  await home.desk.apply([raise('02:10')]);
  const first = home.only();
  await home.desk.act(first.id, request('resolve', { outcome: 'false alarm' }), daughter, at('02:10:20'));
  await home.desk.apply([raise('02:10:30')]);
  expect(home.only().id).not.toBe(first.id);
  await expect(home.desk.act(first.id, request('reopen'), daughter, at('02:11'))).rejects.toMatchObject({
    code: 'conflict',
  });
  expect(await told(home, server, 2)).toEqual(['/daughter', '/daughter']);
});

test('an SOS on an empty battery: two alerts, and one of them wakes somebody', async () => {
  const { server, home } = await family();
  await home.desk.apply([raise('02:10', { type: 'batteryLow', severity: 'P4' }), raise('02:10')]);
  expect(home.desk.open().map(({ type }) => type)).toEqual(['sos', 'batteryLow']);
  expect(await told(home, server, 1)).toEqual(['/daughter']);
});

test('a battery is changed: over by itself', async () => {
  const { server, home } = await family();
  await home.desk.apply([raise('02:10', { type: 'batteryLow', severity: 'P4' })]);
  await home.desk.apply([clear('02:12', { type: 'batteryLow', severity: 'P4' })]);
  expect(home.desk.open()).toEqual([]);
  expect(home.seen).toEqual(['batteryLow open x1', 'batteryLow resolved x1']);
  expect(await told(home, server, 0)).toEqual([]);
});

test('the same fact again, whatever its batch, has no second effect', async () => {
  const { server, home } = await family();
  await home.desk.apply([raise('02:10'), raise('02:10')]);
  await home.desk.apply([raise('02:10')]);
  expect(home.seen).toEqual(['sos open x1']);
  expect(await told(home, server, 1)).toEqual(['/daughter']);
});

test('two people claim at the same moment: one has it, the other hears who', async () => {
  const { home } = await family();
  await home.desk.apply([raise('02:10')]);
  const { id } = home.only();
  const both = [daughter, son].map((who) => home.desk.act(id, request('claim'), who, at('02:10:10')));
  const [first, second] = await Promise.allSettled(both);
  expect(first?.status).toBe('fulfilled');
  expect(second).toMatchObject({ reason: { code: 'conflict', message: `alert ${id} is already claimed by daughter` } });
});

const outsiders = [
  { who: stranger, action: 'claim', code: 'notFound' },
  { who: viewer, action: 'claim', code: 'notFound' },
  { who: worker, action: 'assign', code: 'forbidden' },
] as const;
for (const { who, action, code } of outsiders) {
  test(`a ${who.role} (${who.id}) who tries to ${action}: ${code}`, async () => {
    const { home } = await family();
    await home.desk.apply([raise('02:10')]);
    const acted = home.desk.act(
      home.only().id,
      request(action, { ...(action === 'assign' && { assignee: 'son' }) }),
      who,
      at('02:11'),
    );
    await expect(acted).rejects.toMatchObject({ code });
    expect(home.seen).toEqual(['sos open x1']);
  });
}

test('the centre assigns only to somebody who may go', async () => {
  const { home } = await family();
  await home.desk.apply([raise('02:10')]);
  const { id } = home.only();
  const assign = (assignee: string) => home.desk.act(id, request('assign', { assignee }), operator, at('02:11'));
  for (const nobody of ['stranger', 'viewer', 'who', '__proto__'])
    await expect(assign(nobody)).rejects.toMatchObject({ code: 'badRequest' });
  expect(await assign('worker')).toMatchObject({ assignee: 'worker', state: 'acknowledged' });
  await expect(home.desk.act('no-such', request('claim'), operator, at('02:11'))).rejects.toMatchObject({
    code: 'notFound',
  });
});

test('a device that belongs to nobody: an alert for the administrator, and the service goes on', async () => {
  const { server, home } = await family();
  await home.desk.apply([raise('02:10', { subjectId: '~button', deviceId: 'button' })]);
  expect(home.only()).toMatchObject({ residentId: '~button', areaId: '' });
  expect(await told(home, server, 0)).toEqual([]);
});

test('an endpoint that never answers delays nobody', async () => {
  const server = lasting(
    await hookServer((request, response) => (request.url === '/daughter' ? undefined : ok(request, response))),
  );
  const both = [reachedAt(server, 'daughter', 0), reachedAt(server, 'son', 0)];
  const home = lasting(await house({ contacts: both }));
  const falls = Array.from({ length: 20 }, (_, i) => raise('02:10', { id: `s${i}`, subjectId: 'wang', type: 'sos' }));
  for (const fall of falls) {
    await home.desk.apply([fall]);
    await home.desk.act(home.only().id, request('resolve'), daughter, at('02:10'));
  }
  await eventually(() => server.posted.filter(({ path }) => path === '/son').length === 20);
  expect(server.posted.filter(({ path }) => path === '/daughter').length).toBe(8);
});

test('something that breaks while it listens harms nobody', async () => {
  const { server, home } = await family();
  home.desk.onChange(() => {
    throw new Error('a broken listener');
  });
  await home.desk.apply([raise('02:10')]);
  expect(await told(home, server, 1)).toEqual(['/daughter']);
  expect(home.logged).toEqual(['error: somebody who listens to alerts broke']);
});

test('a signal that cannot be understood is not taken for applied, and those around it are applied', async () => {
  const { server, home } = await family();
  const broken = { ...raise('02:10'), id: 'broken', evidence: undefined } as never;
  const signals = [raise('02:10', { type: 'smoke' }), broken, raise('02:10', { subjectId: 'zhao' })];
  await expect(home.desk.apply(signals)).rejects.toThrow('could not be applied: broken');
  expect(
    home.desk
      .open()
      .map(({ type, residentId }) => `${type} ${residentId}`)
      .sort(),
  ).toEqual(['smoke wang', 'sos zhao']);
  expect(home.logged).toEqual(['error: a signal could not be applied']);
  expect(await told(home, server, 1)).toEqual(['/daughter']);
});

test('she moved to the island while her call is open: who is on duty there is told, and nobody where she lived', async () => {
  const home = await house({ contacts: [contact('daughter', 0, { kind: 'log', address: 'daughter' })] });
  const { directory } = home;
  directory.apply({ kind: 'areas', id: 'island', entity: { id: 'island', name: 'Island', kind: 'district' } });
  directory.apply({ kind: 'users', id: 'islander', entity: user('islander', 'responder', { areaId: 'island' }) });
  await home.desk.apply([raise('02:10')]);
  const wang = directory.residents.get('wang')!; // of the neighbourhood
  directory.apply({ kind: 'residents', id: 'wang', entity: { ...wang, areaId: 'island' } });
  await home.moveTo('02:11');
  const told = home.lines.filter(({ what }) => what === 'notified').map(({ who }) => who);
  await home.close();
  expect(told).toEqual(['daughter', 'islander']);
});
