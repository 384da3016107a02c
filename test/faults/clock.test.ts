import { afterEach, expect, test } from 'vitest';
import { ClockWatch } from '../../app/clock-watch.ts';
import { CommandDesk } from '../../app/command-desk.ts';
import { Intake } from '../../ingest/intake.ts';
import { Directory } from '../../model/directory.ts';
import type { Reading } from '../../model/reading.ts';
import { Engine } from '../../rules/engine.ts';
import { HomeZones } from '../../rules/home-zones.ts';
import { rules } from '../../rules/index.ts';
import type { Household } from '../../rules/rule.ts';
import { eventually } from '../alerts/support/eventually.ts';
import { hookServer, ok } from '../alerts/support/hook-server.ts';
import { house, reachedAt } from '../alerts/support/house.ts';
import { at, daughter, raise, request, worker } from '../alerts/support/night.ts';
import { message, openDoor, Town } from '../broker/support.ts';
import { east, homeOf } from '../rules/support/home.ts';

const hourMs = 3_600_000;
const startMs = Date.UTC(2026, 4, 4, 2);
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const jumps = [
  { name: 'an hour back', byMs: -hourMs },
  { name: 'an hour ahead', byMs: hourMs },
  { name: 'a day back', byMs: -24 * hourMs },
  { name: 'a day ahead', byMs: 24 * hourMs },
];

for (const { name, byMs } of jumps) {
  test(`the clock is set ${name}: it is noticed once, and a clock being kept right is not`, () => {
    let [nowMs, steadyMs] = [startMs, 0];
    const pass = (wallMs: number, realMs: number) => {
      nowMs += wallMs;
      steadyMs += realMs;
    };
    const watch = new ClockWatch(
      () => nowMs,
      () => steadyMs,
    );
    pass(250, 250);
    expect(watch.look()).toBe(0);
    pass(250 + byMs, 250);
    expect(watch.look()).toBe(byMs);
    pass(300, 250);
    expect(watch.look()).toBe(0);
  });

  test(`the clock is set ${name}: no connection is closed for it, and an SOS is heard`, async () => {
    const town = new Town();
    const { logIn, clock } = await openDoor(town, { steadyClock: () => performance.now() });
    const band = await logIn('band-1');
    clock.passS(byMs / 1000);
    await new Promise((resolve) => setTimeout(resolve, 30)); // several sweeps
    band.send(message('v1/devices/band-1/event', 'sos'));
    await band.next('puback');
    expect(town.heard).toEqual(['sos']);
  });

  test(`the clock is set ${name}: the next press of a button that counts from one again is heard`, () => {
    const directory = new Directory();
    const button = { id: 'button', kind: 'callButton', residentId: 'r1' } as const;
    directory.apply({ kind: 'devices', id: button.id, entity: button });
    const taken: Reading[] = [];
    const intake = new Intake({ directory, take: ({ readings }) => void taken.push(...readings) });
    const payload = new TextEncoder().encode(JSON.stringify({ seq: 1, event: 'sos' }));
    const pressAt = (receivedAtMs: number) =>
      intake.accept({ senderId: 'button', topic: 'v1/devices/button/event', payload, receivedAtMs }, () => undefined);
    pressAt(startMs);
    pressAt(startMs + 1_000);
    pressAt(startMs + byMs + 30 * 60_000);
    expect(new Set(taken.map(({ id }) => id)).size).toBe(2);
  });
}

const band = { id: 'band', kind: 'wristband', residentId: 'r1' } as const;

function household(subjectId: string): Household {
  const devices = new Map([[band.id, band]]);
  return { subjectId, resident: undefined, devices, zones: HomeZones.none, home: undefined, timeZone: 'Asia/Shanghai' };
}

function reading(atMs: number, facts: Reading['facts']): Reading {
  const when = { takenAtMs: atMs, receivedAtMs: atMs, late: false };
  return { id: `band:${atMs}`, deviceId: 'band', kind: 'wristband', subjectId: 'r1', lane: 'event', ...when, facts };
}

const told = (engine: Engine, nowMs: number) =>
  [...engine.due(nowMs)].flatMap(({ signals }) => signals.map(({ type, severity }) => `${type} ${severity}`));

