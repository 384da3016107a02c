import type { Signal } from '../model/alert.ts';
import type { Reading } from '../model/reading.ts';
import { askIfOk } from './check-in.ts';
import { heardFrom, hubLost, seeing, seeingUntilMs } from './inactivity/hearing.ts';
import { type Life, signOfLife, whereBandIs, withCounts } from './inactivity/life-signs.ts';
import { answerMs, type Due, dueOf, lastOfAllMs, minuteMs, type Revival, type State } from './inactivity/limits.ts';
import { mayBePet, withStir } from './inactivity/pet.ts';
import { withReturn } from './inactivity/return.ts';
import { lived, nothingLearned } from './inactivity/routine.ts';
import { awayTooLong, isActive, isBack, isStill } from './inactivity/signals.ts';
import type { Household, Input, Outcome, Rule } from './rule.ts';

const recordMs = 24 * 60 * minuteMs;
/** Who leaves is still seen in the hall. */
const leavingMs = minuteMs;
/** Signs of life are written down once in so long; the alarm may come this much early. */
const grainMs = minuteMs;
const afterAbsenceMs = 10 * minuteMs;
/** Sensors of events cannot say what we missed: whoever is well moves within the hour. */
const afterAbsenceByEventsMs = 60 * minuteMs;
/** Two heartbeats: time for the sensors to be heard again before a day of silence is theirs and not ours. */
const afterAbsenceBlindMs = 120 * minuteMs;
/** What was an alarm may have been a fall: the line learns a little from it, not all. */
const learnsFromAlarm = 1.25;
/** Nobody is still for so long and then goes on: something was broken, or she was out. */
const nobodyMs = 24 * 60 * minuteMs;
/** Life that takes an alarm back: two rooms, over ten minutes, no pause longer than this and no door in between. */
const revivalMs = 10 * minuteMs;
const pauseMs = 30 * minuteMs;

/**
 * Nobody has moved for too long. States: *unwatched* (`lastMs` absent), *watched*, *away* (`awayMs`), *asked*, *told*.
 *
 * The limit is the home's own line by time of day (`routine.ts`), the fixed 12 h (14 h over a night) while it is learned
 * or while some sensor is silent, and 24 h whatever the reason. At the limit the resident is asked; unanswered after 10
 * min it is P3, at twice the limit P2, and P2 at once for who is at high risk. Who left by the door is away, and a home
 * whose sensors should be heard and are not (`hearing.ts`) is unknown: for them these limits rest, and only the 24 h
 * hold. Who is out for 12 h, or past 21:00 and for 5 h, is told as `awayTooLong`.
 *
 * What a buffer brings late counts when it is newer than what was known: it is then the last sign of life.
 *
 * An alarm is taken back by life that looks like living, not by one movement: whoever lies on the floor moves too.
 * Until then it is one alarm, however often something stirs; while nothing does, it is told again each day for a week.
 */
export const inactivity: Rule<State> = {
  kind: 'inactivity',
  initial: { heardUntilMs: {}, contacts: {}, steps: {}, routine: nothingLearned },
  step(home, state, input) {
    if (input.kind === 'deadline') return met(home, state, input);
    if (input.reading.facts.online === false) return { state: hubLost(home, state, input.reading) };
    if (isHistory(state, input.reading)) return { state };
    const outcome = noticed(home, state, input.reading);
    return { ...outcome, state: withReturn(home, state, outcome.state, input.reading.takenAtMs) };
  },
  deadlineAtMs: (home, state) => dueOf(home, state)?.atMs,
};

/** What is a day old is a record, and watching does not begin in the past. */
function isHistory({ lastMs }: State, { late, takenAtMs, receivedAtMs }: Reading): boolean {
  return late && (lastMs === undefined || receivedAtMs - takenAtMs >= recordMs);
}

function noticed(home: Household, state: State, reading: Reading): Outcome<State> {
  const watched = heardFrom(home, state, reading);
  const counted = withCounts(home, watched, reading);
  const placed = withBand(home, counted, reading);
  const life = signOfLife(home, watched, counted, reading);
  if (life === undefined || placed.lastMs === undefined || reading.takenAtMs < placed.lastMs) return { state: placed };
  const seen = withPet(home, placed, reading);
  return mayBePet(home, placed, seen, reading) ? { state: seen } : alive(home, seen, reading, life);
}

