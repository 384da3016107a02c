import type { Signal } from '../model/alert.ts';
import type { DeviceKind } from '../model/device.ts';
import { localTime } from '../model/local-time.ts';
import type { Reading } from '../model/reading.ts';
import { earliest, withDevice } from './per-device.ts';
import type { Household, Input, Outcome, Rule } from './rule.ts';
import { clear, fromDeadline, fromReading, raise } from './signals.ts';
import { isOfSleep } from './vitals/asleep.ts';
import { learnEveryMs, learned, usualAt } from './vitals/baseline.ts';
import { findingOf, type Told, type VitalsState, watchesOf } from './vitals/finding.ts';
import {
  amber,
  amberLimitsOf,
  isPast,
  type Level,
  measuresVitals,
  news2Points,
  red,
  redLimitsOf,
  scoring,
  usual,
  type Vital,
  vitalNames,
} from './vitals/news2.ts';
import { isAtWrist } from './vitals/oxygen.ts';
import { isOldNews, withSaid } from './vitals/said.ts';
import { isSettled, type Watch, watchAfter, windowAfter, worthOf } from './vitals/watch.ts';
import { vitalsWords } from './words/vitals.ts';
import { whoOf } from './words.ts';

type State = VitalsState;

const minuteMs = 60_000;
/** What was measured longer ago than this when it arrives is a record. */
const recordMs = 24 * 3_600_000;
const sayAgainMs = 4 * 3_600_000;
const calmMs = 30 * minuteMs;
const steadyGrainMs = 10 * minuteMs;
/** A red value at the cuff that nobody repeats is told all the same. */
const repeatWithinMs = 15 * minuteMs;
/** The repetition may be in the same buffer. */
const restOfBufferMs = 10_000;
/** Half of a slow walk; at rest bands count five in a minute. */
const walkingStepsPerMin = 20;
const [offWrist, onCharger] = [1, 2];
/** A cold wrist says nothing of the fever or the chill inside. */
const skinBelowC = 36.1;
const onTheBody: ReadonlySet<DeviceKind> = new Set(['wristband', 'vitalsMonitor', 'bedSensor']);

/**
 * Vital signs, for people who look after somebody; not a medical device. Each vital is judged by the median of a window
 * (five values or 10 min of a band, two values at the cuff), against limits for everybody or a clinician's, and against what
 * is usual for this person at this time of day. P2: a vital red for 10 min, or a partial NEWS2 of 7. P3: amber for 30 min (at
 * the cuff in three sessions running), partial NEWS2 of 5, or a red value at the cuff that is not repeated.
 *
 * States: *usual* (nothing kept but the baseline), *watched* (a vital is off, not for long enough), *told*, *calm* (told, and
 * a level better for less than 30 min). Said again after 4 h. Values out of a buffer count, in order, at the time they were
 * taken; what was taken a day ago is a record.
 */
export const vitals: Rule<State> = {
  kind: 'vitals',
  initial: {},
  step(home, state, input) {
    if (input.kind === 'deadline') return notRepeated(home, state, input);
    const { reading } = input;
    if (!onTheBody.has(reading.kind) || reading.receivedAtMs - reading.takenAtMs >= recordMs) return { state };
    const worn = withWorn(home, state, reading);
    if (!measuresVitals(reading.facts) || !isSteady(worn, reading)) return { state: worn };
    const walked = withSteps(home, worn, reading);
    return isWalking(worn, reading) ? { state: walked } : judged(home, walked, reading);
  },
  deadlineAtMs: (_home, state) => earliest(watchesOf(state).map(([, { repeatByMs }]) => repeatByMs)),
};

/** Off the wrist and on the charger are two things: each ends by its own word. A buffer says how it was, not how it is. */
function withWorn(home: Household, state: State, { kind, deviceId, late, facts }: Reading): State {
  const { worn, charging } = facts;
  if (late || kind !== 'wristband' || (worn === undefined && charging === undefined)) return state;
  const was = state.off?.[deviceId] ?? 0;
  const isOff = worn === undefined ? was & offWrist : worn ? 0 : offWrist;
  const isCharging = charging === undefined ? was & onCharger : charging ? onCharger : 0;
  const is = isOff | isCharging;
  return is === was ? state : { ...state, off: withDevice(home, state.off ?? {}, deviceId, is === 0 ? undefined : is) };
}

/** On the wrist and still; what is not worn is held or sat down to. */
function isSteady(state: State, { kind, deviceId, late, facts }: Reading): boolean {
  if (kind !== 'wristband') return true;
  const isOff = !late && state.off?.[deviceId] !== undefined;
  return !isOff && facts.worn !== false && facts.charging !== true && facts.motion !== true;
}

