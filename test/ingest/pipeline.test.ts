import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Committed, Pipeline } from '../../ingest/pipeline.ts';
import type { Signal } from '../../model/alert.ts';
import type { Reading } from '../../model/reading.ts';
import { Engine } from '../../rules/engine.ts';
import { HomeZones } from '../../rules/home-zones.ts';
import { rules } from '../../rules/index.ts';
import type { Household, Rule } from '../../rules/rule.ts';
import type { TelemetryStore } from '../../store/contracts.ts';
import { openTelemetry } from '../../store/telemetry/telemetry.ts';
import { eventually, removeFolder, temporaryFolder } from '../support/service.ts';

const startMs = Date.UTC(2026, 4, 4, 2);

function household(subjectId: string): Household {
  return {
    subjectId,
    resident: undefined,
    devices: new Map(),
    zones: HomeZones.none,
    home: undefined,
    timeZone: 'Asia/Shanghai',
  };
}

function press(n: number): Reading {
  return {
    id: `band-1:t${startMs + n}`,
    deviceId: 'band-1',
    kind: 'wristband',
    subjectId: 'r1',
    lane: 'event',
    takenAtMs: startMs + n,
    receivedAtMs: startMs + n,
    late: false,
    facts: { events: ['sos'], steps: n },
  };
}

let folder: string;
let store: TelemetryStore;
let pipeline: Pipeline;
let committed: Committed[];
let fromMemory: Signal[];
let troubles: string[];

beforeEach(async () => {
  folder = temporaryFolder();
  store = await openTelemetry(folder);
  committed = [];
  fromMemory = [];
  troubles = [];
  pipeline = pipelineOf(rules);
});

function pipelineOf(some: readonly Rule<unknown>[]): Pipeline {
  return new Pipeline({
    engine: new Engine(some, household, startMs),
    log: store,
    clock: () => startMs,
    onCommitted: (batch) => committed.push(batch),
    onUnstored: (signals) => fromMemory.push(...signals),
    onTrouble: (_error, what) => troubles.push(what),
    onForget: () => undefined,
  });
}

afterEach(async () => {
  await store.close();
  removeFolder(folder);
});

const send = (...readings: Reading[]): Promise<Error | undefined> =>
  new Promise((resolve) => pipeline.take({ readings, quarantined: [] }, resolve));

async function stored(): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of store.readings('r1', { fromMs: 0, toMs: startMs * 2 })) ids.push(id);
  return ids;
}

test('who is answered can be read back, with what it caused', async () => {
  expect(await send(press(1))).toBeUndefined();
  expect(await stored()).toEqual([press(1).id]);
  const pending: Signal[] = [];
  for await (const signal of store.pendingSignals()) pending.push(signal);
  expect(pending).toMatchObject([{ type: 'sos', severity: 'P1', subjectId: 'r1' }]);
  expect(await store.state('r1')).toBeDefined();
});

test('what arrives together is one commit, answered in order of arrival', async () => {
  const order: number[] = [];
  await Promise.all([1, 2, 3].map(async (n) => (await send(press(n))) ?? order.push(n)));
  expect(order).toEqual([1, 2, 3]);
  expect(committed.map(({ readings }) => readings.length)).toEqual([3]);
});

test('the disk refuses: nobody is answered, the SOS goes out from memory, and after recovery the resend is the same SOS', async () => {
  await store.close(); // from here on every commit fails, as on a disk that is gone
  expect(await send(press(1))).toBeInstanceOf(Error);
  expect(pipeline.failing).toBe(true);
  expect(fromMemory.map(({ type }) => type)).toEqual(['sos']);
  expect(troubles[0]).toContain('nothing is acknowledged');

  expect(await send(press(2))).toBeInstanceOf(Error);
  expect(fromMemory).toHaveLength(2);

  expect(await eventually(() => (pipeline.failing ? undefined : true))).toBe(true);
  expect(await send(press(1), press(2))).toBeUndefined();
  expect(await stored()).toEqual([press(1).id, press(2).id]);
  const ids = committed.flatMap(({ signals }) => signals.map(({ id }) => id));
  expect(ids).toEqual(fromMemory.map(({ id }) => id));
});

test('a flood is cut into commits, and all of it is stored', async () => {
  const flood = Array.from({ length: 10_000 }, (_, n) => press(n));
  await Promise.all(flood.map((reading) => send(reading)));
  expect(committed.length).toBeGreaterThan(1);
  expect((await stored()).length).toBe(flood.length);
});

test('the rules see a window of acceleration; neither the disk nor anybody who hears of the commit does', async () => {
  const burst = { rateHz: 25, site: 'wrist' as const, samples: Array(300).fill([0, 0, 1]) };
  const seen: unknown[] = [];
  const watcher: Rule<null> = {
    kind: 'watcher',
    initial: null,
    step(_home, state, input) {
      if (input.kind === 'reading') seen.push(input.reading.facts.burst);
      return { state };
    },
  };
  pipeline = pipelineOf([watcher as Rule<unknown>]);
  expect(await send({ ...press(1), lane: 'burst', facts: { burst, steps: 7 } })).toBeUndefined();
  expect(seen).toEqual([burst]);
  expect(committed.flatMap(({ readings }) => readings.map(({ facts }) => facts))).toEqual([{ steps: 7 }]);
  for await (const { facts } of store.readings('r1', { fromMs: 0, toMs: startMs * 2 }))
    expect(facts).toEqual({ steps: 7 });
  expect(await stored()).toHaveLength(1);
});