test('set back an hour with a fall unanswered: it becomes critical within its minute all the same, once', () => {
  const engine = new Engine(rules, household, startMs);
  engine.step(reading(startMs, { events: ['fall'] }), startMs);
  engine.clockSetBack(hourMs);
  // Steps that say nothing keep its deadline as it is.
  engine.step(reading(startMs - hourMs + 20_000, { steps: 100 }), startMs - hourMs + 20_000);
  expect(told(engine, startMs - hourMs + 59_000)).toEqual([]);
  expect(told(engine, startMs - hourMs + 60_000)).toEqual(['fall P1']);
  expect(told(engine, startMs + hourMs / 3)).not.toContain('fall P1');
});

test('set back an hour twice: deadlines from before, between and after each come in their time', () => {
  const engine = new Engine(rules, household, startMs);
  engine.step(reading(startMs, { events: ['fall'] }), startMs);
  engine.clockSetBack(hourMs);
  engine.clockSetBack(hourMs);
  expect(told(engine, startMs - 2 * hourMs + 60_000)).toEqual(['fall P1']);
  const againMs = startMs - 2 * hourMs + 90_000;
  engine.step(reading(againMs + hourMs * 3, { events: ['fall'] }), againMs);
  expect(told(engine, againMs + hourMs * 3 + 59_000)).not.toContain('fall P1');
  expect(told(engine, againMs + hourMs * 3 + 60_000)).toContain('fall P1');
});

test('set ahead by an hour: nobody is called silent for an hour that never was', () => {
  const engine = new Engine(rules, household, startMs);
  engine.step(reading(startMs, { heartRateBpm: 70 }), startMs);
  engine.listensSince(startMs + hourMs);
  expect(told(engine, startMs + hourMs)).toEqual([]);
  expect(told(engine, startMs + hourMs + 25 * 60_000)).toEqual(['deviceOffline P4']);
});

test('set back an hour while somebody is out and speaks every minute: nobody calls her lost', () => {
  const out = (atMs: number, metres: number) => reading(atMs, { position: { ...east(metres), accuracyM: 10 } });
  const home = homeOf({ devices: [{ ...band, residentId: 'wang' }] });
  const engine = new Engine(rules, () => home, startMs);
  const lost: string[] = [];
  for (let minute = 0; minute < 60; minute++) {
    const nowMs = startMs + minute * 60_000 - (minute < 20 ? 0 : hourMs);
    if (minute === 20) engine.clockSetBack(hourMs);
    engine.step(out(nowMs, 2_000 + 50 * minute), nowMs);
    lost.push(...told(engine, nowMs).filter((what) => what.startsWith('contactLost')));
  }
  expect(lost).toEqual([]);
});

test('started with a clock an hour ahead, which is then put right: silence from then on is told in its time', () => {
  const engine = new Engine(rules, household, startMs + hourMs);
  engine.clockSetBack(hourMs);
  engine.step(reading(startMs + 60_000, { heartRateBpm: 70 }), startMs + 60_000);
  expect(told(engine, startMs + 26 * 60_000)).toEqual(['deviceOffline P4']);
});

test('set back an hour: a silence that was ours before is no device’s for it', () => {
  const before = new Engine(rules, household, startMs - 20 * 60_000);
  before.step(reading(startMs - 20 * 60_000, { heartRateBpm: 70 }), startMs - 20 * 60_000);
  const engine = new Engine(rules, household, startMs);
  engine.restore('r1', before.stateOf('r1'));
  engine.clockSetBack(hourMs);
  expect(told(engine, startMs - hourMs + 24 * 60_000)).toEqual([]);
  expect(told(engine, startMs - hourMs + 25 * 60_000)).toEqual(['deviceOffline P4']);
});

async function family() {
  const server = await hookServer();
  const contacts = [reachedAt(server, 'daughter', 0), reachedAt(server, 'son', 1)];
  const home = await house({ contacts });
  ends.push(
    () => server.close(),
    () => home.close(),
  );
  return { server, home, paths: () => server.posted.map(({ path }) => path) };
}

test('set back an hour while an SOS is unanswered: the next contact is told a minute later, not an hour', async () => {
  const { home, paths } = await family();
  await home.desk.apply([raise('02:10')]);
  await home.moveTo('01:10:10');
  await home.moveTo('01:11:10');
  await eventually(() => paths().length === 2);
  expect(paths()).toEqual(['/daughter', '/son']);
});

test('set back an hour while an endpoint is down: the SOS is tried again at once', async () => {
  const { server, home, paths } = await family();
  server.answerWith((_, response) => response.writeHead(503).end());
  await home.desk.apply([raise('02:10')]);
  await eventually(async () => (await home.records.notificationsOf(home.only().id))[0]?.attempts === 1);
  server.answerWith(ok);
  await home.moveTo('01:10:03');
  await eventually(() => paths().length === 2);
});

