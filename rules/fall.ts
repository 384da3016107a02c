import type { Reading } from '../model/reading.ts';
import { askIfOk } from './check-in.ts';
import { answerTo } from './fall/answers.ts';
import { isOff, withBand } from './fall/band.ts';
import { doubtOverdue, inDoubt } from './fall/doubt.ts';
import { judge, type Verdict } from './fall/judge.ts';
import { isSameFall, isTooOften, type Pending, type State, withFall, withoutPending } from './fall/state.ts';
import { suspicion, unanswered } from './fall/told.ts';
import type { Household, Input, Outcome, Rule } from './rule.ts';

const answerWithinMs = 60_000;
const answerWithinS = answerWithinMs / 1000;
/** A fall out of a buffer is long unanswered, but the answer may be in the same buffer. */
const restOfBufferMs = 10_000;
const initial: State = {};

/**
 * A fall that the device reports, or that the model sees in a burst of acceleration: suspected (P2) at once, critical
 * (P1) when neither an `ok`, nor 20 steps, nor other movement follows within a minute.
 *
 * `ok` and steps take it back; mere movement leaves it a suspicion for people to close. A call for help makes it critical
 * at once. A burst from a band that is off, or the fourth suspicion of a day, is told one step lower: "check how it is
 * worn". What the device itself reports is never lowered and never swallowed. A burst and a report of the same moment are
 * one fall. A burst that the model takes for daily life raises nothing; of one that is only faint more must come
 * (`doubt.ts`): a call for help, a racing heart, or twenty minutes in which nothing moves and a question that stays
 * unanswered (P2).
 */
export const fall: Rule<State> = {
  kind: 'fall',
  initial,
  step(home, state, input) {
    if (input.kind === 'deadline') return overdue(home, state, input);
    const { reading } = input;
    const known = withBand(home, state, reading);
    if (reading.facts.events?.includes('fall')) return flagged(home, known, reading);
    if (reading.facts.burst !== undefined) return felt(home, known, reading, judge(reading.facts.burst));
    if (known.pending === undefined && known.doubt === undefined) return { state: known };
    return answerTo(home, known, reading, () => doubtConfirmed(home, known, reading));
  },
  deadlineAtMs: (_home, state) => state.pending?.dueAtMs ?? state.doubt?.dueAtMs,
};

/** The device's own report. */
function flagged(home: Household, state: State, reading: Reading): Outcome<State> {
  const { pending } = state;
  const { deviceId, takenAtMs, receivedAtMs } = reading;
  // Nobody falls after we know of it: a clock that runs ahead must not put the minute off.
  const fellAtMs = Math.min(takenAtMs, receivedAtMs);
  const isKnown = pending !== undefined && !pending.isFlagged && isSameFall(pending.fellAtMs, fellAtMs);
  if (isKnown && !pending.isLowered && pending.deviceId === deviceId) {
    return withHelp(home, saidAgain({ ...state, pending: { ...pending, isFlagged: true } }, reading), reading, {});
  }
  const signals = [suspicion(home, reading, { fellAtMs, isFlagged: true })];
  // What was lowered counts fully from now on; an older fall does not put off the one that is awaited.
  const isOlder = pending !== undefined && fellAtMs <= pending.fellAtMs && !isKnown;
  if (isOlder) return { state, signals };
  const fallen = { fellAtMs, isFlagged: true, aheadMs: takenAtMs - fellAtMs };
  return withHelp(home, begun(state, reading, fallen), reading, { signals, commands: asked(home, reading) });
}

/** She fell and pressed in one message. */
function withHelp(
  home: Household,
  state: State,
  reading: Reading,
  said: Omit<Outcome<State>, 'state'>,
): Outcome<State> {
  if (!reading.facts.events?.includes('sos')) return { state, ...said };
  const answer = answerTo(home, state, reading, () => undefined);
  return { ...said, state: answer.state, signals: [...(said.signals ?? []), ...(answer.signals ?? [])] };
}