function withPet(home: Household, state: State, reading: Reading): State {
  if (home.resident?.hasPet !== true || reading.kind !== 'motionSensor') return state;
  const stirs = withStir(state.stirs, reading);
  return stirs === state.stirs ? state : { ...state, stirs };
}

/** The band knows of a way out that the door does not, and of a way back: from there the clocks begin anew. */
function withBand(home: Household, state: State, reading: Reading): State {
  const { takenAtMs: atMs } = reading;
  const { lastMs, awayMs, asked: _asked, ...rest } = state;
  if (lastMs === undefined || atMs < lastMs) return state;
  const where = whereBandIs(home, reading);
  if (where === 'out' && awayMs === undefined) return { ...rest, lastMs, awayMs: atMs };
  if (where !== 'in' || awayMs === undefined || atMs - awayMs <= leavingMs) return state;
  return { ...rest, lastMs, fromMs: atMs, clearFromMs: atMs };
}

function alive(home: Household, state: State, reading: Reading, life: Life): Outcome<State> {
  const { takenAtMs: atMs } = reading;
  const { lastMs = atMs } = state;
  const awayMs = awayAfter(state, life, atMs);
  const isNews =
    awayMs !== state.awayMs || state.clearFromMs !== undefined || state.asked !== undefined || life === 'ok';
  if (!isNews && atMs - lastMs < grainMs) return { state };
  const after = { ...awake(learned(home, state, atMs), reading), ...(awayMs !== undefined && { awayMs }) };
  return revived(home, after, reading, life);
}

/** Who went through the door and was not seen again is away; who moves indoors well after it is back. */
function awayAfter({ awayMs }: State, life: Life, atMs: number): number | undefined {
  if (life === 'door') return atMs;
  const isBackIn = life === 'home' && awayMs !== undefined && atMs - awayMs > leavingMs;
  return isBackIn ? undefined : awayMs;
}

function awake(state: State, { takenAtMs, deviceId }: Reading): State {
  const {
    awayMs: _away,
    asked: _asked,
    heldUntilMs: _held,
    ceilingFromMs: _ceiling,
    clearFromMs: _clear,
    ...rest
  } = state;
  const { lastMs = takenAtMs } = state;
  const isWaking = takenAtMs - lastMs >= nobodyMs;
  return {
    ...rest,
    lastMs: takenAtMs,
    lastDeviceId: deviceId,
    fromMs: takenAtMs,
    ...(isWaking && { wokeMs: takenAtMs }),
  };
}

/** A stillness is learned from when she was at home and every sensor would have seen her move. */
function learned(home: Household, state: State, atMs: number): State {
  const { lastMs = atMs, awayMs, clearFromMs, asked, told } = state;
  if (awayMs !== undefined) return state;
  const stillMs = atMs - lastMs;
  const wasSeen =
    clearFromMs === undefined &&
    stillMs < nobodyMs &&
    (stillMs < 60 * minuteMs || seeingUntilMs(home, state).all >= atMs);
  const alarm = asked ?? told;
  const routine = lived(state.routine, home.timeZone, {
    fromMs: lastMs,
    toMs: atMs,
    wasStill: wasSeen,
    atMostMin: alarm === undefined ? Number.POSITIVE_INFINITY : alarm.limitMin * learnsFromAlarm,
  });
  return routine === state.routine ? state : { ...state, routine };
}

/** Life after an alarm: believed at once when she says so or walks, otherwise when it has gone on for a while. */
function revived(home: Household, state: State, reading: Reading, life: Life): Outcome<State> {
  const { told, toldAwayMs } = state;
  if (told === undefined && toldAwayMs === undefined) return { state };
  const revival = revivalWith(state.revival, reading, life);
  if (life !== 'ok' && life !== 'walk' && !isBelieved(home, state, revival)) {
    return { state: revival === undefined ? without(state, 'revival') : { ...state, revival } };
  }
  const signals: Signal[] = [];
  if (told !== undefined) signals.push(isActive(home, told, reading));
  if (toldAwayMs !== undefined) signals.push(isBack(home, toldAwayMs, reading));
  const { told: _told, toldAwayMs: _toldAway, revival: _revival, ...rest } = state;
  return { state: rest, signals };
}

