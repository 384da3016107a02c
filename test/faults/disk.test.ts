import { afterEach, expect, test } from 'vitest';
import { Intake } from '../../ingest/intake.ts';
import { type CommitLog, type Committed, Pipeline } from '../../ingest/pipeline.ts';
import type { Signal } from '../../model/alert.ts';
import { Directory } from '../../model/directory.ts';
import type { Reading } from '../../model/reading.ts';
import { Engine } from '../../rules/engine.ts';
import { HomeZones } from '../../rules/home-zones.ts';
import { rules } from '../../rules/index.ts';
import type { Household, Rule } from '../../rules/rule.ts';
import type { TelemetryStore } from '../../store/contracts.ts';
import { openTelemetry } from '../../store/telemetry/telemetry.ts';
import { eventually, removeFolder, temporaryFolder } from '../support/service.ts';

const startMs = Date.UTC(2026, 4, 4, 2);
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function household(subjectId: string): Household {
  const device = { id: 'smoke-1', kind: 'smokeDetector', residentId: subjectId } as const;
  const devices = new Map([[device.id, device]]);
  return { subjectId, resident: undefined, devices, zones: HomeZones.none, home: undefined, timeZone: 'Asia/Shanghai' };
}

function reading(n: number, facts: Reading['facts'], deviceId = 'band-1'): Reading {
  const atMs = startMs + n;
  const [kind, lane] = [deviceId === 'smoke-1' ? 'smokeDetector' : 'wristband', 'telemetry'] as const;
  return {
    id: `${deviceId}:t${atMs}`,
    deviceId,
    kind,
    subjectId: 'r1',
    lane,
    takenAtMs: atMs,
    receivedAtMs: atMs,
    late: false,
    facts,
  };
}
const press = (n: number) => reading(n, { events: ['sos'] });

/** The pipeline on real files behind a disk that misbehaves as `disk` says. */
async function onDisk(disk: (store: TelemetryStore) => Partial<CommitLog>) {
  const folder = temporaryFolder();
  const store = await openTelemetry(folder);
  ends.push(
    () => removeFolder(folder),
    () => store.close(),
  );
  const usual: CommitLog = {
    commit: (batch) => store.commit(batch),
    reopen: () => store.reopen(),
    states: () => store.states(),
    pendingSignals: () => store.pendingSignals(),
  };
  const committed: Committed[] = [];
  const fromMemory: Signal[] = [];
  const troubles: string[] = [];
  const time = { nowMs: startMs };
  const listener: { hear: (committed: Committed) => void } = { hear: (batch) => void committed.push(batch) };
  const pipeline = new Pipeline({
    engine: new Engine(rules, household, startMs),
    log: { ...usual, ...disk(store) },
    clock: () => time.nowMs,
    onCommitted: (batch) => listener.hear(batch),
    onUnstored: (signals) => fromMemory.push(...signals),
    onTrouble: (_error, what) => troubles.push(what),
    onForget: () => undefined,
  });
  ends.push(() => pipeline.stop(1_000));
  const send = (...readings: Reading[]): Promise<Error | undefined> =>
    new Promise((resolve) => pipeline.take({ readings, quarantined: [] }, resolve));
  return { pipeline, time, committed, fromMemory, troubles, listener, send };
}

test('the disk hangs: an SOS is told from memory, and is acknowledged only when it is on disk', async () => {
  const { promise: thaw, resolve: melt } = Promise.withResolvers<void>();
  const { pipeline, fromMemory, committed, send } = await onDisk((store) => ({
    commit: (batch) => thaw.then(() => store.commit(batch)),
  }));
  const answers: unknown[] = [];
  void send(press(1)).then((error) => answers.push(error));
  void send(press(2)).then((error) => answers.push(error));
  expect(await eventually(() => (fromMemory.length === 2 ? true : undefined))).toBe(true);
  expect(answers).toEqual([]);
  melt();
  await pipeline.drained();
  expect(answers).toEqual([undefined, undefined]);
  const ids = committed.flatMap(({ signals }) => signals.map(({ id }) => id));
  expect(ids).toEqual(fromMemory.map(({ id }) => id));
});