/** What the model says of a burst. */
function felt(home: Household, state: State, reading: Reading, verdict: Verdict): Outcome<State> {
  const { deviceId, takenAtMs, receivedAtMs } = reading;
  // Without a clock of its own a band's burst is dated by its receipt, which is after the fall.
  const fellAtMs = Math.min(takenAtMs + verdict.impactMs, receivedAtMs);
  const aheadMs = takenAtMs > receivedAtMs ? takenAtMs + verdict.impactMs - fellAtMs : 0;
  const isToldAlready = state.recent?.some((atMs) => isSameFall(atMs, fellAtMs)) ?? false;
  const isNone = !verdict.isFall && (state.pending !== undefined || !verdict.isDoubtful);
  if (isNone) return answerTo(home, state, reading, () => undefined, verdict);
  if (isToldAlready) return { state: verdict.isFall ? saidAgain(state, reading) : state };
  if (!verdict.isFall) {
    const blow = { readingId: reading.id, deviceId, fellAtMs, ...(aheadMs > 0 && { aheadMs }) };
    return inDoubt(home, state, reading, verdict, { ...blow, heardAtMs: receivedAtMs, score: verdict.points });
  }
  const timesToday = isTooOften(state, fellAtMs);
  const isWorn = !isOff(state, deviceId);
  const isLowered = timesToday !== undefined || !isWorn;
  const fallen = {
    fellAtMs,
    isFlagged: false,
    isLowered,
    verdict,
    isWorn,
    aheadMs,
    ...(timesToday !== undefined && { timesToday }),
  };
  const signals = [suspicion(home, reading, fallen)];
  if (state.pending !== undefined && fellAtMs <= state.pending.fellAtMs)
    return { state: withFall(state, fellAtMs), signals };
  return { state: begun(state, reading, fallen), signals, commands: asked(home, reading) };
}

/** A burst that was not quite enough, and now something else speaks for a fall. */
function doubtConfirmed(home: Household, state: State, reading: Reading): Outcome<State> | undefined {
  const { doubt } = state;
  if (doubt === undefined) return undefined;
  const { fellAtMs, readingId, deviceId, score, aheadMs = 0 } = doubt;
  const told = { ...reading, id: readingId, deviceId };
  const fallen = { fellAtMs, isFlagged: false, score, aheadMs };
  return { state: begun(state, told, fallen), signals: [suspicion(home, told, fallen)], commands: asked(home, told) };
}

type Fallen = {
  readonly fellAtMs: number;
  readonly isFlagged: boolean;
  readonly isLowered?: boolean;
  readonly verdict?: Verdict;
  readonly aheadMs?: number;
};

function begun(state: State, reading: Reading, fallen: Fallen): State {
  const { id: readingId, deviceId, receivedAtMs, late, facts } = reading;
  const { fellAtMs, isFlagged, isLowered = false, verdict, aheadMs = 0 } = fallen;
  const dueAtMs = Math.max(fellAtMs + answerWithinMs, receivedAtMs + restOfBufferMs);
  const pending: Pending = {
    readingId,
    deviceId,
    fellAtMs,
    // A second fall must not put off the answer to the first; one told lower says nothing about how grave this is.
    dueAtMs: Math.min(dueAtMs, state.pending?.dueAtMs ?? dueAtMs),
    saidAtMs: receivedAtMs,
    late,
    isFlagged,
    isLowered: isLowered && (state.pending?.isLowered ?? true),
    ...(verdict && { score: verdict.points }),
    ...(aheadMs > 0 && { aheadMs }),
    steps: facts.steps === undefined ? {} : { [deviceId]: facts.steps },
  };
  const { doubt: _doubt, ...rest } = withFall(state, fellAtMs);
  return { ...rest, pending };
}

/** Whoever closed it before did not know of this. */
function saidAgain(state: State, { receivedAtMs }: Reading): State {
  return state.pending === undefined ? state : { ...state, pending: { ...state.pending, saidAtMs: receivedAtMs } };
}

function asked(home: Household, { id, late }: Reading) {
  return late ? [] : askIfOk(home, `fall:${id}`, answerWithinS);
}

function overdue(home: Household, state: State, input: Input & { kind: 'deadline' }): Outcome<State> {
  const { pending } = state;
  if (pending === undefined) return doubtOverdue(home, state, input);
  if (input.nowMs < pending.dueAtMs) return { state };
  const over = withoutPending(state);
  // She moved, and nothing says that she has not walked since: people will close it.
  if (pending.movedAtMs !== undefined && pending.isStill !== true) return { state: over };
  return { state: over, signals: [unanswered(home, pending, Math.max(input.nowMs, input.listeningSinceMs))] };
}