/** The door begins it anew: who only looks in is gone again by then. */
function revivalWith(before: Revival | undefined, { takenAtMs, deviceId }: Reading, life: Life): Revival | undefined {
  if (life === 'door') return undefined;
  if (before === undefined || takenAtMs - before.lastMs > pauseMs) {
    return { sinceMs: takenAtMs, lastMs: takenAtMs, deviceId, rooms: 1 };
  }
  return { ...before, lastMs: takenAtMs, rooms: before.deviceId === deviceId ? before.rooms : 2 };
}

function isBelieved(home: Household, state: State, revival: Revival | undefined): boolean {
  if (revival === undefined || revival.lastMs - revival.sinceMs < revivalMs) return false;
  return revival.rooms === 2 || roomsSeen(home, state, revival.lastMs) < 2;
}

function roomsSeen(home: Household, state: State, atMs: number): number {
  const isRoom = (id: string, untilMs: number) => untilMs >= atMs && home.devices.get(id)?.kind === 'motionSensor';
  return [...seeing(home, state)].filter(([id, untilMs]) => isRoom(id, untilMs)).length;
}

function met(home: Household, state: State, input: Input & { kind: 'deadline' }): Outcome<State> {
  const due = dueOf(home, state);
  if (due === undefined || input.nowMs < due.atMs) return { state };
  const waiting = afterAbsence(home, state, due, input.listeningSinceMs);
  return waiting === undefined ? acted(home, state, due, input.nowMs) : { state: waiting };
}

/**
 * What fell due while nobody listened waits for what the devices kept. A whole day of silence that was ours waits for the
 * sensors to be heard; once they are, the day begins anew.
 */
function afterAbsence(home: Household, state: State, due: Due, listeningSinceMs: number): State | undefined {
  const isCeiling = due.what === 'ask' && due.why === 'ceiling';
  const { lastMs = 0, fromMs = 0, ceilingFromMs } = state;
  const isOurs = isCeiling && ceilingFromMs === undefined && lastOfAllMs(state) < listeningSinceMs;
  if (isOurs && fromMs > lastMs && fromMs >= listeningSinceMs) return { ...state, ceilingFromMs: fromMs };

  const isByEvents = seeingUntilMs(home, state).half === Number.POSITIVE_INFINITY;
  const holdMs = isByEvents ? afterAbsenceByEventsMs : afterAbsenceMs;
  const heldUntilMs = listeningSinceMs + (isCeiling ? afterAbsenceBlindMs : holdMs);
  return due.atMs < heldUntilMs ? { ...state, heldUntilMs } : undefined;
}

function acted(home: Household, state: State, due: Due, nowMs: number): Outcome<State> {
  if (due.what === 'away') {
    return {
      state: { ...state, toldAwayMs: state.awayMs ?? nowMs },
      signals: [awayTooLong(home, state, due.atMs, nowMs)],
    };
  }
  if (due.what === 'ask') {
    const commands = askIfOk(home, `inactivity:${home.subjectId}:${state.lastMs}`, answerMs / 1000);
    const asked = { atMs: due.atMs, why: due.why, limitMin: due.limitMin };
    if (commands.length > 0) return { state: { ...state, asked }, commands };
  }
  const severity = due.what === 'raise' || home.resident?.riskTier === 'red' ? 'P2' : 'P3';
  const { asked: _asked, ...rest } = state;
  const { lastMs = nowMs } = state;
  const limit = state.told ?? { why: due.why, limitMin: due.limitMin };
  const gravest = due.what === 'again' ? (state.told?.severity ?? severity) : severity;
  const told = { ...limit, forMs: state.told?.forMs ?? lastMs, againForMs: lastMs, severity: gravest, toldAtMs: nowMs };
  return { state: { ...rest, told }, signals: [isStill(home, state, due, severity, nowMs)] };
}

function without<K extends keyof State>(state: State, key: K): State {
  if (state[key] === undefined) return state;
  const { [key]: _dropped, ...rest } = state;
  return rest as State; // what is dropped is optional
}
