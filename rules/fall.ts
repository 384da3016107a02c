import type { Signal } from '../model/alert.ts';
import type { Reading } from '../model/reading.ts';
import type { Household, Input, Outcome, Rule } from './rule.ts';
import { clear, fromDeadline, fromReading, raise } from './signals.ts';
import { whoOf, words } from './words.ts';

/** A fall nobody has answered yet. States: none pending (null), or pending until `dueAtMs`. */
type Pending = {
  readonly readingId: string;
  readonly deviceId: string;
  /** When the last of them happened: what came before is no answer to it. */
  readonly fellAtMs: number;
  readonly dueAtMs: number;
  readonly late: boolean;
  /** Step counts by device when first seen after the fall. At most as many as the home has devices. */
  readonly steps: Readonly<Record<string, number>>;
};
type State = Pending | null;

const answerWithinMs = 60_000;
/** A fall out of a buffer is long unanswered, but the answer may be in the same buffer. */
const restOfBufferMs = 10_000;
/** What a sensor sees right after the fall is the fall. */
const settlingMs = 15_000;
const walkingSteps = 20;

/**
 * The device's own fall event: suspected (P2) at once, critical (P1) when neither an `ok`, nor steps, nor other movement
 * follows within a minute. A machine's guess that turned out unanswered is not taken back by it; people close it.
 */
export const fall: Rule<State> = {
  kind: 'fall',
  initial: null,
  step(home, state, input) {
    if (input.kind === 'deadline') return unanswered(home, state, input);
    if (input.reading.facts.events?.includes('fall')) return fallen(home, state, input.reading);
    return state === null ? { state } : answered(home, state, input.reading);
  },
  deadlineAtMs: (_home, state) => state?.dueAtMs,
};

function fallen(home: Household, state: State, reading: Reading): Outcome<State> {
  const { deviceId, takenAtMs, receivedAtMs, facts } = reading;
  const signals = [suspicion(home, reading)];
  if (state !== null && takenAtMs <= state.fellAtMs) return { state, signals };
  const dueAtMs = Math.max(takenAtMs + answerWithinMs, receivedAtMs + restOfBufferMs);
  const pending: Pending = {
    readingId: reading.id,
    deviceId,
    fellAtMs: takenAtMs,
    // A second fall must not put off the answer to the first.
    dueAtMs: Math.min(dueAtMs, state?.dueAtMs ?? dueAtMs),
    late: reading.late,
    steps: facts.steps === undefined ? {} : { [deviceId]: facts.steps },
  };
  return { state: pending, signals };
}

function answered(home: Household, state: Pending, reading: Reading): Outcome<State> {
  const { deviceId, takenAtMs, facts } = reading;
  if (takenAtMs <= state.fellAtMs) return { state };
  if (facts.events?.includes('ok')) return { state: null, signals: [takenBack(home, state, reading)] };
  if (hasMoved(home, state, reading)) return { state: null };

  if (facts.steps === undefined || state.steps[deviceId] !== undefined || !home.devices.has(deviceId)) return { state };
  return { state: { ...state, steps: { ...state.steps, [deviceId]: facts.steps } } };
}

function hasMoved(home: Household, state: Pending, { deviceId, kind, takenAtMs, facts }: Reading): boolean {
  const before = state.steps[deviceId];
  if (facts.steps !== undefined && before !== undefined && facts.steps - before >= walkingSteps) return true;
  if (facts.motion !== true || takenAtMs - state.fellAtMs < settlingMs) return false;
  // A sensor on the wall cannot tell the cat from the person.
  return kind !== 'motionSensor' || home.resident?.hasPet !== true;
}

function unanswered(home: Household, state: State, input: Input & { kind: 'deadline' }): Outcome<State> {
  if (state === null || input.nowMs < state.dueAtMs) return { state };
  const { deviceId, readingId, fellAtMs, late } = state;
  const knownAtMs = Math.max(input.nowMs, input.listeningSinceMs);
  const signal = raise(
    home,
    { ...fromDeadline(deviceId, fellAtMs, knownAtMs), late },
    {
      type: 'fall',
      key: `${readingId}:unanswered`,
      severity: 'P1',
      suspected: true,
      summary: words.fallUnanswered(whoOf(home, deviceId)),
      evidence: { fellAtMs, unansweredS: Math.round((knownAtMs - fellAtMs) / 1000) },
    },
  );
  return { state: null, signals: [signal] };
}

function suspicion(home: Household, reading: Reading): Signal {
  const summary = words.fall(whoOf(home, reading.deviceId));
  return raise(home, fromReading(reading), { type: 'fall', key: reading.id, severity: 'P2', suspected: true, summary });
}

/** The `ok` may come from another device than the fall; the condition is that of the device which felt it. */
function takenBack(home: Household, { deviceId, readingId }: Pending, reading: Reading): Signal {
  const source = { ...fromReading(reading), deviceId };
  const evidence = { okFrom: reading.deviceId };
  const summary = words.fallOk(whoOf(home, deviceId));
  return clear(home, source, { type: 'fall', key: readingId, severity: 'P2', suspected: true, summary, evidence });
}
