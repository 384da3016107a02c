import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { apartMs, gathersMs } from '../../ingest/gathering.ts';
import { type CommitLog, Pipeline } from '../../ingest/pipeline.ts';
import type { Facts, Lane, Reading } from '../../model/reading.ts';
import { Engine } from '../../rules/engine.ts';
import { HomeZones } from '../../rules/home-zones.ts';
import { rules } from '../../rules/index.ts';
import type { Rule } from '../../rules/rule.ts';
import type { TelemetryStore } from '../../store/contracts.ts';
import { openTelemetry } from '../../store/telemetry/telemetry.ts';
import { eventually, removeFolder, temporaryFolder } from '../support/service.ts';

const startMs = Date.UTC(2026, 4, 4, 2);

describe('how long a commit gathers', () => {
  test('the first after a pause begins at once, those that follow close on it share the next', () => {
    expect(gathersMs(false, Number.NEGATIVE_INFINITY, startMs)).toBe(0);
    expect(gathersMs(false, startMs, startMs)).toBe(apartMs);
    expect(gathersMs(false, startMs, startMs + 1)).toBe(apartMs - 1);
    expect(gathersMs(false, startMs, startMs + apartMs)).toBe(0);
  });

  test('whatever the clock does, nothing waits longer than that, and what is urgent not at all', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), fc.boolean(), (beganAtMs, nowMs, isUrgent) => {
        const ms = gathersMs(isUrgent, beganAtMs, nowMs);
        expect(ms).toBeGreaterThanOrEqual(0);
        expect(ms).toBeLessThanOrEqual(isUrgent ? 0 : apartMs);
      }),
    );
  });
});

let folder: string;
let store: TelemetryStore;
let nowMs: number;
/** What waits for its moment; only the test lets time pass. */
let waiting: { readonly run: () => void; readonly inMs: number }[];
let commits: number[];
let answered: string[];
/** The disk takes what it is given when it is told to; until then a commit is under way. */
let disk: { holds: boolean; release: () => void };

beforeEach(async () => {
  folder = temporaryFolder();
  store = await openTelemetry(folder);
  [nowMs, waiting, commits, answered] = [startMs, [], [], []];
  disk = { holds: false, release: () => undefined };
});
afterEach(async () => {
  await store.close();
  removeFolder(folder);
});

function pipelineOf(some: readonly Rule<unknown>[] = rules): Pipeline {
  const home = { resident: undefined, zones: HomeZones.none, home: undefined, timeZone: 'Asia/Shanghai' };
  const log: CommitLog = {
    async commit(batch) {
      if (disk.holds) await new Promise<void>((resolve) => (disk.release = resolve));
      await store.commit(batch);
      commits.push(batch.readings.length);
    },
    reopen: () => store.reopen(),
    states: () => store.states(),
    pendingSignals: () => store.pendingSignals(),
  };
  return new Pipeline({
    engine: new Engine(some, (subjectId) => ({ subjectId, devices: new Map(), ...home }), startMs),
    log,
    clock: () => nowMs,
    onCommitted: () => undefined,
    onUnstored: () => undefined,
    onTrouble: () => undefined,
    onForget: () => undefined,
    later(run, inMs) {
      const one = { run, inMs };
      waiting.push(one);
      return () => void waiting.splice(waiting.indexOf(one), waiting.includes(one) ? 1 : 0);
    },
  });
}

let said = 0;
function reading(facts: Facts, lane: Lane = 'telemetry'): Reading {
  const takenAtMs = nowMs + ++said;
  const about = { deviceId: 'band-1', kind: 'wristband', subjectId: 'r1', lane } as const;
  return { ...about, id: `band-1:s${said}`, takenAtMs, receivedAtMs: takenAtMs, late: false, facts };
}