test('a commit that reports an error and is on disk all the same: what it concluded is told after the recovery, not at the next start', async () => {
  let isLying = true;
  const { pipeline, committed, send } = await onDisk((store) => ({
    async commit(batch) {
      await store.commit(batch);
      if (isLying) throw new Error('EIO');
    },
  }));
  expect(await send(reading(1, { batteryPct: 3 }))).toBeInstanceOf(Error);
  isLying = false;
  expect(await eventually(() => (pipeline.failing ? undefined : true))).toBe(true);
  // The band sends it again. Its rules remember having said so, so nothing but the outbox can tell.
  expect(await send(reading(1, { batteryPct: 3 }))).toBeUndefined();
  expect(committed.flatMap(({ signals }) => signals.map(({ type }) => type))).toEqual(['batteryLow']);
});

test('the store cannot be opened again twice in a row: it goes on trying, and then what is sent again is taken', async () => {
  let refusals = 2;
  let isBroken = true;
  const { pipeline, troubles, send } = await onDisk((store) => ({
    commit: (batch) => (isBroken ? Promise.reject(new Error('EIO')) : store.commit(batch)),
    async reopen() {
      if (refusals-- > 0) throw new Error('ENOSPC');
      isBroken = false;
      await store.reopen();
    },
  }));
  expect(await send(press(1))).toBeInstanceOf(Error);
  expect(await eventually(() => (pipeline.failing ? undefined : true), 10_000)).toBe(true);
  expect(troubles.filter((what) => what.includes('could not be opened'))).toHaveLength(2);
  expect(await send(press(1))).toBeUndefined();
});

test('told to stop while the store cannot be opened: it gives up at once and leaves the files alone', async () => {
  let reopened = 0;
  const { pipeline, send } = await onDisk(() => ({
    commit: () => Promise.reject(new Error('EIO')),
    async reopen() {
      reopened += 1;
      throw new Error('ENOSPC');
    },
  }));
  await send(press(1));
  await eventually(() => (reopened > 0 ? true : undefined));
  await pipeline.stop(1_000);
  const then = reopened;
  expect(await eventually(() => (reopened > then ? true : undefined), 700)).toBeUndefined();
});

test('the disk failed for two days: no device is called silent for what was our silence', async () => {
  let isBroken = false;
  const { pipeline, time, committed, send } = await onDisk((store) => ({
    commit: (batch) => (isBroken ? Promise.reject(new Error('EIO')) : store.commit(batch)),
  }));
  const told = async (hours: number) => {
    pipeline.tick(startMs + hours * 3_600_000);
    await pipeline.drained();
    return committed.flatMap(({ signals }) => signals.map(({ type }) => type));
  };
  await send(reading(0, { smoke: false }, 'smoke-1'));
  isBroken = true;
  await send(reading(1, { motion: true }));
  isBroken = false;
  time.nowMs = startMs + 48 * 3_600_000;
  expect(await eventually(() => (pipeline.failing ? undefined : true))).toBe(true);
  expect(await told(51)).toEqual([]); // a smoke detector may be silent for 50 hours
  expect(await told(48 + 50)).toEqual(['deviceOffline']);
});

test('a whole town falls silent at one moment: an SOS does not wait for all of its deadlines, and each is met once', async () => {
  const { pipeline, time, committed, send } = await onDisk(() => ({}));
  const homes = Array.from({ length: 5_000 }, (_, i) => `r${i}`);
  await send(...homes.map((subjectId) => ({ ...reading(0, { smoke: false }, 'smoke-1'), subjectId })));
  time.nowMs = startMs + 51 * 3_600_000;
  pipeline.tick(time.nowMs);
  await send({ ...press(51 * 3_600_000), subjectId: 'elsewhere' });
  const told = () => committed.flatMap(({ signals }) => signals.map(({ type, subjectId }) => `${type} ${subjectId}`));
  expect(told().filter((one) => one.startsWith('sos'))).toHaveLength(1);
  expect(told().length).toBeLessThan(homes.length);
  await eventually(() => (told().length > homes.length ? true : undefined));
  expect(new Set(told()).size).toBe(homes.length + 1);
  expect(told()).toHaveLength(homes.length + 1);
});

