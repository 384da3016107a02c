import type { Bilingual, Severity, Signal } from '../../model/alert.ts';
import { stamp } from '../../model/local-time.ts';
import type { Reading } from '../../model/reading.ts';
import type { Household } from '../rule.ts';
import { clear, fromDeadline, fromReading, raise } from '../signals.ts';
import { words } from '../words/inactivity.ts';
import { roomOf, whoOf } from '../words.ts';
import { seeingUntilMs } from './hearing.ts';
import { answerMs, type Due, minuteMs, type State, type Told } from './limits.ts';
import { minutesOfPerson } from './pet.ts';
import { isLearned, type Routine } from './routine.ts';

type AtHome = Exclude<Due, { what: 'away' }>;

/** Nobody has moved for too long. */
export function isStill(home: Household, state: State, due: AtHome, severity: Severity, nowMs: number): Signal {
  const { lastMs = nowMs, lastDeviceId = '' } = state;
  const silentMin = Math.floor((due.atMs - lastMs) / minuteMs);
  return raise(home, fromDeadline(lastDeviceId, due.atMs, nowMs), {
    type: 'inactivity',
    key: `${home.subjectId}:${lastMs}${keyEnd(due)}`,
    severity,
    suspected: true,
    summary: words.inactivity(whoOf(home, lastDeviceId), silentMin),
    evidence: evidenceOf(home, state, due, silentMin),
    because: because(home, state, due),
    unless: unless(home, state, due),
  });
}

/** Each word about the same stillness is a signal of its own. */
function keyEnd({ what, atMs }: AtHome): string {
  if (what === 'again') return `:again:${atMs}`;
  return what === 'raise' ? ':P2' : '';
}

function evidenceOf(home: Household, state: State, due: AtHome, silentMin: number) {
  const { lastMs = due.atMs, lastDeviceId = '', asked, routine, awayMs, stirs } = state;
  const door = lastDoorMs(state);
  const room = roomOf(home, lastDeviceId);
  return {
    lastActivityAtMs: lastMs,
    silentH: Math.round(silentMin / 6) / 10,
    limit: due.why,
    limitH: Math.round(due.limitMin / 6) / 10,
    daysLearned: routine.days,
    ...(room !== '' && { room }),
    ...(door !== undefined && { doorMovedAtMs: door }),
    away: awayMs !== undefined,
    sensorsSilent: isBlind(home, state, due.atMs),
    ...(stirs && { petPerH: stirs.petPerH, minutesOfPerson: minutesOfPerson(stirs) }),
    ...(asked && { askedAtMs: asked.atMs }),
  };
}

function lastDoorMs({ contacts }: State): number | undefined {
  const moved = Object.values(contacts).map(({ atMs }) => atMs);
  return moved.length === 0 ? undefined : Math.max(...moved);
}

function isBlind(home: Household, state: State, atMs: number): boolean {
  return seeingUntilMs(home, state).half < atMs;
}

function because(home: Household, state: State, due: AtHome): Bilingual[] {
  const { lastMs = due.atMs, lastDeviceId = '', asked, routine, told } = state;
  const where = roomOf(home, lastDeviceId) || lastDeviceId;
  const minutes = petMinutes(home, state);
  return [
    words.lastSeen(where, stamp(home.timeZone, lastMs)),
    limitIn(due, routine),
    ...(due.what === 'again' ? [words.toldBefore(stamp(home.timeZone, told?.toldAtMs ?? due.atMs))] : []),
    ...(isBlind(home, state, due.atMs) ? [words.blind()] : []),
    ...(asked ? [words.unanswered(answerMs / minuteMs)] : due.what === 'ask' ? [words.notAsked()] : []),
    ...(minutes === undefined ? [] : [words.pet(minutes)]),
    ...(home.resident?.livesAlone === false ? [words.othersLiveHere()] : []),
  ];
}

function limitIn({ why, limitMin }: AtHome, routine: Routine): Bilingual {
  if (why === 'line') return words.line(limitMin, routine.days);
  if (why === 'ceiling') return words.ceiling(limitMin);
  return isLearned(routine) ? words.someSilent(limitMin) : words.fixed(limitMin);
}

/** In a home with a pet: how long something has to move before it counts. */
function petMinutes(home: Household, { stirs }: State): number | undefined {
  return home.resident?.hasPet === true && stirs !== undefined ? minutesOfPerson(stirs) : undefined;
}

function unless(home: Household, state: State, due: AtHome): Bilingual[] {
  const minutes = petMinutes(home, state);
  return [
    minutes === undefined ? words.unlessMoved() : words.unlessMovedOn(minutes),
    ...(state.asked ? [words.unlessOk()] : []),
    ...(due.why === 'ceiling' ? [] : [words.unlessOut()]),
    ...(due.what === 'again' ? [words.unlessAway()] : []),
    ...(isBlind(home, state, due.atMs) ? [words.unlessHeard()] : []),
  ];
}

/** Out for longer than anybody expects. */
export function awayTooLong(home: Household, state: State, atMs: number, nowMs: number): Signal {
  const { awayMs = atMs, lastDeviceId = '' } = state;
  const outMin = Math.floor((atMs - awayMs) / minuteMs);
  const door = lastDoorMs(state);
  const isByDoor = door !== undefined && door >= awayMs;
  const left = stamp(home.timeZone, awayMs);
  return raise(home, fromDeadline(lastDeviceId, atMs, nowMs), {
    type: 'awayTooLong',
    key: `${home.subjectId}:${awayMs}`,
    severity: 'P3',
    suspected: true,
    summary: words.away(whoOf(home, lastDeviceId), outMin),
    evidence: {
      leftAtMs: awayMs,
      outH: Math.round(outMin / 6) / 10,
      ...(door !== undefined && { doorMovedAtMs: door }),
    },
    because: [isByDoor ? words.left(left) : words.leftWithBand(left)],
    unless: [words.unlessBack()],
  });
}

/** Takes the alarm back. */
export function isActive(home: Household, { forMs, severity }: Told, reading: Reading): Signal {
  return clear(home, fromReading(reading), {
    type: 'inactivity',
    key: `${home.subjectId}:${forMs}`,
    severity,
    suspected: true,
    summary: words.active(whoOf(home, reading.deviceId)),
    evidence: { activeAtMs: reading.takenAtMs },
  });
}

/** She is home again. */
export function isBack(home: Household, toldAwayMs: number, reading: Reading): Signal {
  return clear(home, fromReading(reading), {
    type: 'awayTooLong',
    key: `${home.subjectId}:${toldAwayMs}`,
    severity: 'P3',
    suspected: true,
    summary: words.back(whoOf(home, reading.deviceId)),
    evidence: { backAtMs: reading.takenAtMs },
  });
}
