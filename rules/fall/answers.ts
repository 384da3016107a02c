import type { Reading } from '../../model/reading.ts';
import type { Household, Outcome } from '../rule.ts';
import { jumpOf } from './band.ts';
import type { Verdict } from './judge.ts';
import { type Doubt, type Pending, type State, withoutDoubt, withoutPending } from './state.ts';
import { calledForHelp, raisedAgain, takenBack } from './told.ts';

/** What a sensor sees right after the fall is the fall. */
const settlingMs = 15_000;
const walkingSteps = 20;
const walkWithinMs = 60_000;
const helpWithinMs = 120_000;
/** Movement without steps is watched for so long. */
const watchMs = 180_000;
/** A burst that is movement for more than half of its time is life. */
const livelyShare = 0.5;

/**
 * What a reading says about the fall that is awaited, or about the burst in doubt. `confirm` makes the doubt a fall.
 * Readings taken before the fall are no answer to it.
 */
export function answerTo(
  home: Household,
  state: State,
  reading: Reading,
  confirm: () => Outcome<State> | undefined,
  verdict?: Verdict,
): Outcome<State> {
  const { pending } = state;
  if (pending === undefined) return doubted(state, reading, confirm);
  const { takenAtMs, facts } = reading;
  const sinceMs = sinceFall(pending, reading);
  if (facts.events?.includes('sos') && sinceMs >= 0 && sinceMs <= helpWithinMs) {
    return { state: withoutPending(state), signals: [calledForHelp(home, pending, reading)] };
  }
  if (sinceMs <= 0) return { state };
  if (facts.events?.includes('ok'))
    return { state: withoutPending(state), signals: [takenBack(home, pending, reading)] };

  const walked = stepsSince(pending, reading);
  if (walked !== undefined && walked >= walkingSteps && sinceMs <= walkWithinMs) {
    return { state: withoutPending(state), signals: [takenBack(home, pending, reading, walked)] };
  }
  if (hasMoved(home, reading, sinceMs, verdict)) return { state: { ...state, pending: moved(pending, takenAtMs) } };
  return noted(home, state, pending, reading, walked);
}

/** By the clock of the device that fell, when it is the one that speaks. */
function sinceFall({ fellAtMs, aheadMs = 0, deviceId }: Pending | Doubt, reading: Reading): number {
  return reading.takenAtMs - (reading.deviceId === deviceId ? aheadMs : 0) - fellAtMs;
}

/**
 * A doubt is settled by "I am fine", confirmed by a call for help, or by the racing heart of somebody who does not walk
 * (a heart races in exercise too), and over after three minutes.
 */
function doubted(state: State, reading: Reading, confirm: () => Outcome<State> | undefined): Outcome<State> {
  const { doubt } = state;
  if (doubt === undefined) return { state };
  const { events, steps } = reading.facts;
  const sinceMs = sinceFall(doubt, reading);
  if (sinceMs < 0) return { state };
  if (sinceMs > watchMs || events?.includes('ok')) return { state: withoutDoubt(state) };
  const isCall = events?.includes('sos') === true && sinceMs <= helpWithinMs;
  const isRacing = jumpOf(state, reading) !== undefined && hasNotWalked(doubt, reading);
  if (isCall || isRacing) return confirm() ?? { state };
  if (steps === undefined || doubt.steps !== undefined || reading.deviceId !== doubt.deviceId) return { state };
  return { state: { ...state, doubt: { ...doubt, steps } } };
}

function hasNotWalked({ steps, deviceId }: Doubt, reading: Reading): boolean {
  if (steps === undefined || reading.facts.steps === undefined || reading.deviceId !== deviceId) return false;
  return reading.facts.steps - steps < walkingSteps;
}

/** Steps since the count first seen after the fall; undefined when the counter has nothing to compare with. */
function stepsSince({ steps }: Pending, { deviceId, facts }: Reading): number | undefined {
  const before = steps[deviceId];
  return facts.steps === undefined || before === undefined ? undefined : facts.steps - before;
}

function hasMoved(home: Household, { kind, facts }: Reading, sinceMs: number, verdict: Verdict | undefined): boolean {
  if (sinceMs < settlingMs) return false;
  if (verdict !== undefined) return verdict.features.movingShare > livelyShare;
  if (facts.motion !== true) return false;
  // A sensor on the wall cannot tell the cat from the person.
  return kind !== 'motionSensor' || home.resident?.hasPet !== true;
}

/** Movement puts the end off once, to three minutes after the fall. */
function moved(pending: Pending, atMs: number): Pending {
  const { isStill: _isStill, ...rest } = pending;
  return { ...rest, movedAtMs: atMs, dueAtMs: Math.max(pending.dueAtMs, pending.fellAtMs + watchMs) };
}

function noted(
  home: Household,
  state: State,
  pending: Pending,
  reading: Reading,
  walked: number | undefined,
): Outcome<State> {
  const { deviceId, facts } = reading;
  if (pending.heartJumpBpm === undefined) {
    const heartJumpBpm = jumpOf(state, reading);
    if (heartJumpBpm !== undefined) return raced(home, state, { ...pending, heartJumpBpm }, reading);
  }
  if (walked !== undefined) {
    const isStill = walked < walkingSteps;
    if (pending.movedAtMs === undefined || pending.isStill === isStill) return { state };
    return { state: { ...state, pending: { ...pending, isStill } } };
  }
  if (facts.steps === undefined || !home.devices.has(deviceId)) return { state };
  return { state: { ...state, pending: { ...pending, steps: { ...pending.steps, [deviceId]: facts.steps } } } };
}

/** A racing heart lifts what was told lower. */
function raced(home: Household, state: State, pending: Pending, reading: Reading): Outcome<State> {
  if (!pending.isLowered) return { state: { ...state, pending } };
  const lifted = { ...pending, isLowered: false };
  return { state: { ...state, pending: lifted }, signals: [raisedAgain(home, lifted, reading)] };
}
