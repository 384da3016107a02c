import type { Signal } from '../model/alert.ts';
import type { Reading } from '../model/reading.ts';
import { isRecent, type UsableFix, usableFix } from './fixes.ts';
import { type PerDevice, withDevice } from './per-device.ts';
import type { Household, Rule } from './rule.ts';
import { hasSafeZone, isClearlyOutside, metresOutside } from './safe-zones.ts';
import { clear, fromReading, raise } from './signals.ts';
import { whoOf, words } from './words.ts';

/**
 * Where one device is said to be, judged fix by fix: `out` (outside every safe zone by more than its own error), `in`
 * (well inside one), `edge` (could be either), `far` (out, and so accurately that two of them are enough).
 *
 * States: *at home* (no excursion; `votes` is empty while nothing speaks against it), *doubtful* (some votes are out),
 * *outside* (an excursion since its first vote, told once and again every ten minutes).
 */
type Track = {
  readonly last?: UsableFix;
  /** The newest usable fixes, at most `windowSize`. */
  readonly votes: readonly Vote[];
  /** When it last heard something that only exists at home. */
  readonly anchoredAtMs?: number;
  readonly excursion?: { readonly sinceMs: number; readonly toldAtMs: number };
};
type Verdict = 'out' | 'far' | 'in' | 'edge';
type Vote = { readonly atMs: number; readonly verdict: Verdict };
type State = PerDevice<Track>;
type Seen = { readonly fix: UsableFix; readonly outsideM: number };

const windowSize = 4;
const votesForExit = 3;
const votesSpanMs = 60_000;
const votesForReturn = 2;
const leastInsideM = 20;
const farOutsideM = 500;
const farAccuracyM = 30;
const anchorHoldsMs = 3 * 60_000;
/** The anchor is written down this often, so it may be forgotten this much early. */
const anchorGrainMs = 60_000;
const tellAgainMs = 10 * 60_000;

/**
 * The resident has left every safe zone: P2 when several fixes agree, once per excursion. One wild fix, however accurate
 * it claims to be, is never enough; nor are cell positions, late ones, or any while the home's beacon is heard or the
 * device charges. With a fix every 30 s the longest delay is 90 s, or 30 s beyond 500 m.
 */
export const zoneExit: Rule<State> = {
  kind: 'zoneExit',
  initial: {},
  step(home, state, input) {
    if (input.kind !== 'reading' || input.reading.late) return { state };
    const { deviceId, facts } = input.reading;
    if (facts.position === undefined && facts.homeAnchor !== true) return { state };
    const track = state[deviceId] ?? nowhere;
    if (track === nowhere && !hasSafeZone(home)) return { state };

    const { track: after, signals } = followed(home, track, input.reading);
    return after === track ? { state } : { state: withDevice(home, state, deviceId, after), signals };
  },
};

const nowhere: Track = { votes: [] };

type Followed = { readonly track: Track; readonly signals: readonly Signal[] };

function followed(home: Household, was: Track, reading: Reading): Followed {
  const anchored = withAnchor(was, reading);
  const fix = usableFix(reading, was.last);
  const outsideM = fix && metresOutside(home, fix);
  const verdict = verdictOf(anchored, reading, fix, outsideM);
  if (verdict === undefined) return { track: anchored, signals: [] };
  if (isSettled(was) && verdict !== 'out' && verdict !== 'far') return { track: rested(anchored, fix), signals: [] };

  const votes = [...was.votes, { atMs: reading.takenAtMs, verdict }].slice(-windowSize);
  const track = { ...anchored, votes, ...(fix && { last: fix }) };
  return decided(home, track, reading, fix && { fix, outsideM: outsideM ?? 0 });
}

function isSettled({ votes, excursion }: Track): boolean {
  return votes.length === 0 && excursion === undefined;
}

/** At home and nothing new: the fix is only noted now and then. */
function rested(track: Track, fix: UsableFix | undefined): Track {
  return fix === undefined || isRecent(track.last, fix) ? track : { ...track, last: fix };
}

function withAnchor(track: Track, { facts, takenAtMs }: Reading): Track {
  if (facts.homeAnchor !== true) return track;
  const isNews = takenAtMs - (track.anchoredAtMs ?? Number.NEGATIVE_INFINITY) >= anchorGrainMs;
  return isNews ? { ...track, anchoredAtMs: takenAtMs } : track;
}

