import type { Bilingual, Signal } from '../../model/alert.ts';
import type { Reading } from '../../model/reading.ts';
import type { Household } from '../rule.ts';
import { clear, fromDeadline, fromReading, raise } from '../signals.ts';
import { words } from '../words/fall.ts';
import { whoOf } from '../words.ts';
import { evidenceOf, exceptionOf, reasonsOf, type Verdict } from './judge.ts';
import type { Doubt, Pending } from './state.ts';

/** What is known of a fall when it is first told. */
export type Fallen = {
  readonly fellAtMs: number;
  readonly isFlagged: boolean;
  readonly isLowered?: boolean;
  readonly isWorn?: boolean;
  readonly timesToday?: number;
  readonly verdict?: Verdict;
  readonly score?: number;
};

const answers: readonly Bilingual[] = [words.unlessOk, words.unlessSteps];

/** P2, or P3 "check how it is worn". */
export function suspicion(home: Household, reading: Reading, fallen: Fallen): Signal {
  const { fellAtMs, isFlagged, isLowered = false, isWorn = true, timesToday, verdict, score } = fallen;
  const who = whoOf(home, reading.deviceId);
  return raise(
    home,
    { ...fromReading(reading), atMs: fellAtMs },
    {
      type: 'fall',
      key: reading.id,
      severity: isLowered ? 'P3' : 'P2',
      suspected: true,
      summary: isLowered ? words.checkFit(who) : words.fall(who),
      evidence: { fellAtMs, isFlagged, ...(score !== undefined && { score }), ...(verdict && evidenceOf(verdict)) },
      because: [
        ...(isFlagged ? [words.flagged] : []),
        ...(verdict ? reasonsOf(verdict) : []),
        ...(score === undefined ? [] : [words.score(score)]),
        ...(isWorn ? [] : [words.notWorn]),
        ...(timesToday === undefined ? [] : [words.oftenToday(timesToday)]),
      ],
      unless: [...(verdict ? exceptionOf(verdict) : []), ...answers],
    },
  );
}

/** Nothing came: P1, or P2 for what was told lower. */
export function unanswered(home: Household, pending: Pending, knownAtMs: number): Signal {
  const { deviceId, readingId, fellAtMs, late, movedAtMs, saidAtMs } = pending;
  const unansweredS = Math.round((knownAtMs - fellAtMs) / 1000);
  const who = whoOf(home, deviceId);
  return raise(
    home,
    { ...fromDeadline(deviceId, fellAtMs, knownAtMs), late },
    {
      type: 'fall',
      key: `${readingId}:unanswered`,
      severity: pending.isLowered ? 'P2' : 'P1',
      suspected: true,
      summary: movedAtMs === undefined ? words.unanswered(who) : words.notWalked(who),
      evidence: { unansweredS, ...numbersOf(pending) },
      because: [words.silentFor(unansweredS), ...heartOf(pending)],
      unless: answers,
      ...(saidAtMs !== undefined && { unanswered: { signalId: `fall:${readingId}`, saidAtMs } }),
    },
  );
}

/** A faint burst, nothing of hers has moved since, and a question was not answered: P2, for people to go and look. */
export function unmoved(home: Household, doubt: Doubt, knownAtMs: number): Signal {
  const { deviceId, readingId, fellAtMs, score } = doubt;
  const silentMin = Math.round((knownAtMs - fellAtMs) / 60_000);
  return raise(home, fromDeadline(deviceId, fellAtMs, knownAtMs), {
    type: 'fall',
    key: unmovedKey(readingId),
    severity: 'P2',
    suspected: true,
    summary: words.unmoved(whoOf(home, deviceId)),
    evidence: { fellAtMs, isFlagged: false, score, scoreThreshold: 50, silentMin },
    because: [words.faint(score), words.nothingMoved(silentMin), words.notAnswered],
    unless: [words.unlessLife, words.unlessAnswered],
  });
}

/** What was told because nobody answered is taken back, as `takenBack`. */
export function answeredLate(
  home: Household,
  { readingId, deviceId }: Doubt,
  reading: Reading,
  walkedSteps?: number,
): Signal {
  return takenBack(home, { readingId: unmovedKey(readingId), deviceId }, reading, walkedSteps);
}

function unmovedKey(readingId: string): string {
  return `${readingId}:unmoved`;
}

/** The call for help makes the suspicion certain enough. */
export function calledForHelp(home: Household, pending: Pending, reading: Reading): Signal {
  const { readingId, deviceId, fellAtMs } = pending;
  const who = whoOf(home, deviceId);
  return raise(
    home,
    { ...fromReading(reading), deviceId, atMs: fellAtMs },
    {
      type: 'fall',
      key: `${readingId}:help`,
      severity: 'P1',
      suspected: true,
      summary: words.calledForHelp(who),
      evidence: { helpAfterS: Math.round((reading.takenAtMs - fellAtMs) / 1000), ...numbersOf(pending) },
      because: [words.calledForHelp(who)],
      unless: answers,
    },
  );
}

/** What was told lower is told as it is. */
export function raisedAgain(home: Household, pending: Pending, reading: Reading): Signal {
  const { readingId, deviceId, fellAtMs } = pending;
  return raise(
    home,
    { ...fromReading(reading), deviceId, atMs: fellAtMs },
    {
      type: 'fall',
      key: `${readingId}:heart`,
      severity: 'P2',
      suspected: true,
      summary: words.fall(whoOf(home, deviceId)),
      evidence: numbersOf(pending),
      because: heartOf(pending),
      unless: answers,
    },
  );
}

/** By "I am fine", or by so many steps. It may come from another device; the condition is that of the device which felt the fall. */
export function takenBack(
  home: Household,
  { deviceId, readingId }: Pick<Pending, 'deviceId' | 'readingId'>,
  reading: Reading,
  walkedSteps?: number,
): Signal {
  const who = whoOf(home, deviceId);
  const from = { ...fromReading(reading), deviceId };
  return clear(home, from, {
    type: 'fall',
    key: readingId,
    severity: 'P2',
    suspected: true,
    summary: walkedSteps === undefined ? words.ok(who) : words.walked(who, walkedSteps),
    evidence: walkedSteps === undefined ? { okFrom: reading.deviceId } : { walkedSteps },
  });
}

function numbersOf({ fellAtMs, score, heartJumpBpm }: Pending) {
  return { fellAtMs, ...(score !== undefined && { score }), ...(heartJumpBpm !== undefined && { heartJumpBpm }) };
}

function heartOf({ heartJumpBpm }: Pending): readonly Bilingual[] {
  return heartJumpBpm === undefined ? [] : [words.heartJumped(heartJumpBpm)];
}
