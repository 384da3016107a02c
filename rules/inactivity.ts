import type { DeviceKind } from '../model/device.ts';
import { localTime } from '../model/local-time.ts';
import type { Reading } from '../model/reading.ts';
import { earliest, type PerDevice, withDevice } from './per-device.ts';
import type { Household, Input, Outcome, Rule } from './rule.ts';
import { clear, fromDeadline, fromReading, raise } from './signals.ts';
import { whoOf, words } from './words.ts';

/**
 * What the home has shown of its resident. States: *unwatched* (`lastMs` absent: no sensor that could see life has been
 * heard from), *watched*, *away* (`doorAtMs` set: the door was the last to move), *told*.
 */
type State = {
  /** The last sign of life, and which device gave it. */
  readonly lastMs?: number;
  readonly lastDeviceId?: string;
  /** The limits run from here: the last sign of life, or later when the sensors were silent in between. */
  readonly fromMs?: number;
  /** Until then the silence of the sensors means that nobody moves; past it, that nobody knows. */
  readonly seeingUntilMs?: number;
  readonly doorAtMs?: number;
  readonly contacts: PerDevice<{ readonly open: boolean; readonly atMs: number }>;
  readonly steps: PerDevice<{ readonly count: number; readonly atMs: number }>;
  /** `lastMs` of the silence that was told. */
  readonly toldForMs?: number;
  /** After our own absence: what devices kept for us comes in first. */
  readonly heldUntilMs?: number;
};

const hourMs = 3_600_000;
const byDayMs = 12 * hourMs;
const overNightMs = 14 * hourMs;
const absoluteMs = 24 * hourMs;
const dayFrom = 7 * 60;
const dayTo = 22 * 60;
/** The sensors that can see life, and how often each says that it works. */
const heartbeatMs: Partial<Readonly<Record<DeviceKind, number>>> = {
  motionSensor: hourMs,
  doorSensor: hourMs,
  bedSensor: hourMs,
};
/** Who leaves is still seen in the hall. */
const leavingMs = 60_000;
/** Signs of life are written down once in so long; the alarm may come this much early. */
const grainMs = 60_000;
const afterAbsenceMs = 10 * 60_000;

/**
 * Nobody has moved for too long: P3 after 12 h by day, 14 h when it spans a night, and after 24 h whatever the reason.
 * Who left by the door is away, and a home whose sensors are silent is unknown: for both only the 24 h hold.
 */
export const inactivity: Rule<State> = {
  kind: 'inactivity',
  initial: { contacts: {}, steps: {} },
  step(home, state, input) {
    if (input.kind === 'deadline') return tooLong(home, state, input);
    if (input.reading.late || input.reading.facts.online === false) return { state };
    return noticed(home, state, input.reading);
  },
  deadlineAtMs: (home, state) => dueAtMs(home, state),
};

function noticed(home: Household, state: State, reading: Reading): Outcome<State> {
  const watched = heardFrom(state, reading);
  const counted = withCounts(home, watched, reading);
  const life = signOfLife(watched, counted, reading);
  return life === undefined ? { state: counted } : alive(home, counted, reading, life);
}

/** Notes that a sensor works. After a silence of all of them, what they did not see cannot be held against anybody. */
function heardFrom(state: State, { kind, deviceId, takenAtMs }: Reading): State {
  const beatMs = heartbeatMs[kind];
  if (beatMs === undefined) return state;
  const until = takenAtMs + 2 * beatMs;
  if (state.lastMs === undefined || state.seeingUntilMs === undefined) {
    return { ...state, lastMs: takenAtMs, lastDeviceId: deviceId, fromMs: takenAtMs, seeingUntilMs: until };
  }
  if (takenAtMs > state.seeingUntilMs) return { ...state, fromMs: takenAtMs, seeingUntilMs: until };
  return until - state.seeingUntilMs >= beatMs / 10 ? { ...state, seeingUntilMs: until } : state;
}

/** Doors and step counters say how things stand, so what they said before must be known. */
function withCounts(home: Household, state: State, { deviceId, takenAtMs: atMs, facts }: Reading): State {
  const { contactOpen: open, steps: count } = facts;
  const door = state.contacts[deviceId];
  if (open !== undefined && door?.open !== open && atMs > (door?.atMs ?? 0)) {
    return { ...state, contacts: withDevice(home, state.contacts, deviceId, { open, atMs }) };
  }
  const known = state.steps[deviceId];
  if (count !== undefined && known?.count !== count && atMs > (known?.atMs ?? 0)) {
    return { ...state, steps: withDevice(home, state.steps, deviceId, { count, atMs }) };
  }
  return state;
}