/** Sends it; its name is in `answered` when it is acknowledged. */
function send(pipeline: Pipeline, name: string, one: Reading): Promise<void> {
  return new Promise((resolve) =>
    pipeline.take({ readings: [one], quarantined: [] }, () => {
      answered.push(name);
      resolve();
    }),
  );
}
const steps = (n: number) => reading({ steps: n });
/** As many turns of the event loop as a commit needs that nothing holds up. */
const turns = async () => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};
function momentComes(): void {
  const [one] = waiting;
  nowMs += one?.inMs ?? 0;
  waiting = [];
  one?.run();
}

test('a message that comes alone goes to disk at once; those close behind it share one commit and are answered after it', async () => {
  const pipeline = pipelineOf();
  await send(pipeline, 'alone', steps(1));
  const others = [2, 3, 4].map((n) => send(pipeline, `follower ${n}`, steps(n)));
  await turns();
  expect([commits, answered]).toEqual([[1], ['alone']]);
  expect(waiting.map(({ inMs }) => inMs)).toEqual([apartMs]);
  momentComes();
  await Promise.all(others);
  expect(commits).toEqual([1, 3]);
  nowMs += apartMs;
  await send(pipeline, 'after a pause', steps(5));
  expect([commits, waiting]).toEqual([[1, 3, 1], []]);
});

const urgent: { readonly what: string; readonly one: () => Reading }[] = [
  { what: 'a press', one: () => reading({ events: ['sos'] }) },
  { what: 'smoke', one: () => reading({ smoke: true }) },
  { what: 'gas', one: () => reading({ gas: true }) },
  { what: 'what a device calls an event', one: () => reading({ steps: 1 }, 'event') },
  { what: 'a window of acceleration', one: () => reading({ burst: { rateHz: 25, site: 'wrist', samples: [] } }) },
];
for (const { what, one } of urgent) {
  test(`${what} is on its way to the disk in the same turn, and takes along what was gathered`, async () => {
    const pipeline = pipelineOf([]); // no rule makes anything of it: that it might be is enough
    await send(pipeline, 'alone', steps(1));
    const gathered = send(pipeline, 'gathered', steps(2));
    await turns();
    expect(waiting).toHaveLength(1);
    await Promise.all([gathered, send(pipeline, what, one())]); // no moment has come, and no time has passed
    expect([commits, waiting, nowMs]).toEqual([[1, 2], [], startMs]);
  });
}

test('an ordinary reading from which a rule makes an alert is held back as little as a press', async () => {
  const pipeline = pipelineOf();
  await send(pipeline, 'alone', steps(1));
  await send(pipeline, 'flat battery', reading({ batteryPct: 1 }));
  expect([commits, waiting, nowMs]).toEqual([[1, 1], [], startMs]);
  const pending: string[] = [];
  for await (const { type } of store.pendingSignals()) pending.push(type);
  expect(pending).toEqual(['batteryLow']);
});

test('a press that comes while a commit is being written follows it without a pause', async () => {
  const pipeline = pipelineOf();
  disk.holds = true;
  const first = send(pipeline, 'first', steps(1));
  await turns();
  const press = send(pipeline, 'press', reading({ events: ['sos'] }));
  await turns();
  expect(answered).toEqual([]); // nothing is acknowledged before it is on disk
  disk.holds = false;
  disk.release();
  await Promise.all([first, press]);
  expect([commits, waiting, answered]).toEqual([[1, 1], [], ['first', 'press']]);
});

test('ordinary readings that come while a commit is being written gather until their moment, and none is forgotten', async () => {
  const pipeline = pipelineOf();
  disk.holds = true;
  const first = send(pipeline, 'first', steps(1));
  await turns();
  const second = send(pipeline, 'second', steps(2));
  disk.holds = false;
  disk.release();
  await first;
  await eventually(() => waiting.length === 1 || undefined);
  const third = send(pipeline, 'third', steps(3));
  const drained = pipeline.drained();
  momentComes();
  await Promise.all([second, third, drained]);
  expect([commits, answered]).toEqual([
    [1, 2],
    ['first', 'second', 'third'],
  ]);
});
