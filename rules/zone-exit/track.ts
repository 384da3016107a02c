import type { Reading } from '../../model/reading.ts';
import { isRecent, surelyApartM, type UsableFix, type Whereabouts } from '../fixes.ts';
import { distanceM } from '../geometry.ts';
import type { Household } from '../rule.ts';
import type { SourceReading } from '../signals.ts';
import type { Excursion } from './excursion.ts';
import type { LastWord } from './silence.ts';
import type { Lag } from './steady-lag.ts';
import { type Doubt, isOut, type Verdict, type Vote } from './votes.ts';

/**
 * What is remembered of one device that says where it is.
 *
 * States: *at home* (no excursion; `votes` is empty while nothing speaks against it), *doubtful* (some votes are out),
 * *outside* (an excursion since its first vote, told once and again every ten minutes).
 */
export type Track = Whereabouts & {
  /** The newest fixes that may vote, at most `votesKept`. */
  readonly votes: readonly Vote[];
  readonly doubt?: Doubt;
  /** The last fix well inside, within the grain of what is written down. */
  readonly insideAtMs?: number;
  /** When it last heard something that only exists at home. */
  readonly anchoredAtMs?: number;
  /** When it last said that nobody moves. */
  readonly stillAtMs?: number;
  /** Its counter of steps, the place and the time at the last fix before any doubt. */
  readonly origin?: readonly [steps: number, lat: number, lon: number, atMs: number];
  /** Off the wrist or on the charger, as it last said. */
  readonly off?: true;
  readonly lastWord?: LastWord;
  readonly lag?: Lag;
  readonly excursion?: Excursion;
};

export const nowhere: Track = { votes: [] };

const minuteMs = 60_000;
const anchorHoldsMs = 3 * minuteMs;
/** The anchor is written down this often, so it may be forgotten this much early. */
const anchorGrainMs = minuteMs;
const stillHoldsMs = 5 * minuteMs;
const stillGrainMs = 2 * minuteMs;
/** A way between two fixes beyond what their errors explain. */
const wayM = 200;
/**
 * Further than a reflected signal jumps (at 180 m to 68 %, fewer than one in 100,000 go further): whoever is there twice was driven,
 * whatever the steps say.
 */
const drivenM = 580;
/** Elders make one and a half to two steps for each metre; a band whose wearer leans on a frame misses half of them. */
const metresPerStep = 1.5;
const leastSteps = 30;
/** A step counter that has gone on so far is somebody walking: the place to count from is taken anew. */
const walkingSteps = 60;
/** Steps about the flat, which lead nowhere: 4,000 on a day of 14 hours. */
const putteringPerMin = 5;
/** While home is heard, steps are counted from it; not written down each time. */
const homeGrainMs = 5 * minuteMs;

export function isSettled({ votes, excursion }: Track): boolean {
  return votes.length === 0 && excursion === undefined;
}

/** At home and nothing new: the fix is only noted now and then. */
export function rested(track: Track, { facts }: Reading, fix: UsableFix, verdict: Verdict): Track {
  if (isRecent(track.last, fix) && track.stray === undefined && !isWalking(track, facts.steps)) return track;
  const { stray: _gone, doubt: _over, ...rest } = track;
  const inside = verdict === 'in' && { insideAtMs: fix.atMs };
  const origin = facts.steps === undefined ? {} : { origin: [facts.steps, fix.lat, fix.lon, fix.atMs] as const };
  return { ...rest, votes: [], last: fix, ...inside, ...origin };
}

function isWalking(track: Track, steps: number | undefined): boolean {
  return (stepsSince(track, steps) ?? 0) >= walkingSteps;
}

/** The track with what the reading says about being at home and about moving. */
export function noticed(was: Track, reading: Reading): Track {
  return withStillness(withOff(withAnchor(was, reading), reading), reading);
}

function withAnchor(track: Track, { facts, takenAtMs }: Reading): Track {
  if (facts.homeAnchor !== true) return track;
  const isNews = takenAtMs - (track.anchoredAtMs ?? Number.NEGATIVE_INFINITY) >= anchorGrainMs;
  return isNews ? { ...track, anchoredAtMs: takenAtMs } : track;
}

export function isAnchored({ anchoredAtMs }: Track, atMs: number): boolean {
  return anchoredAtMs !== undefined && atMs - anchoredAtMs <= anchorHoldsMs;
}