/** `home`: somebody moves indoors. `door`: somebody came or went. `body`: alive, wherever that is. */
type Life = 'home' | 'door' | 'body';

function signOfLife(before: State, after: State, { kind, deviceId, facts }: Reading): Life | undefined {
  if (before.contacts[deviceId] !== undefined && before.contacts !== after.contacts) return 'door';
  if (facts.motion === true) return heartbeatMs[kind] === undefined ? 'body' : 'home';
  const calls = facts.events?.some((event) => event === 'sos' || event === 'ok') === true;
  if (calls) return kind === 'callButton' ? 'home' : 'body';
  const steps = before.steps[deviceId]?.count;
  return steps !== undefined && (after.steps[deviceId]?.count ?? 0) > steps ? 'body' : undefined;
}

function alive(home: Household, state: State, reading: Reading, life: Life): Outcome<State> {
  const { takenAtMs: atMs, deviceId } = reading;
  if (state.lastMs === undefined || atMs < state.lastMs) return { state };
  const { doorAtMs, ...rest } = state;
  const doorNow = life === 'door' ? atMs : doorAtMs;
  const isBack = life === 'home' && doorNow !== undefined && atMs - doorNow > leavingMs;
  const door = isBack || doorNow === undefined ? {} : { doorAtMs: doorNow };

  if (state.toldForMs !== undefined)
    return { state: awake(rest, reading, door), signals: [again(home, state, reading)] };
  if (door.doorAtMs === doorAtMs && atMs - state.lastMs < grainMs) return { state };
  return { state: { ...rest, ...door, lastMs: atMs, lastDeviceId: deviceId, fromMs: atMs } };
}

function awake(state: State, { takenAtMs, deviceId }: Reading, door: Pick<State, 'doorAtMs'>): State {
  const { toldForMs: _told, heldUntilMs: _held, ...rest } = state;
  return { ...rest, ...door, lastMs: takenAtMs, lastDeviceId: deviceId, fromMs: takenAtMs };
}

function dueAtMs(home: Household, state: State): number | undefined {
  const { lastMs, fromMs, seeingUntilMs, doorAtMs, toldForMs, heldUntilMs = 0 } = state;
  if (lastMs === undefined || fromMs === undefined || toldForMs !== undefined) return undefined;
  const limitAtMs = fromMs + limitMs(home.timeZone, fromMs);
  const counts = doorAtMs === undefined && (seeingUntilMs ?? 0) >= limitAtMs;
  const atMs = earliest([lastMs + absoluteMs, counts ? limitAtMs : undefined]);
  return atMs === undefined ? undefined : Math.max(atMs, heldUntilMs);
}

/** 12 h when all of them lie between 07:00 and 22:00 of one day. */
function limitMs(timeZone: string, fromMs: number): number {
  const from = localTime(timeZone, fromMs);
  const to = localTime(timeZone, fromMs + byDayMs);
  const isByDay = from.day === to.day && from.minute >= dayFrom && to.minute <= dayTo;
  return isByDay ? byDayMs : overNightMs;
}

function tooLong(home: Household, state: State, input: Input & { kind: 'deadline' }): Outcome<State> {
  const dueMs = dueAtMs(home, state);
  const { lastMs, lastDeviceId } = state;
  if (dueMs === undefined || lastMs === undefined || lastDeviceId === undefined || input.nowMs < dueMs)
    return { state };
  const heldUntilMs = input.listeningSinceMs + afterAbsenceMs;
  if (dueMs < heldUntilMs) return { state: { ...state, heldUntilMs } };

  const hours = Math.floor((dueMs - lastMs) / hourMs);
  const evidence = {
    lastActivityAtMs: lastMs,
    away: state.doorAtMs !== undefined,
    sensorsSilent: (state.seeingUntilMs ?? 0) < dueMs,
  };
  const signal = raise(home, fromDeadline(lastDeviceId, dueMs, input.nowMs), {
    type: 'inactivity',
    key: `${home.subjectId}:${lastMs}`,
    severity: 'P3',
    suspected: true,
    summary: words.inactivity(whoOf(home, lastDeviceId), hours),
    evidence,
  });
  return { state: { ...state, toldForMs: lastMs }, signals: [signal] };
}

function again(home: Household, { toldForMs }: State, reading: Reading) {
  return clear(home, fromReading(reading), {
    type: 'inactivity',
    key: `${home.subjectId}:${toldForMs}`,
    severity: 'P3',
    suspected: true,
    summary: words.active(whoOf(home, reading.deviceId)),
    evidence: { activeAtMs: reading.takenAtMs },
  });
}