test('somebody who hears of a commit breaks: it is on disk, so it is acknowledged, and the service is not failing', async () => {
  const { pipeline, listener, troubles, send } = await onDisk(() => ({}));
  listener.hear = () => {
    throw new Error('a live view broke');
  };
  expect(await send(press(1))).toBeUndefined();
  expect(pipeline.failing).toBe(false);
  expect(troubles).toEqual(['somebody could not be told what is on disk now']);
});

test('a message breaks on its way: when it is sent again it is not taken for one that was stored', async () => {
  const directory = new Directory();
  const band = { id: 'band-1', kind: 'wristband', residentId: 'r1' } as const;
  directory.apply({ kind: 'devices', id: band.id, entity: band });
  const taken: Reading[] = [];
  let isBroken = true;
  const intake = new Intake({
    directory,
    take(message, done) {
      if (isBroken) throw new Error('a mistake of ours');
      taken.push(...message.readings);
      done();
    },
  });
  const payload = new TextEncoder().encode(JSON.stringify({ t: startMs, seq: 1, event: 'sos' }));
  const arrival = { senderId: band.id, topic: 'v1/devices/band-1/event', payload, receivedAtMs: startMs };
  expect(() => intake.accept(arrival, () => undefined)).toThrow('a mistake of ours');
  isBroken = false;
  intake.accept(arrival, () => undefined);
  expect(taken.map(({ facts }) => facts.events)).toEqual([['sos']]);
});

const poisoned: Rule<unknown> = {
  kind: 'poisoned',
  initial: 0,
  step(_home, state, input) {
    if (input.kind === 'reading' && input.reading.facts.steps === 13) throw new Error('a mistake in a rule');
    return { state: Number(state) + 1 };
  },
};

test('a reading that breaks a rule is stored and acknowledged, and the other rules see it', () => {
  const troubles: string[] = [];
  const all = [poisoned, ...rules];
  const engine = new Engine(all, household, startMs, ({ rule, subjectId }) => troubles.push(`${rule} ${subjectId}`));
  engine.step(reading(1, { steps: 1 }), startMs);
  const { signals } = engine.step(reading(2, { steps: 13, events: ['sos'] }), startMs);
  expect(signals.map(({ type }) => type)).toEqual(['sos']);
  expect(troubles).toEqual(['poisoned r1']);
  expect(JSON.parse(engine.stateOf('r1'))).toMatchObject({ poisoned: 1 });
});

const shapes = ['7', '"x"', '[]', '{"smoke-1":null}', '{"smoke-1":7}', '{"dueAtMs":"soon"}', '{"dueAtMs":null}'];
for (const shape of shapes) {
  test(`states of an older shape (${shape}) stop neither the start nor an alarm of that home nor another home`, () => {
    const engine = new Engine(rules, household, startMs);
    engine.restore('r1', JSON.stringify(Object.fromEntries(rules.map(({ kind }) => [kind, JSON.parse(shape)]))));
    engine.restore('r2', '{}');
    expect([...engine.due(startMs + 1)].flatMap(({ signals }) => signals)).toEqual([]);
    const alarm = reading(2, { events: ['smoke', 'sos'], smoke: true }, 'smoke-1');
    expect(engine.step(alarm, startMs + 2).signals.map(({ type }) => type)).toEqual(['sos', 'smoke']);
    const elsewhere = engine.step({ ...alarm, subjectId: 'r2' }, startMs + 2);
    expect(elsewhere.signals.map(({ type }) => type)).toEqual(['sos', 'smoke']);
    const later = [...engine.due(startMs + 60 * 3_600_000)].flatMap(({ signals }) => signals.map(({ type }) => type));
    expect(later.filter((type) => type === 'deviceOffline')).toHaveLength(2);
  });
}
