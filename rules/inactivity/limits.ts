import { localTime, nextLocal } from '../../model/local-time.ts';
import { earliest, type PerDevice } from '../per-device.ts';
import type { Household } from '../rule.ts';
import type { Habit } from './habits.ts';
import { seeingUntilMs, seesComingBack } from './hearing.ts';
import type { Stirs } from './pet.ts';
import { heldByFamilyUntilMs } from './return.ts';
import { isLearned, meetsLine, type Routine } from './routine.ts';

/** What the home has shown of its resident. */
export type State = {
  /** The last sign of life, and which device gave it. Absent: no sensor that could see life has been heard from. */
  readonly lastMs?: number;
  readonly lastDeviceId?: string;
  /** The fixed limits run from here: the last sign of life, or later when all sensors were silent in between. */
  readonly fromMs?: number;
  /** The alert line runs from here: later still when one of the sensors was. Absent when that is `fromMs`. */
  readonly clearFromMs?: number;
  /** Per sensor that can see life, and per hub that speaks: until then its silence is none. */
  readonly heardUntilMs: PerDevice<number>;
  /** Whether they speak by themselves or report events and nothing else. */
  readonly habits?: PerDevice<Habit>;
  /** Per hub whose connection broke: since when. */
  readonly goneMs?: PerDevice<number>;
  /** The first sign of life after a day without any: no sensor is missed for what it did not say before. */
  readonly wokeMs?: number;
  /** Since when the resident is out: the door was the last to move, or the band is outside. */
  readonly awayMs?: number;
  /** `closes`: it has said "closed" before, so that "open" said twice is no second opening. */
  readonly contacts: PerDevice<{ readonly open: boolean; readonly atMs: number; readonly closes?: true }>;
  readonly steps: PerDevice<{ readonly count: number; readonly atMs: number }>;
  /** She came home at that moment although the family said that she is away until then. */
  readonly back?: { readonly atMs: number; readonly untilMs: number };
  /** In a home with a pet: what moved lately, and how much of it is the pet's. */
  readonly stirs?: Stirs;
  /** She was asked whether all is well, and has not answered yet. */
  readonly asked?: { readonly atMs: number } & Limit;
  readonly told?: Told;
  /** `awayMs` of the absence that was told. */
  readonly toldAwayMs?: number;
  /** Life since an alarm, on the way to being believed. */
  readonly revival?: Revival;
  /** After our own absence: what devices kept for us comes in first. */
  readonly heldUntilMs?: number;
  /** The last proof of life lies before an absence of ours: the ceiling runs from here. */
  readonly ceilingFromMs?: number;
  readonly routine: Routine;
};

/** Which limit was met: the home's own line, the fixed one, or the last of all, that holds whatever the sensors do. */
export type Limit = { readonly why: 'line' | 'fixed' | 'ceiling'; readonly limitMin: number };
/**
 * `forMs`: the sign of life that the alarm followed; `againForMs`: the one it was last raised for; `severity`: the gravest since;
 * `toldAtMs`: when it was last told, absent in what was written before that was kept.
 */
export type Told = {
  readonly forMs: number;
  readonly againForMs: number;
  readonly severity: 'P2' | 'P3';
  readonly toldAtMs?: number;
} & Limit;
export type Revival = {
  readonly sinceMs: number;
  readonly lastMs: number;
  readonly deviceId: string;
  readonly rooms: 1 | 2;
};

export type Due =
  | ({ readonly what: 'ask'; readonly atMs: number } & Limit)
  | ({ readonly what: 'tell'; readonly atMs: number } & Limit)
  | ({ readonly what: 'raise'; readonly atMs: number } & Limit)
  | ({ readonly what: 'again'; readonly atMs: number } & Limit)
  | { readonly what: 'away'; readonly atMs: number };

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
const byDayMs = 12 * hourMs;
const overNightMs = 14 * hourMs;
const ceilingMs = 24 * hourMs;
/** Nothing in so long a time, and told each day: by then everybody knows. */
const nextDaysMs = 7 * 24 * hourMs;
const dayFrom = 7 * 60;
const dayTo = 22 * 60;
/** How long an unanswered "are you all right?" waits before people are called. */
export const answerMs = 10 * minuteMs;

const awayMs = 12 * hourMs;
/** Who is out is expected back by then; who left in the evening gets some hours. */
const backByMinute = 21 * 60;
const leastAwayMs = 5 * hourMs;
const nightTo = 6 * 60;

/** What comes next when nothing is seen any more; undefined when nothing is awaited. */
export function dueOf(home: Household, state: State): Due | undefined {
  const due = state.asked ? unanswered(state.asked) : soonest([...limitsAtHome(home, state), outFor(home, state)]);
  if (due === undefined) return undefined;
  // Nothing is told before this moment, nor while she is away by the family's word.
  return { ...due, atMs: Math.max(due.atMs, state.heldUntilMs ?? 0, heldByFamilyUntilMs(home, state)) };
}