test('set back an hour after an acknowledgement: a new press is told again', async () => {
  const { home, paths } = await family();
  await home.desk.apply([raise('02:10')]);
  await home.desk.act(home.only().id, request('claim'), daughter, at('02:10:30'));
  await home.moveTo('01:20');
  await home.desk.apply([raise('01:20')]);
  await eventually(() => paths().length === 2);
  await home.desk.apply([raise('01:20:30')]);
  await home.desk.stop(1000);
  expect(paths()).toEqual(['/daughter', '/daughter']);
});

test('set back an hour after an SOS was claimed: who does not set out has it for five minutes, not sixty-five', async () => {
  const { home } = await family();
  await home.desk.apply([raise('02:10')]);
  await home.desk.act(home.only().id, request('claim'), worker, at('02:10:30'));
  await home.moveTo('01:11');
  await home.moveTo('01:17');
  expect(home.only()).toMatchObject({ state: 'open' });
  expect(home.lines.map(({ what }) => what)).toContain('takenBack');
});

test('set back an hour while an SOS is offered to who is on duty: the nearest is sent in a minute, not in an hour', async () => {
  const { home } = await family();
  await home.desk.apply([raise('02:10')]);
  await home.moveTo('02:11');
  expect(home.only().handling?.offer?.userIds).toEqual(['worker']);
  await home.moveTo('01:11:10');
  await home.moveTo('01:12:20');
  expect(home.only()).toMatchObject({ assignee: 'worker' });
});

test('set back an hour: a command is repeated as before', () => {
  let nowMs = startMs;
  let sent = 0;
  const send = () => {
    sent += 1;
    return true;
  };
  const desk = new CommandDesk({ send, clock: () => nowMs });
  desk.send({ id: 'c1', deviceId: 'band', name: 'ring', args: {} });
  nowMs -= hourMs;
  desk.tick(nowMs);
  expect(sent).toBe(2);
  desk.tick(nowMs + 5_000);
  expect(sent).toBe(2);
});

for (const { name, byMs } of jumps) {
  test(`the clock is set ${name} while a fall is unanswered: it becomes critical once, and no second time when it is set right`, () => {
    const engine = new Engine(rules, household, startMs);
    const set = (nowMs: number, jumpMs: number): number => {
      if (jumpMs < 0) engine.clockSetBack(-jumpMs);
      else engine.listensSince(nowMs + jumpMs);
      return nowMs + jumpMs;
    };
    engine.step(reading(startMs, { events: ['fall'] }), startMs);
    const afterMs = set(startMs + 30_000, byMs);
    const first = told(engine, afterMs + 40_000);
    const backMs = set(afterMs + 50_000, -byMs);
    const second = told(engine, backMs + 120_000);
    expect([...first, ...second].filter((one) => one === 'fall P1')).toEqual(['fall P1']);
  });
}

for (const { name, clock, next } of [
  { name: 'an hour', clock: '03:10:10', next: '03:11:15' },
  { name: 'a day', clock: '26:10:10', next: '26:11:15' },
]) {
  test(`set ahead ${name} while an SOS is unanswered: the steps that are due are taken once, one round begins anew, and the others are left for later`, async () => {
    const { home, paths } = await family();
    await home.desk.apply([raise('02:10')]);
    await eventually(() => paths().length === 1);
    for (const time of [clock, clock, clock]) await home.moveTo(time);
    await eventually(() => paths().length === 3);
    await home.moveTo(next);
    await eventually(() => paths().length === 4);
    await home.desk.stop(1000);
    expect(home.only().count).toBe(1);
    expect(paths()).toEqual(['/daughter', '/son', '/daughter', '/son']);
  });

  test(`set ahead ${name} and right again while an SOS is unanswered: nobody is told more than the new round says`, async () => {
    const { home, paths } = await family();
    await home.desk.apply([raise('02:10')]);
    await eventually(() => paths().length === 1);
    await home.moveTo(clock);
    await eventually(() => paths().length === 3);
    for (const time of ['02:10:20', '02:10:40']) await home.moveTo(time);
    expect(paths()).toEqual(['/daughter', '/son', '/daughter']);
    await home.moveTo('02:11:45');
    await eventually(() => paths().length === 4);
    await home.desk.stop(1000);
    expect(paths()).toEqual(['/daughter', '/son', '/daughter', '/son']);
  });
}
