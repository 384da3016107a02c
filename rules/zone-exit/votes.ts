import { isSpaced, type UsableFix, worstAccuracyM } from '../fixes.ts';
import { isClearlyOutside } from '../safe-zones.ts';

/**
 * What one fix says of the zone: `in` (well inside), `edge` (could be either), `near` (outside by more than its own error,
 * and by little), `out` (clearly outside), `far` (out by so much that two of them are enough), `rough` (a poor fix, far out).
 */
export type Verdict = 'in' | 'edge' | 'near' | 'out' | 'far' | 'rough';
/** `[atMs, metres outside the nearest zone, accuracy in metres, verdict]`; `accuracy` 0 is the home's beacon. */
export type Vote = readonly [atMs: number, outsideM: number, accuracyM: number, verdict: Verdict];

/** Since when nothing has said inside, and where the first fix said so. */
export type Doubt = {
  readonly sinceMs: number;
  readonly lat: number;
  readonly lon: number;
  readonly fixes: number;
  /** How many of them were outside by more than their own error. */
  readonly sure: number;
  /** Steps, motion, or a way between the fixes that their errors cannot explain. */
  readonly moved?: true;
  /**
   * How she got there, when the band counts steps: `walked` as many steps as it takes, `late` the same but not yet when the
   * doubt began, `driven` too far away for any error.
   */
  readonly going?: 'walked' | 'late' | 'driven';
};

const leastInsideM = 20;
const nearM = 10;
const farM = 200;
const farErrors = 4;
const roughM = 500;
const roughErrors = 2;

const votesForExit = 3;
/** A minute, less what a band that reports every 30 s may be early. */
const votesSpanMs = 55_000;
/**
 * A home so near the edge that its own drift reaches over it needs more, unless steps or motion speak for going. With
 * simulated noise (errors that last five minutes, no step counter) a home 150 m inside gets 2.7 false exits a month
 * with it and 4.5 without; 300 m inside 0.5, and 0 with a step counter.
 */
export const deepM = 200;
const votesForExitAtEdge = 4;
const votesSpanAtEdgeMs = 115_000;
/** Outside by little, for long. */
const lingersMs = 5 * 60_000;
const lingersFixes = 6;
const lingersSure = 3;
/** Nothing but poor fixes, for long. */
const roughVotes = 5;
const roughLastsMs = 4 * 60_000;

/** Votes kept: enough for every test below. */
export const votesKept = 6;

export function verdictOn({ accuracyM }: UsableFix, outsideM: number): Verdict | undefined {
  if (accuracyM > worstAccuracyM) return outsideM > Math.max(roughM, roughErrors * accuracyM) ? 'rough' : undefined;
  if (outsideM > Math.max(farM, farErrors * accuracyM)) return 'far';
  if (isClearlyOutside(outsideM, accuracyM)) return 'out';
  if (outsideM > Math.max(nearM, accuracyM)) return 'near';
  return -outsideM > Math.max(leastInsideM, accuracyM / 2) ? 'in' : 'edge';
}

export function isOut(verdict: Verdict): boolean {
  return verdict === 'out' || verdict === 'far' || verdict === 'rough';
}

/** Outside by more than its own error, by a fix good enough to say so. */
export function isSure([, , , verdict]: Vote): boolean {
  return verdict === 'near' || verdict === 'out' || verdict === 'far';
}

/** The doubt after a fix; a fix that lies inside ends it. */
export function doubtAfter(
  was: Doubt | undefined,
  fix: UsableFix,
  verdict: Verdict,
  outsideM: number,
): Doubt | undefined {
  if (outsideM <= 0) return undefined;
  const sure = verdict === 'edge' ? 0 : 1;
  if (was !== undefined) return { ...was, fixes: was.fixes + 1, sure: was.sure + sure };
  return sure === 0 ? undefined : { sinceMs: fix.atMs, lat: fix.lat, lon: fix.lon, fixes: 1, sure };
}

/** Why the votes are believed; undefined while they are not. */
export type Reason = 'twoFar' | 'several' | 'lingering' | 'manyRough';

/**
 * Do the votes say that somebody has left?
 *
 * @param depthM how far the home lies inside its zone: what drifts a little at a home near the edge drifts over it
 */
export function confirmed(
  votes: readonly Vote[],
  doubt: Doubt | undefined,
  depthM: number | undefined,
): Reason | undefined {
  if (isTwoFar(votes)) return 'twoFar';
  const isAtEdge = depthM !== undefined && depthM < deepM && doubt?.moved === undefined;
  if (isSeveral(votes, isAtEdge)) return 'several';
  if (isManyRough(votes, doubt)) return 'manyRough';
  return doubt && !isAtEdge && depthM !== undefined && isLingering(votes, doubt) ? 'lingering' : undefined;
}

/** Two in a row so far out that no error explains both; one of them may be poor. */
function isTwoFar(votes: readonly Vote[]): boolean {
  const last = votes.slice(-2);
  const far = last.filter(([, , , verdict]) => verdict === 'far').length;
  const rough = last.filter(([, , , verdict]) => verdict === 'rough').length;
  return far === 2 || (far === 1 && rough === 1);
}

/** 3 of the last 4 over a minute, or 4 of the last 5 over two. */
function isSeveral(votes: readonly Vote[], isAtEdge: boolean): boolean {
  const needed = isAtEdge ? votesForExitAtEdge : votesForExit;
  const out = votes.slice(-needed - 1).filter(([, , , verdict]) => isOut(verdict));
  const isBelievable = out.some(([, , , verdict]) => verdict !== 'rough');
  return out.length >= needed && isBelievable && spanOf(out) >= (isAtEdge ? votesSpanAtEdgeMs : votesSpanMs);
}

function isManyRough(votes: readonly Vote[], doubt: Doubt | undefined): boolean {
  const last = votes.slice(-roughVotes);
  const isAllRough = last.length === roughVotes && last.every(([, , , verdict]) => verdict === 'rough');
  return isAllRough && doubt !== undefined && lastsMs(votes, doubt) >= roughLastsMs;
}

/** Five minutes without a fix inside, some of them surely outside: by little, and for long. */
function isLingering(votes: readonly Vote[], doubt: Doubt): boolean {
  return lastsMs(votes, doubt) >= lingersMs && doubt.fixes >= lingersFixes && doubt.sure >= lingersSure;
}

function lastsMs(votes: readonly Vote[], { sinceMs }: Doubt): number {
  return (votes.at(-1)?.[0] ?? 0) - sinceMs;
}

function spanOf(votes: readonly Vote[]): number {
  return (votes.at(-1)?.[0] ?? 0) - (votes[0]?.[0] ?? 0);
}

/** Fixes of the same moments are one witness: is this one news after the last vote? */
export function isNews(votes: readonly Vote[], atMs: number): boolean {
  const last = votes.at(-1);
  return last === undefined || isSpaced(last[0], atMs);
}