/** Is the step counter running since the last word? */
function isWalking({ steps }: State, { deviceId, takenAtMs, facts }: Reading): boolean {
  const [atMs = 0, count = 0] = steps?.[deviceId] ?? [];
  if (facts.steps === undefined || atMs === 0 || takenAtMs <= atMs) return false;
  return (facts.steps - count) / ((takenAtMs - atMs) / minuteMs) >= walkingStepsPerMin;
}

/** Counted only while something is off: only then it matters whether she walks. */
function withSteps(home: Household, state: State, { deviceId, takenAtMs, facts }: Reading): State {
  if (facts.steps === undefined || state.watches === undefined) return state;
  if (watchesOf(state).some(([, { level, newest }]) => level >= amber || newest >= amber)) {
    return { ...state, steps: withDevice(home, state.steps ?? {}, deviceId, [takenAtMs, facts.steps]) };
  }
  const { steps: counted, ...rest } = state;
  return counted === undefined ? state : rest;
}

function judged(home: Household, state: State, reading: Reading): Outcome<State> {
  let after = state;
  const seen: Vital[] = [];
  for (const vital of vitalNames) {
    const value = reading.facts[vital];
    if (value === undefined || (vital === 'temperatureC' && reading.kind === 'wristband' && value < skinBelowC))
      continue;
    // To a tenth, as devices show it: 38.300000000000004 would be written to disk.
    const next = withValue(home, after, vital, Math.round(value * 10) / 10, reading);
    if (next !== undefined) seen.push(vital);
    after = next ?? after;
  }
  return after === state && state.told === undefined ? { state } : concluded(home, after, reading, seen);
}

/** Undefined when the value is older than what is known. */
function withValue(home: Household, state: State, vital: Vital, value: number, reading: Reading): State | undefined {
  const { deviceId, takenAtMs: atMs, kind } = reading;
  const spot = kind === 'vitalsMonitor' || vital === 'systolicMmHg' || vital === 'diastolicMmHg';
  const was = state.watches?.[vital];
  const sample = { deviceId, spot, wrist: isAtWrist(vital, kind), atMs, value };
  const window = windowAfter(was, sample);
  if (window === undefined) return undefined;
  const levelOf = (one: number) => levelOfValue(home, state, vital, { value: one, atMs, spot });
  if (was !== undefined && isNothingNew(was, levelOf(value), atMs)) return state;
  const median = worthOf(window, sample.wrist);
  const level = median === undefined ? usual : levelOf(median);
  const levels = { median: median ?? value, level, newest: levelOf(value) };
  const watch = isAllUsual(window, levelOf) ? undefined : watchAfter(was, sample, window, levels);
  return withLearned(home, withWatch(state, vital, watch && awaitingRepeat(was, watch, reading)), vital, value, atMs);
}

/** Many a healthy pulse scores a point all day: then one value in ten minutes is written down. */
function isNothingNew(was: Watch, level: Level, atMs: number): boolean {
  const isSteady = was.level === scoring && was.newest === scoring && level === scoring;
  return isSteady && isSettled(was, scoring) && atMs - takenAtOf(was) < steadyGrainMs;
}

function isAllUsual(window: readonly number[], levelOf: (value: number) => Level): boolean {
  return window.every((value, at) => at % 2 === 0 || levelOf(value) === usual);
}

/** Amber only when it is unlike this person too, once that is known. */
type One = { readonly value: number; readonly atMs: number; readonly spot: boolean };

function levelOfValue(home: Household, state: State, vital: Vital, { value, atMs, spot }: One): Level {
  const plan = home.resident?.vitals;
  if (isPast(redLimitsOf(vital, plan), value)) return red;
  const limits = amberLimitsOf(vital, plan, spot);
  if (isPast(limits, value)) {
    const { minute } = localTime(home.timeZone, atMs);
    const baseline = state.usual?.[vital];
    const known = usualAt(vital, baseline, minute, atMs);
    const isUsual = known && Math.abs(value - known.centre) < 3 * known.sigma;
    if (!(isUsual ?? (!spot && isOfSleep(vital, limits, value, minute, baseline)))) return amber;
  }
  return news2Points(vital, value, plan) > 0 ? scoring : usual;
}

function awaitingRepeat(was: Watch | undefined, watch: Watch, { takenAtMs, receivedAtMs }: Reading): Watch {
  if (!watch.spot || watch.level !== red || isSettled(watch, red)) return watch;
  const repeatByMs = Math.max(takenAtMs + repeatWithinMs, receivedAtMs + restOfBufferMs);
  return { ...watch, repeatByMs: was?.repeatByMs ?? repeatByMs };
}

function withWatch(state: State, vital: Vital, watch: Watch | undefined): State {
  const { [vital]: was, ...others } = state.watches ?? {};
  if (watch === undefined && was === undefined) return state;
  return { ...state, watches: watch === undefined ? others : { ...others, [vital]: watch } };
}

