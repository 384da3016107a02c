import type { Reading } from '../../model/reading.ts';
import type { Household, Outcome } from '../rule.ts';
import { jumpOf } from './band.ts';
import { doubted } from './doubt.ts';
import type { Verdict } from './judge.ts';
import { hasMoved, helpWithinMs, settlingMs, sinceFall, walkingSteps } from './signs.ts';
import { type Pending, type State, withoutPending } from './state.ts';
import { calledForHelp, raisedAgain, takenBack } from './told.ts';

const walkWithinMs = 60_000;
/** Movement without steps is watched for so long. */
const watchMs = 180_000;

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
  if (pending === undefined) return doubted(home, state, reading, confirm, verdict);
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
  if (sinceMs >= settlingMs && hasMoved(home, reading, verdict))
    return { state: { ...state, pending: moved(pending, takenAtMs) } };
  return noted(home, state, pending, reading, walked);
}

/** Steps since the count first seen after the fall; undefined when the counter has nothing to compare with. */
function stepsSince({ steps }: Pending, { deviceId, facts }: Reading): number | undefined {
  const before = steps[deviceId];
  return facts.steps === undefined || before === undefined ? undefined : facts.steps - before;
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
