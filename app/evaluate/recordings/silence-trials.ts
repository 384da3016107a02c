import type { Signal } from '../../../model/alert.ts';
import type { Facts, Reading } from '../../../model/reading.ts';
import { Engine } from '../../../rules/engine.ts';
import { inactivity } from '../../../rules/inactivity.ts';
import type { Household } from '../../../rules/rule.ts';
import { type Activation, householdOf, kindOf, type RecordedHome, type Span, waysOut } from './tihm-homes.ts';

/** 24 hours that somebody lay still: activations cut out of a recording, and when the rule told. */
export type Trial = {
  readonly home: string;
  /** When the cut begins. */
  readonly startMs: number;
  /** The last activation before it: the delay counts from here. */
  readonly lastMs: number;
  /** The door was the last to move: she was out. */
  readonly isOut: boolean;
  readonly toldAtMs?: number;
};

/** What the rule made of one recorded home. */
export type Verdict = { readonly alarms: readonly Signal[]; readonly trials: readonly Trial[] };

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Seen this soon after the door is seen leaving. */
const leavingMs = 60_000;

/**
 * What the sensors say besides activations. `heartbeats`: each of them that it works, once an hour. `eventsOnly`: nothing,
 * as it was recorded; a contact says "open" each time and never "closed".
 */
export type Manner = 'heartbeats' | 'eventsOnly';

/**
 * Lives a recorded home through the rule as the service would, cutting trials out on the way.
 *
 * The recording has no heartbeats. Given some, every sensor has one each hour, except in `outage`, in which the service
 * counts as down: a sensor that died therefore counts as working, which makes the figures worse, not better. Without
 * them the outage looks like a home in which nothing moves.
 *
 * @param starts when silences begin, in order of time
 */
export function live(home: RecordedHome, outage: Span | undefined, starts: readonly number[], manner: Manner): Verdict {
  const household = householdOf(home);
  const engine = new Engine([inactivity], () => household, 0);
  const alarms: Signal[] = [];
  const trials: Trial[] = [];
  const isOpen = new Map<string, number>();
  let next = 0;
  let last: Activation | undefined;
  let doorMs = Number.NEGATIVE_INFINITY;

  const note = (signals: readonly Signal[]) => {
    for (const signal of signals) {
      if (signal.effect === 'raise') isOpen.set(signal.type, signal.receivedAtMs);
      else isOpen.delete(signal.type);
      alarms.push(signal);
    }
  };
  for (const reading of readings(home, household, outage, manner)) {
    for (; next < starts.length && (starts[next] ?? 0) < reading.takenAtMs; next++) {
      const startMs = starts[next] ?? 0;
      if (last === undefined || isUnseen(outage, last.atMs, startMs)) continue;
      for (const { signals } of engine.due(startMs - 1)) note(signals);
      if (isOpen.size > 0) continue;
      const isOut = last.atMs - doorMs <= leavingMs;
      const trial = { home: home.id, startMs, lastMs: last.atMs, isOut };
      trials.push({ ...trial, ...toldAt(engine.stateOf(home.id), household, manner, trial) });
    }
    if (manner === 'heartbeats' && outage && reading.takenAtMs >= outage.toMs && (last?.atMs ?? 0) <= outage.fromMs)
      engine.listensSince(outage.toMs);
    for (const { signals } of engine.due(reading.takenAtMs - 1)) note(signals);
    note(engine.step(reading, reading.takenAtMs).signals);
    if (isActivation(reading)) {
      last = { atMs: reading.takenAtMs, place: reading.deviceId };
      if (waysOut.has(last.place)) doorMs = last.atMs;
    }
  }
  return { alarms, trials };
}

/** From here on nothing moves, and sensors that say so go on saying that they work. */
function toldAt(
  state: string,
  household: Household,
  manner: Manner,
  { startMs, lastMs }: Trial,
): { readonly toldAtMs?: number } {
  const engine = new Engine([inactivity], () => household, 0);
  engine.restore(household.subjectId, state);
  const endMs = lastMs + dayMs + 2 * hourMs;
  for (let atMs = nextHour(startMs); atMs <= endMs; atMs += hourMs) {
    for (const { signals } of engine.due(atMs)) {
      const raised = signals.find(({ effect }) => effect === 'raise');
      if (raised) return { toldAtMs: raised.receivedAtMs };
    }
    for (const beat of beats(household, manner, atMs)) engine.step(beat, atMs);
  }
  return {};
}

function* readings(
  home: RecordedHome,
  household: Household,
  outage: Span | undefined,
  manner: Manner,
): Generator<Reading> {
  const isOpen = new Map<string, boolean>();
  let beatMs = nextHour(home.activations[0]?.atMs ?? 0);
  for (const { atMs, place } of home.activations) {
    for (; beatMs <= atMs; beatMs += hourMs) {
      if (!outage || beatMs <= outage.fromMs || beatMs >= outage.toMs) yield* beats(household, manner, beatMs);
    }
    if (kindOf(place) === 'motionSensor') yield says(household, place, atMs, { motion: true });
    else {
      const open = manner === 'eventsOnly' || !(isOpen.get(place) ?? false);
      isOpen.set(place, open);
      yield says(household, place, atMs, { contactOpen: open });
    }
  }
}

function beats(household: Household, manner: Manner, atMs: number): Reading[] {
  if (manner === 'eventsOnly') return [];
  const sensors = [...household.devices.values()].filter(({ kind }) => kind !== 'callButton');
  return sensors.map(({ id }) => says(household, id, atMs, {}));
}

function says(household: Household, deviceId: string, atMs: number, facts: Facts): Reading {
  const id = `${deviceId}:${atMs}`;
  const when = { takenAtMs: atMs, receivedAtMs: atMs, late: false };
  return { id, deviceId, kind: kindOf(deviceId), subjectId: household.subjectId, lane: 'telemetry', ...when, facts };
}

function isActivation({ facts }: Reading): boolean {
  return facts.motion !== undefined || facts.contactOpen !== undefined;
}

/** The outage lies in between: what the home did last is not known. */
function isUnseen(outage: Span | undefined, lastMs: number, startMs: number): boolean {
  return outage !== undefined && lastMs <= outage.fromMs && startMs > outage.fromMs;
}

function nextHour(atMs: number): number {
  return Math.ceil(atMs / hourMs) * hourMs;
}
