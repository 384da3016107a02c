import { localTime } from '../../model/local-time.ts';
import type { Reading } from '../../model/reading.ts';
import { askOn } from '../check-in.ts';
import type { Deadline, Household, Outcome } from '../rule.ts';
import { isOff, jumpOf } from './band.ts';
import type { Verdict } from './judge.ts';
import { hasMoved, helpWithinMs, sinceFall, walkingSteps } from './signs.ts';
import { type Doubt, type State, withFall, withoutDoubt } from './state.ts';
import { answeredLate, unmoved } from './told.ts';

const minuteMs = 60_000;
/** A racing heart this soon is that of the fall. */
const racingWithinMs = 3 * minuteMs;
/** Who has fallen is seen and felt for a while before she lies still. */
const restlessMs = 2 * minuteMs;
/** From an hour on a lie is a long one: asked after a third of it, told after half, there is time to get to her. */
const stillForMs = 20 * minuteMs;
const answerMs = 10 * minuteMs;
const longLieMs = 60 * minuteMs;
/** By then somebody has been there, or closed it. */
const toldForMs = 6 * 60 * minuteMs;
/** The step counter must have stood still before our eyes for so long. */
const countedForMs = 10 * minuteMs;
/** At night going to bed looks the same. */
const dayFromMin = 7 * 60;
const dayToMin = 21 * 60;
/** Who is asked too often stops answering. */
const askedAgainAfterMs = 3 * 24 * 60 * minuteMs;
/** After our own absence the answers that devices kept come in first. */
const backlogMs = 2 * minuteMs;

/**
 * What a reading says about a burst in doubt. A call for help, or the racing heart of somebody who does not walk (a heart
 * races in exercise too), makes it a fall: `confirm`. A sign of life ends it. When her band goes on speaking and nothing of
 * hers moves for twenty minutes, she is asked whether all is well; unanswered it is told (`doubtOverdue`).
 *
 * @param verdict what the model says of the reading when it is a burst
 */
export function doubted(
  home: Household,
  state: State,
  reading: Reading,
  confirm: () => Outcome<State> | undefined,
  verdict?: Verdict,
): Outcome<State> {
  const { doubt } = state;
  if (doubt === undefined) return { state };
  const sinceMs = sinceFall(doubt, reading);
  if (sinceMs < 0) return { state };
  if (doubt.isTold) return afterTold(home, state, doubt, reading, sinceMs);
  if (speaksForFall(state, doubt, reading, sinceMs)) return confirm() ?? { state };
  const isForgotten = doubt.dueAtMs === undefined && sinceMs > longLieMs;
  if (isForgotten || isAlive(home, doubt, reading, sinceMs, verdict)) return { state: withoutDoubt(state) };
  const known = noted(home, doubt, reading, sinceMs);
  const after = known === doubt ? state : { ...state, doubt: known };
  return isStill(known, reading, sinceMs) && mayAsk(home, state, reading)
    ? asked(after, known, reading)
    : { state: after };
}

/** She was told of because she did not answer: an answer takes it back, however late, and so does a walk. */
function afterTold(home: Household, state: State, doubt: Doubt, reading: Reading, sinceMs: number): Outcome<State> {
  if (sinceMs > toldForMs) return { state: withoutDoubt(state) };
  const walked = stepsSince(doubt, reading, 0);
  const isFine = reading.facts.events?.includes('ok') === true;
  if (!isFine && walked < walkingSteps) return { state };
  return { state: withoutDoubt(state), signals: [answeredLate(home, doubt, reading, isFine ? undefined : walked)] };
}

/** A new burst in doubt. It does not take back a question, unless it is itself full of life. */
export function inDoubt(
  home: Household,
  state: State,
  reading: Reading,
  verdict: Verdict,
  fresh: Doubt,
): Outcome<State> {
  if (state.doubt?.dueAtMs === undefined) return { state: { ...state, doubt: fresh } };
  return doubted(home, state, reading, () => undefined, verdict);
}

/** The question was not answered, and nothing moved meanwhile: P2. */
export function doubtOverdue(home: Household, state: State, { nowMs, listeningSinceMs }: Deadline): Outcome<State> {
  const { doubt } = state;
  if (doubt?.dueAtMs === undefined || nowMs < doubt.dueAtMs) return { state };
  const heldUntilMs = listeningSinceMs + backlogMs;
  if (doubt.dueAtMs < heldUntilMs) return { state: { ...state, doubt: { ...doubt, dueAtMs: heldUntilMs } } };
  const { dueAtMs: _due, ...rest } = doubt;
  const told = withFall({ ...state, doubt: { ...rest, isTold: true } }, doubt.fellAtMs);
  return { state: told, signals: [unmoved(home, doubt, nowMs)] };
}