/** Undefined when the reading says nothing about the zone, or is not believed. */
function verdictOf(track: Track, reading: Reading, fix: UsableFix | undefined, outsideM = 0): Verdict | undefined {
  const { takenAtMs, facts } = reading;
  if (takenAtMs <= (track.votes.at(-1)?.atMs ?? Number.NEGATIVE_INFINITY)) return undefined;
  if (facts.homeAnchor === true) return 'in';
  if (fix === undefined) return undefined;

  const verdict = byDistance(fix, outsideM);
  const isOutside = verdict === 'out' || verdict === 'far';
  const anchoredAtMs = track.anchoredAtMs ?? Number.NEGATIVE_INFINITY;
  const isVetoed = facts.charging === true || takenAtMs - anchoredAtMs <= anchorHoldsMs;
  return isOutside && isVetoed ? undefined : verdict;
}

function byDistance({ accuracyM }: UsableFix, outsideM: number): Verdict {
  if (outsideM > farOutsideM && accuracyM <= farAccuracyM) return 'far';
  if (isClearlyOutside(outsideM, accuracyM)) return 'out';
  return -outsideM > Math.max(leastInsideM, accuracyM / 2) ? 'in' : 'edge';
}

function decided(home: Household, track: Track, reading: Reading, seen: Seen | undefined): Followed {
  const { votes, excursion } = track;
  if (excursion !== undefined) return outside(home, track, reading, seen, excursion);
  const out = votes.filter(({ verdict }) => verdict === 'out' || verdict === 'far');
  const first = out[0];
  if (first === undefined) return { track: { ...track, votes: [] }, signals: [] };
  if (seen === undefined || !isConfirmed(votes, out)) return { track, signals: [] };

  const left: Track = { ...track, excursion: { sinceMs: first.atMs, toldAtMs: reading.takenAtMs } };
  return { track: left, signals: [exit(home, reading, seen, first.atMs, first.atMs)] };
}

function isConfirmed(votes: readonly Vote[], out: readonly Vote[]): boolean {
  const far = votes.slice(-2).filter(({ verdict }) => verdict === 'far');
  if (far.length === 2) return true;
  const spanMs = (out.at(-1)?.atMs ?? 0) - (out[0]?.atMs ?? 0);
  return out.length >= votesForExit && spanMs >= votesSpanMs;
}

type Excursion = NonNullable<Track['excursion']>;

function outside(home: Household, track: Track, reading: Reading, seen: Seen | undefined, trip: Excursion): Followed {
  const newest = track.votes.slice(-votesForReturn);
  if (newest.length === votesForReturn && newest.every(({ verdict }) => verdict === 'in')) {
    const { excursion: _over, ...atHome } = track;
    return { track: { ...atHome, votes: [] }, signals: [back(home, reading, trip)] };
  }
  const verdict = newest.at(-1)?.verdict;
  const isOut = verdict === 'out' || verdict === 'far';
  if (seen === undefined || !isOut || reading.takenAtMs - trip.toldAtMs < tellAgainMs) return { track, signals: [] };
  const told: Track = { ...track, excursion: { ...trip, toldAtMs: reading.takenAtMs } };
  return { track: told, signals: [exit(home, reading, seen, trip.sinceMs, reading.takenAtMs)] };
}

function exit(home: Household, reading: Reading, { fix, outsideM }: Seen, sinceMs: number, atMs: number): Signal {
  const key = excursionKey(home, reading.deviceId, sinceMs);
  const metres = Math.max(10, Math.round(outsideM / 10) * 10);
  return raise(
    home,
    { ...fromReading(reading), atMs },
    {
      type: 'zoneExit',
      key: atMs === sinceMs ? key : `${key}:${atMs}`,
      severity: 'P2',
      suspected: true,
      summary: words.zoneExit(whoOf(home, reading.deviceId), metres),
      evidence: { outsideM: Math.round(outsideM), accuracyM: Math.round(fix.accuracyM), leftAtMs: sinceMs },
    },
  );
}

function back(home: Household, reading: Reading, { sinceMs }: Excursion): Signal {
  const key = excursionKey(home, reading.deviceId, sinceMs);
  const summary = words.zoneBack(whoOf(home, reading.deviceId));
  const evidence = { backAtMs: reading.takenAtMs };
  return clear(home, fromReading(reading), {
    type: 'zoneExit',
    key,
    severity: 'P2',
    suspected: true,
    summary,
    evidence,
  });
}

function excursionKey(home: Household, deviceId: string, sinceMs: number): string {
  return `${home.subjectId}:${deviceId}:${sinceMs}`;
}
