import { expect, test } from 'vitest';
import type { Signal } from '../../model/alert.ts';
import type { Reading } from '../../model/reading.ts';
import { Deadlines } from '../../rules/deadlines.ts';
import { Engine } from '../../rules/engine.ts';
import { HomeZones } from '../../rules/home-zones.ts';
import type { Household, Rule } from '../../rules/rule.ts';

const minuteMs = 60_000;

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

function reading(subjectId: string, takenAtMs: number): Reading {
  return {
    id: `${subjectId}-${takenAtMs}`,
    deviceId: 'd',
    kind: 'motionSensor',
    subjectId,
    lane: 'telemetry',
    takenAtMs,
    receivedAtMs: takenAtMs,
    late: false,
    facts: { motion: true },
  };
}

function silenceSignal(home: Household, sinceMs: number): Signal {
  return {
    id: `silence:${home.subjectId}:${sinceMs}`,
    effect: 'raise',
    type: 'inactivity',
    severity: 'P3',
    subjectId: home.subjectId,
    deviceId: 'd',
    atMs: sinceMs,
    receivedAtMs: sinceMs,
    late: false,
    suspected: true,
    summary: { zh: '', en: '' },
    evidence: {},
  };
}

type Silence = { readonly lastMs: number; readonly told: boolean };

/** Silent for a minute after the last word: one signal. */
const silence: Rule<Silence | undefined> = {
  kind: 'silence',
  initial: undefined,
  step(home, state, input) {
    if (input.kind === 'reading') return { state: { lastMs: input.reading.takenAtMs, told: false } };
    if (state === undefined || state.told || input.nowMs < state.lastMs + minuteMs) return { state };
    return { state: { ...state, told: true }, signals: [silenceSignal(home, state.lastMs)] };
  },
  deadlineAtMs: (_home, state) => (state === undefined || state.told ? undefined : state.lastMs + minuteMs),
};

const asAnyRule = (rule: Rule<Silence | undefined>) => rule as Rule<unknown>; // the engine hands each rule only its own state

const engineOf = (...rules: Rule<unknown>[]) => new Engine(rules, household, 0);
const ids = (engine: Engine, nowMs: number) =>
  [...engine.due(nowMs)].flatMap(({ signals }) => signals.map(({ id }) => id));

test('a deadline fires once, at its own time, and not again', () => {
  const engine = engineOf(asAnyRule(silence));
  engine.step(reading('r1', 0), 0);
  expect(ids(engine, minuteMs - 1)).toEqual([]);
  expect(ids(engine, minuteMs)).toEqual(['silence:r1:0']);
  expect(ids(engine, 10 * minuteMs)).toEqual([]);
});

test('a word in between moves the deadline', () => {
  const engine = engineOf(asAnyRule(silence));
  engine.step(reading('r1', 0), 0);
  engine.step(reading('r1', 30_000), 30_000);
  expect(ids(engine, minuteMs)).toEqual([]);
  expect(ids(engine, minuteMs + 30_000)).toEqual(['silence:r1:30000']);
});

test('the service was down across the deadline: after the restart it is met once', () => {
  const before = engineOf(asAnyRule(silence));
  before.step(reading('r1', 0), 0);
  const after = engineOf(asAnyRule(silence));
  after.restore('r1', before.stateOf('r1'));
  expect(ids(after, 60 * minuteMs)).toEqual(['silence:r1:0']);
  expect(ids(after, 61 * minuteMs)).toEqual([]);

  const again = engineOf(asAnyRule(silence));
  again.restore('r1', after.stateOf('r1'));
  expect(ids(again, 120 * minuteMs)).toEqual([]);
});

test('deadlines of many homes come in order of time', () => {
  const engine = engineOf(asAnyRule(silence));
  for (const second of [5, 1, 4, 2, 3]) engine.step(reading(`r${second}`, second * 1000), second * 1000);
  expect(ids(engine, 2 * minuteMs)).toEqual([1, 2, 3, 4, 5].map((second) => `silence:r${second}:${second * 1000}`));
});

test('a rule that keeps asking for the past cannot stop the service', () => {
  const restless: Rule<unknown> = {
    kind: 'restless',
    initial: 0,
    step: (_home, state) => ({ state: Number(state) + 1 }),
    deadlineAtMs: () => 1,
  };
  const engine = engineOf(restless);
  engine.step(reading('r1', 0), 0);
  expect([...engine.due(1000)].length).toBeLessThan(20);
  expect([...engine.due(2000)].length).toBeGreaterThan(0);
});

test('a step that changes nothing asks for no write', () => {
  const quiet: Rule<unknown> = { kind: 'quiet', initial: null, step: (_home, state) => ({ state }) };
  expect(engineOf(quiet).step(reading('r1', 0), 0).changed).toBe(false);
});

test('the heap gives back what was put in, in order', () => {
  const heap = new Deadlines();
  const times = [9, 3, 7, 1, 8, 2, 2, 5].map((n) => n * 10);
  for (const atMs of times) heap.push(atMs, `s${atMs}`);
  const taken: number[] = [];
  for (let entry = heap.pop(100); entry; entry = heap.pop(100)) taken.push(entry.atMs);
  expect(taken).toEqual([...times].sort((a, b) => a - b));
});

/** As "away until": nobody is missed before, whatever the state says. */
function held(): { readonly engine: Engine; holdUntil(atMs: number): void } {
  let untilMs = 0;
  const rule: Rule<Silence | undefined> = {
    ...silence,
    step: (home, state, input) =>
      input.kind === 'deadline' && input.nowMs < untilMs ? { state } : silence.step(home, state, input),
    deadlineAtMs(home, state) {
      const atMs = silence.deadlineAtMs?.(home, state);
      return atMs === undefined ? undefined : Math.max(atMs, untilMs);
    },
  };
  const engine = engineOf(asAnyRule(rule));
  const holdUntil = (atMs: number) => {
    untilMs = atMs;
    engine.recordsChanged('r1');
  };
  return { engine, holdUntil };
}

test('the records put a deadline off when nobody speaks any more: it is met at the new time', () => {
  const { engine, holdUntil } = held();
  engine.step(reading('r1', 0), 0);
  holdUntil(60 * minuteMs);
  expect(ids(engine, 59 * minuteMs)).toEqual([]);
  expect(ids(engine, 60 * minuteMs)).toEqual(['silence:r1:0']);
  expect(ids(engine, 120 * minuteMs)).toEqual([]);
});

test('the records put it off again after it was put off, and then bring it forward', () => {
  const { engine, holdUntil } = held();
  engine.step(reading('r1', 0), 0);
  holdUntil(60 * minuteMs);
  expect(ids(engine, 30 * minuteMs)).toEqual([]);
  holdUntil(90 * minuteMs);
  expect(ids(engine, 60 * minuteMs)).toEqual([]);
  holdUntil(70 * minuteMs);
  expect(ids(engine, 69 * minuteMs)).toEqual([]);
  expect(ids(engine, 70 * minuteMs)).toEqual(['silence:r1:0']);
});