function unanswered({ atMs, why, limitMin }: NonNullable<State['asked']>): Due {
  return { what: 'tell', atMs: atMs + answerMs, why, limitMin };
}

function soonest(dues: readonly (Due | undefined)[]): Due | undefined {
  const atMs = earliest(dues.map((due) => due?.atMs));
  return dues.find((due) => due?.atMs === atMs);
}

function limitsAtHome(home: Household, state: State): (Due | undefined)[] {
  const { lastMs, fromMs, told } = state;
  if (lastMs === undefined || fromMs === undefined) return [];
  if (told !== undefined) return [doubled(home, state, told)];
  return [ceiling(state), limit(home, state, fromMs)];
}

/** A whole day without a sign of life: whatever the sensors do, unless she is known to be out for too long. */
function ceiling(state: State): Due | undefined {
  if (state.awayMs !== undefined && state.toldAwayMs === state.awayMs) return undefined;
  return { what: 'ask', atMs: lastOfAllMs(state), why: 'ceiling', limitMin: ceilingMs / minuteMs };
}

export function lastOfAllMs({ lastMs = 0, ceilingFromMs = lastMs }: State): number {
  return ceilingFromMs + ceilingMs;
}

/** The line as long as every sensor works; the fixed limit while half of them do; nothing when nobody looks. */
function limit(home: Household, state: State, fromMs: number): Due | undefined {
  if (state.awayMs !== undefined) return undefined;
  const { all, half } = seeingUntilMs(home, state);
  const line = isLearned(state.routine) && meetsLine(state.routine, home.timeZone, state.clearFromMs ?? fromMs);
  if (line && all >= line.atMs) return { what: 'ask', why: 'line', ...line };
  const fixedMs = fixedLimitMs(home.timeZone, fromMs);
  const atMs = fromMs + fixedMs;
  return half >= atMs ? { what: 'ask', atMs, why: 'fixed', limitMin: fixedMs / minuteMs } : undefined;
}

/** 12 h when all of them lie between 07:00 and 22:00 of one day. */
function fixedLimitMs(timeZone: string, fromMs: number): number {
  const from = localTime(timeZone, fromMs);
  const to = localTime(timeZone, fromMs + byDayMs);
  const isByDay = from.day === to.day && from.minute >= dayFrom && to.minute <= dayTo;
  return isByDay ? byDayMs : overNightMs;
}

/** Told, and still nothing at twice the time: urgent. Also when something stirred meanwhile that was not yet living. */
function doubled(home: Household, state: State, told: Told): Due | undefined {
  const { againForMs, severity, why, limitMin } = told;
  const { lastMs, fromMs, awayMs: outMs } = state;
  if (lastMs === undefined || fromMs === undefined) return undefined;
  const wasUrgent = severity === 'P2' || why === 'ceiling' || outMs !== undefined;
  if (againForMs === lastMs && wasUrgent) return nextDay(home, state, told);
  const atMs = fromMs + 2 * limitMin * minuteMs;
  const latestMs = lastOfAllMs(state);
  const counts = outMs === undefined && atMs < latestMs && seeingUntilMs(home, state).half >= atMs;
  if (counts) return { what: 'raise', atMs, why, limitMin };
  return { what: 'raise', atMs: latestMs, why: 'ceiling', limitMin: ceilingMs / minuteMs };
}

/** A day after the last word, and nothing since: whoever came and closed the alarm may have left before she fell. */
function nextDay(home: Household, state: State, { toldAtMs }: Told): Due | undefined {
  const { lastMs = 0, awayMs: outMs } = state;
  if (toldAtMs === undefined || outMs !== undefined) return undefined;
  const atMs = toldAtMs + ceilingMs;
  const counts = atMs - lastMs < nextDaysMs && seeingUntilMs(home, state).half >= atMs;
  return counts ? { what: 'again', atMs, why: 'ceiling', limitMin: ceilingMs / minuteMs } : undefined;
}

/** Out for 12 hours or past 21:00, in a home that would have shown her coming back. */
function outFor(home: Household, state: State): Due | undefined {
  const { awayMs: outMs, told, toldAwayMs } = state;
  if (outMs === undefined || told !== undefined || toldAwayMs !== undefined) return undefined;
  const atMs = backByMs(home.timeZone, outMs);
  return seesComingBack(home, state, atMs) ? { what: 'away', atMs } : undefined;
}

function backByMs(timeZone: string, outMs: number): number {
  const { minute } = localTime(timeZone, outMs);
  const leastMs = outMs + leastAwayMs;
  if (minute >= backByMinute || minute < nightTo) return leastMs;
  return Math.min(outMs + awayMs, Math.max(leastMs, nextLocal(timeZone, backByMinute, outMs)));
}