function withOff(track: Track, { facts: { worn, charging } }: Reading): Track {
  if (worn === undefined && charging === undefined) return track;
  const isOff = worn === false || charging === true;
  if (isOff === (track.off === true)) return track;
  const { off: _was, ...rest } = track;
  return isOff ? { ...rest, off: true } : rest;
}

function withStillness(track: Track, reading: Reading): Track {
  const { facts, takenAtMs } = reading;
  if (saysMoving(track, reading)) return withMotion(track);
  if (facts.motion !== false || takenAtMs - (track.stillAtMs ?? 0) < stillGrainMs) return track;
  return { ...track, stillAtMs: takenAtMs };
}

function withMotion(track: Track): Track {
  const { stillAtMs, doubt, ...rest } = track;
  if (doubt === undefined) return stillAtMs === undefined ? track : rest;
  return stillAtMs === undefined && doubt.moved ? track : { ...rest, doubt: { ...doubt, moved: true } };
}

/** The band says that it is moving. One that counts steps says more with those: whoever putters about moves, too. */
function saysMoving(track: Track, { facts }: Reading): boolean {
  return facts.motion === true && stepsSince(track, facts.steps) === undefined;
}

/** Steps are counted from home while it is heard. */
export function countedFromHome(track: Track, { home }: Household, { facts, takenAtMs }: Reading): Track {
  if (home === undefined || facts.steps === undefined || track.doubt !== undefined) return track;
  if (takenAtMs - (track.origin?.[3] ?? 0) < homeGrainMs) return track;
  return { ...track, origin: [facts.steps, home.lat, home.lon, takenAtMs] };
}

/**
 * The doubt with what speaks for going. A band that counts steps has counted one for every metre and a half since the last
 * fix before any doubt, beside those that whoever putters about makes anyway, or is twice where nobody walks to. Of one
 * that does not count, motion will do, or a way between the fixes.
 */
export function withGoing(doubt: Doubt, track: Track, reading: Reading, fix: UsableFix): Doubt {
  if (doubt.going !== undefined && doubt.going !== 'late') return doubt;
  const steps = stepsSince(track, reading.facts.steps);
  if (steps === undefined || track.origin === undefined) {
    return saysMoving(track, reading) ? { ...doubt, moved: true } : withWay(doubt, fix);
  }
  const [, lat, lon, atMs] = track.origin;
  const fromOriginM = distanceM({ lat, lon }, fix);
  if (isDriven(track, fromOriginM - fix.accuracyM)) return { ...doubt, moved: true, going: 'driven' };
  if (doubt.going === 'late' || !areEnough(steps, fromOriginM, fix.atMs - atMs)) return doubt;
  return { ...doubt, moved: true, going: doubt.fixes === 1 ? 'walked' : 'late' };
}

/** Twice so far away: one jump alone proves nothing. */
function isDriven({ votes }: Track, surelyM: number): boolean {
  return surelyM > drivenM && (votes.at(-1)?.[1] ?? 0) > drivenM / 2;
}

function areEnough(steps: number, wayM: number, forMs: number): boolean {
  return steps - (putteringPerMin * forMs) / minuteMs >= Math.max(leastSteps, wayM / metresPerStep);
}

/** Steps since the last fix before any doubt; a counter that went back began again. */
function stepsSince({ origin }: Track, steps: number | undefined): number | undefined {
  if (origin === undefined || steps === undefined) return undefined;
  return steps >= origin[0] ? steps - origin[0] : steps;
}

/** The band says that nobody moves or not so far, or lies on the charger, and nothing has said otherwise since the doubt began. */
export function isStill(track: Track, { facts, takenAtMs }: SourceReading): boolean {
  if (track.doubt?.moved) return false;
  if (facts.charging === true || facts.motion === false) return true;
  if (stepsSince(track, facts.steps) !== undefined) return true; // enough of them would have been moving
  return track.stillAtMs !== undefined && takenAtMs - track.stillAtMs <= stillHoldsMs;
}

/** The doubt as it is when this fix lies a way from the one it began with. */
function withWay(doubt: Doubt, fix: UsableFix): Doubt {
  if (doubt.moved) return doubt;
  const began = { lat: doubt.lat, lon: doubt.lon, accuracyM: fix.accuracyM };
  return surelyApartM(began, fix) > wayM ? { ...doubt, moved: true } : doubt;
}

export function firstOut(votes: readonly Vote[]): Vote | undefined {
  return votes.find(([, , , verdict]) => isOut(verdict));
}
