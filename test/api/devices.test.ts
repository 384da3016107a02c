import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTown, type Page, type Town } from './support/town.ts';

let town: Town;
beforeEach(async () => {
  town = await openTown();
});
afterEach(() => town.close());

const order = (who: string, device: string, body: object) => town.as(who, 'POST', `/devices/${device}/commands`, body);

test('the daughter lets the band ring; the list says what became of it, and the audit log who did it', async () => {
  const { status, json } = await order('daughter', 'band-0', { name: 'ring' });
  expect(status).toBe(202);
  expect(json).toMatchObject({ name: 'ring', args: { durationS: 30 }, by: 'u-daughter', state: 'waiting', reached: 0 });
  const { json: list } = await town.as<Page>('east', 'GET', '/devices/band-0/commands');
  expect(list.items).toEqual([json]);
  const [entry] = await town.records.auditLog({ about: 'r0', limit: 1 });
  expect(entry).toMatchObject({ who: 'u-daughter', what: 'command', detail: { deviceId: 'band-0', name: 'ring' } });
});

test('a siren is for the centre, and a band calls nobody but the contacts for those who are not', async () => {
  expect((await order('daughter', 'band-0', { name: 'siren' })).status).toBe(403);
  expect((await order('east', 'band-0', { name: 'siren' })).status).toBe(202);
  expect((await order('walker', 'band-0', { name: 'callBack', number: '13911111111' })).status).toBe(400);
  expect((await order('walker', 'band-0', { name: 'callBack', number: '138 0000 0000' })).status).toBe(202);
  town.clock.nowMs += 10_000;
  expect((await order('east', 'band-0', { name: 'callBack', number: '0592-12349' })).status).toBe(202);
});

test('intervals and check-ins are not for people, nor is anything nobody knows', async () => {
  for (const name of ['reportInterval', 'confirmOk', 'selfDestruct'])
    expect((await order('admin', 'band-0', { name })).status).toBe(400);
});

test('a double click is one ring, and nobody rings a band all day', async () => {
  expect((await order('daughter', 'band-0', { name: 'ring' })).status).toBe(202);
  expect((await order('daughter', 'band-0', { name: 'ring' })).status).toBe(429);
  expect((await order('daughter', 'band-0', { name: 'locate' })).status).toBe(202);
  const statuses: number[] = [];
  for (let i = 0; i < 12; i++) {
    town.clock.nowMs += 20_000;
    statuses.push((await order('daughter', 'band-0', { name: 'ring' })).status);
  }
  expect(statuses.filter((status) => status === 202)).toHaveLength(10);
  expect(statuses.at(-1)).toBe(429);
});

test('an order for a device of others is for nobody', async () => {
  for (const who of ['son', 'west']) expect((await order(who, 'band-0', { name: 'ring' })).status).toBe(404);
  expect((await order('east', 'spare', { name: 'ring' })).status).toBe(404);
  expect((await order('admin', 'spare', { name: 'ring' })).status).toBe(202);
});

test('the last messages of one device, latest first, whoever else speaks in the same home', async () => {
  await town.say('band-0', { batteryPct: 90 }, town.nowMs - 3 * 3_600_000);
  await town.say('motion-0', { motion: true });
  await town.say('band-0', { batteryPct: 80, worn: true }, town.nowMs - 60_000);
  const { json } = await town.as<Page>('east', 'GET', '/devices/band-0/messages');
  expect(json.items).toEqual([
    {
      t: '2026-03-07T03:59:00.000Z',
      receivedAt: '2026-03-07T04:00:00.000Z',
      lane: 'telemetry',
      late: false,
      facts: { batteryPct: 80, worn: true },
    },
    expect.objectContaining({ t: '2026-03-07T01:00:00.000Z', late: true, facts: { batteryPct: 90 } }),
  ]);
  const one = await town.as<Page>('east', 'GET', '/devices/band-0/messages?limit=1');
  expect(one.json.items).toHaveLength(1);
  expect((await town.as('daughter', 'GET', '/devices/band-0/messages')).status).toBe(403);
  const whats = (await town.records.auditLog({ about: 'r0', limit: 9 })).map(({ what }) => what);
  expect(whats).toContain('messagesRead');
});

test('what a device said that nobody could read is for the centre that looks after it', async () => {
  const refused = {
    topic: 't',
    receivedAtMs: town.nowMs,
    reason: 'notJson',
    detail: '',
    payloadHead: 'eA==',
    payloadBytes: 1,
  };
  const quarantined = ['band-0', 'band-1'].map((deviceId) => ({ ...refused, deviceId }));
  await town.telemetry.commit({ readings: [], states: new Map(), signals: [], quarantined });
  const { json } = await town.as<Page>('east', 'GET', '/devices/band-0/quarantine');
  expect(json.items).toMatchObject([{ deviceId: 'band-0', reason: 'notJson' }]);
  expect((await town.as('east', 'GET', '/devices/band-1/quarantine')).status).toBe(404);
});

test('a new device is added by its id, and its token comes as text and as what a QR code holds', async () => {
  await town.as('east', 'POST', '/devices', { id: 'band-9', kind: 'wristband', residentId: 'r0' });
  const { json } = await town.as<{ token: string; qr: string }>('east', 'POST', '/devices/band-9/token');
  expect(json.qr).toBe(`anju:1:band-9:${json.token}`);
});

test('who sets devices up sees which can log in and when each was heard of; those of another street are left out', async () => {
  type Connections = { items: { deviceId: string; hasToken: boolean; heardAt?: string }[] };
  await town.as('admin', 'POST', '/devices/band-0/token');
  await town.say('band-0', { batteryPct: 80 }, town.nowMs - 60_000);
  await town.telemetry.commit({
    readings: [
      {
        ...{ id: 'lost', deviceId: 'band-0', kind: 'wristband', subjectId: 'r0', lane: 'telemetry', late: false },
        ...{ takenAtMs: town.nowMs, receivedAtMs: town.nowMs, facts: { online: false } },
      },
    ],
    ...{ states: new Map(), signals: [], quarantined: [] },
  });
  const { json } = await town.as<Connections>('east', 'GET', '/device-connections?ids=band-0,motion-0,band-1,nothing');
  expect(json.items).toEqual([
    { deviceId: 'band-0', hasToken: true, heardAt: new Date(town.nowMs - 60_000).toISOString() },
    { deviceId: 'motion-0', hasToken: false },
  ]);
  expect((await town.as('admin', 'GET', '/device-connections')).status).toBe(200);
  expect((await town.as('daughter', 'GET', '/device-connections?ids=band-0')).status).toBe(403);
});

test('what a device said before the service began is found as well', async () => {
  const reading = await town.say('band-0', { batteryPct: 80 }, town.nowMs - 3_600_000);
  town.api.forget('r0'); // nothing of her is in memory, as after a start
  const { json } = await town.as('east', 'GET', '/device-connections?ids=band-0');
  expect(json.items).toEqual([
    { deviceId: 'band-0', hasToken: false, heardAt: new Date(reading.takenAtMs).toISOString() },
  ]);
});