/** Red values are not what is usual, however long they last. */
function withLearned(home: Household, state: State, vital: Vital, value: number, atMs: number): State {
  const was = state.usual?.[vital];
  const isDue = was === undefined || atMs - was.atMs >= learnEveryMs;
  if (!isDue || isPast(redLimitsOf(vital, home.resident?.vitals), value)) return state;
  const { minute } = localTime(home.timeZone, atMs);
  return { ...state, usual: { ...state.usual, [vital]: learned(vital, was, minute, atMs, value) } };
}

// ---- what follows from it ----

function concluded(home: Household, state: State, reading: Reading, seen: readonly Vital[]): Outcome<State> {
  const [calmed, over] = calmedDown(home, state, reading, seen);
  const finding = findingOf(home, calmed, reading.takenAtMs);
  const { told } = calmed;
  const isNews =
    finding !== undefined &&
    isWorthSaying(told, finding.severity, reading.takenAtMs) &&
    !isOldNews(home, calmed, finding, reading.takenAtMs);
  if (!isNews) return { state: calmed, ...(over && { signals: [over] }) };

  const { severity, level, of } = finding;
  const now: Told = { severity, level, of, atMs: reading.takenAtMs, deviceId: reading.deviceId };
  const signal = raise(home, fromReading(reading), {
    type: 'vitals',
    key: `${reading.id}:${severity}`,
    severity,
    suspected: true,
    summary: vitalsWords.abnormal(whoOf(home, reading.deviceId), finding.what),
    evidence: finding.evidence,
    because: finding.because,
    unless: finding.unless,
  });
  const said = withSaid(home, calmed, finding, reading.takenAtMs);
  return { state: { ...said, told: now }, signals: over ? [over, signal] : [signal] };
}

function isWorthSaying(told: Told | undefined, severity: 'P2' | 'P3', atMs: number): boolean {
  return told === undefined || severity < told.severity || atMs - told.atMs >= sayAgainMs;
}

/** One level better for 30 min in every vital it was told for: it is over. */
function calmedDown(home: Household, state: State, reading: Reading, seen: readonly Vital[]): [State, Signal?] {
  const { told } = state;
  if (told === undefined || !seen.some((vital) => told.of.includes(vital))) return [state];
  const { calmSinceMs, ...tense } = told;
  const isBack = told.of.every((vital) => (state.watches?.[vital]?.level ?? usual) < told.level);
  if (!isBack) return calmSinceMs === undefined ? [state] : [{ ...state, told: tense }];
  if (calmSinceMs === undefined) return [{ ...state, told: { ...told, calmSinceMs: reading.takenAtMs } }];
  if (reading.takenAtMs - calmSinceMs < calmMs) return [state];
  const { told: _told, ...rest } = state;
  const signal = clear(home, fromReading(reading), {
    type: 'vitals',
    key: reading.id,
    severity: told.severity,
    suspected: true,
    summary: vitalsWords.usualAgain(whoOf(home, reading.deviceId)),
    evidence: { calmSinceMs },
  });
  return [rest, signal];
}

function notRepeated(home: Household, state: State, input: Input & { kind: 'deadline' }): Outcome<State> {
  let after = state;
  const signals: Signal[] = [];
  for (const [vital, watch] of watchesOf(state)) {
    if (watch.repeatByMs === undefined || watch.repeatByMs > input.nowMs) continue;
    const { repeatByMs: _due, ...rest } = watch;
    after = withWatch(after, vital, rest);
    if (!isWorthSaying(after.told, 'P3', takenAtOf(watch))) continue;
    signals.push(lonely(home, vital, watch, Math.max(input.nowMs, input.listeningSinceMs)));
    const { deviceId } = watch;
    after = { ...after, told: { severity: 'P3', level: amber, of: [vital], atMs: takenAtOf(watch), deviceId } };
  }
  return { state: after, signals };
}

function lonely(home: Household, vital: Vital, watch: Watch, knownAtMs: number): Signal {
  const { deviceId, median: value } = watch;
  const takenAtMs = takenAtOf(watch);
  const limits = redLimitsOf(vital, home.resident?.vitals);
  return raise(home, fromDeadline(deviceId, takenAtMs, knownAtMs), {
    type: 'vitals',
    key: `${deviceId}:${vital}:${takenAtMs}:unrepeated`,
    severity: 'P3',
    suspected: true,
    summary: vitalsWords.unrepeated(whoOf(home, deviceId), vitalsWords.values([[vital, value]])),
    evidence: { [vital]: value, takenAtMs, values: 1, redLimits: { [vital]: limits }, notice: vitalsWords.notice },
    because: [vitalsWords.heldRed(vital, value, limits, 0)],
    unless: [vitalsWords.unlessRepeated],
  });
}

function takenAtOf(watch: Watch): number {
  return watch.window.at(-2) ?? 0;
}