function speaksForFall(state: State, doubt: Doubt, reading: Reading, sinceMs: number): boolean {
  const { events } = reading.facts;
  if (events?.includes('ok') || sinceMs > racingWithinMs) return false;
  if (events?.includes('sos') && sinceMs <= helpWithinMs) return true;
  return jumpOf(state, reading) !== undefined && stepsSince(doubt, reading, walkingSteps) < walkingSteps;
}

/** She answers, walks, handles her band; or somebody moves in her home, or comes or goes. */
function isAlive(
  home: Household,
  doubt: Doubt,
  reading: Reading,
  sinceMs: number,
  verdict: Verdict | undefined,
): boolean {
  const { deviceId, facts } = reading;
  if (facts.events?.includes('ok') || facts.events?.includes('sos')) return true;
  if (sinceMs < restlessMs) return false;
  if (hasMoved(home, reading, verdict) || isPassage(doubt, reading)) return true;
  if (deviceId !== doubt.deviceId) return false;
  return facts.worn === false || facts.charging === true || stepsSince(doubt, reading, 0) >= walkingSteps;
}

/** It stands otherwise than it said since the burst: a door that says again that it is open is none. */
function isPassage({ contacts }: Doubt, { deviceId, facts }: Reading): boolean {
  const before = contacts?.[deviceId];
  return before !== undefined && facts.contactOpen !== undefined && facts.contactOpen !== before;
}

/** @param unknown when nothing can be compared */
function stepsSince({ steps, deviceId }: Doubt, reading: Reading, unknown: number): number {
  if (steps === undefined || reading.facts.steps === undefined || reading.deviceId !== deviceId) return unknown;
  return reading.facts.steps - steps.count;
}

/** The first count of steps after the burst, whether her band is on her, and how the doors stand. */
function noted(home: Household, doubt: Doubt, { deviceId, facts }: Reading, sinceMs: number): Doubt {
  const { steps: count, contactOpen, worn, heartRateBpm } = facts;
  if (contactOpen !== undefined && doubt.contacts?.[deviceId] !== contactOpen && home.devices.has(deviceId)) {
    return { ...doubt, contacts: { ...doubt.contacts, [deviceId]: contactOpen } };
  }
  if (deviceId !== doubt.deviceId) return doubt;
  const isFirstCount = count !== undefined && doubt.steps === undefined;
  const isWorn = doubt.isWorn !== true && (worn === true || heartRateBpm !== undefined);
  if (!isFirstCount && !isWorn) return doubt;
  return { ...doubt, ...(isFirstCount && { steps: { count, sinceMs } }), ...(isWorn && { isWorn }) };
}

/**
 * Twenty minutes by the band's clock and by ours, so that a buffer emptied at once is heard to its end first; and from a
 * band that speaks and is on somebody: silence says nothing, and a band on the table lies still too.
 */
function isStill({ steps, isWorn, deviceId, heardAtMs, dueAtMs }: Doubt, reading: Reading, sinceMs: number): boolean {
  const isHers = reading.deviceId === deviceId && reading.facts.steps !== undefined;
  if (!isHers || !isWorn || steps === undefined || dueAtMs !== undefined) return false;
  const wasHeardMs = reading.receivedAtMs - heardAtMs;
  return Math.min(sinceMs, wasHeardMs) >= stillForMs && sinceMs - steps.sinceMs >= countedForMs;
}

function mayAsk({ timeZone }: Household, state: State, { deviceId, receivedAtMs }: Reading): boolean {
  const { minute } = localTime(timeZone, receivedAtMs);
  const isByDay = minute >= dayFromMin && minute < dayToMin;
  const wasAsked = state.askedAtMs !== undefined && receivedAtMs - state.askedAtMs < askedAgainAfterMs;
  return isByDay && !wasAsked && !isOff(state, deviceId);
}

/** On her wrist: who lies there reaches nothing else, and who is out carries nothing else. */
function asked(state: State, doubt: Doubt, { receivedAtMs }: Reading): Outcome<State> {
  const dueAtMs = receivedAtMs + answerMs;
  return {
    state: { ...state, askedAtMs: receivedAtMs, doubt: { ...doubt, dueAtMs } },
    commands: [askOn(doubt.deviceId, `fall:${doubt.readingId}`, answerMs / 1000)],
  };
}
