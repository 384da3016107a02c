import type { Reading } from '../../model/reading.ts';
import { isRecent, surelyApartM, type UsableFix, type Whereabouts } from '../fixes.ts';
import type { Excursion } from './excursion.ts';
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
  /** Its counter of steps, and the place, at the last fix before any doubt. */
  readonly origin?: readonly [steps: number, lat: number, lon: number];
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
const metresPerStep = 2;
const leastSteps = 10;

export function isSettled({ votes, excursion }: Track): boolean {
  return votes.length === 0 && excursion === undefined;
}

/** At home and nothing new: the fix is only noted now and then. */
export function rested(track: Track, { facts }: Reading, fix: UsableFix, verdict: Verdict): Track {
  if (isRecent(track.last, fix) && track.stray === undefined) return track;
  const { stray: _gone, doubt: _over, ...rest } = track;
  const inside = verdict === 'in' && { insideAtMs: fix.atMs };
  const origin = facts.steps === undefined ? {} : { origin: [facts.steps, fix.lat, fix.lon] as const };
  return { ...rest, votes: [], last: fix, ...inside, ...origin };
}

/** The track with what the reading says about being at home and about moving. */
export function noticed(was: Track, reading: Reading): Track {
  return withStillness(withAnchor(was, reading), reading);
}

function withAnchor(track: Track, { facts, takenAtMs }: Reading): Track {
  if (facts.homeAnchor !== true) return track;
  const isNews = takenAtMs - (track.anchoredAtMs ?? Number.NEGATIVE_INFINITY) >= anchorGrainMs;
  return isNews ? { ...track, anchoredAtMs: takenAtMs } : track;
}

export function isAnchored({ anchoredAtMs }: Track, atMs: number): boolean {
  return anchoredAtMs !== undefined && atMs - anchoredAtMs <= anchorHoldsMs;
}

function withStillness(track: Track, reading: Reading): Track {
  if (saysMoving(track, reading)) {
    const { stillAtMs, ...rest } = track;
    const moved = track.doubt === undefined ? track : { ...track, doubt: { ...track.doubt, moved: true as const } };
    if (stillAtMs === undefined) return track.doubt?.moved ? track : moved;
    return { ...rest, ...(moved.doubt && { doubt: moved.doubt }) };
  }
  const { facts, takenAtMs } = reading;
  if (facts.motion !== false || takenAtMs - (track.stillAtMs ?? 0) < stillGrainMs) return track;
  return { ...track, stillAtMs: takenAtMs };
}

/**
 * The wearer moves: the band says so, or has counted the steps that the way to this place takes (one for every two metres at
 * least). Whoever putters about at home makes steps too, and they lead nowhere.
 */
export function saysMoving(track: Track, { facts }: Reading, fix?: UsableFix): boolean {
  if (facts.motion === true) return true;
  const steps = stepsSince(track, facts.steps);
  const to = fix ?? track.doubt;
  if (steps === undefined || to === undefined || track.origin === undefined) return false;
  const [, lat, lon] = track.origin;
  const accuracyM = fix?.accuracyM ?? 0;
  return steps >= Math.max(leastSteps, surelyApartM({ lat, lon, accuracyM }, { ...to, accuracyM }) / metresPerStep);
}

/** Steps since the last fix before any doubt; a counter that went back began again. */
function stepsSince({ origin }: Track, steps: number | undefined): number | undefined {
  if (origin === undefined || steps === undefined) return undefined;
  return steps >= origin[0] ? steps - origin[0] : steps;
}

/** The band says that nobody moves or not so far, or lies on the charger, and nothing has said otherwise since the doubt began. */
export function isStill(track: Track, { facts, takenAtMs }: Reading): boolean {
  if (track.doubt?.moved) return false;
  if (facts.charging === true || facts.motion === false) return true;
  if (stepsSince(track, facts.steps) !== undefined) return true; // enough of them would have been moving
  return track.stillAtMs !== undefined && takenAtMs - track.stillAtMs <= stillHoldsMs;
}

/** The doubt as it is when this fix lies a way from the one it began with. */
export function withWay(doubt: Doubt, fix: UsableFix): Doubt {
  if (doubt.moved) return doubt;
  const began = { lat: doubt.lat, lon: doubt.lon, accuracyM: fix.accuracyM };
  return surelyApartM(began, fix) > wayM ? { ...doubt, moved: true } : doubt;
}

export function firstOut(votes: readonly Vote[]): Vote | undefined {
  return votes.find(([, , , verdict]) => isOut(verdict));
}
