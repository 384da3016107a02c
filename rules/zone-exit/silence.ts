import type { Reading } from '../../model/reading.ts';
import { type UsableFix, votingFix } from '../fixes.ts';
import type { Household } from '../rule.ts';
import { homeDepthM, metresOutside } from '../safe-zones.ts';
import type { SourceReading } from '../signals.ts';
import { holdOn } from './hold.ts';
import { type HomeSigns, isHomeSince } from './home-signs.ts';
import { type Followed, left } from './outside.ts';
import { isAnchored, isStill, type Track } from './track.ts';
import { type Doubt, deepM, isSure, type Vote } from './votes.ts';

/**
 * Somebody seen past the edge whose band then goes quiet must not be taken to be at home. States: *speaking* (`lastWord`
 * within the limit), *silent* (told once as an exit, and from then on an excursion like any other), *ordinary* (the last
 * word or the home explains the silence: nothing until the next fix outside).
 *
 * The last word of a device whose fixes say outside, and too few of them to be believed:
 */
export type LastWord = {
  /** Time of receipt, within 20 s. */
  readonly atMs: number;
  /** Did it leave her outside and on her way? Silence after any other word is ordinary. */
  readonly isOutside: boolean;
};

const minuteMs = 60_000;
/** No finer than fixes vote. */
const wordGrainMs = 20_000;
/** Silent for twice its own interval, and never sooner or later than these. */
const soonestMs = 8 * minuteMs;
const latestMs = 60 * minuteMs;
const leastFixes = 3;
/** A band that goes on speaking and knows no place any more is under a roof, not lost. */
const placeHoldsMs = 5 * minuteMs;

/** The track with this word of its device; remembered only while fixes say outside, before anybody has been told. */
export function withLastWord(track: Track, home: Household, reading: Reading): Track {
  const { lastWord: was, ...rest } = track;
  if (track.doubt === undefined) return was === undefined ? track : rest;
  if (reading.facts.online === false) return track; // a last will is not the wearer's word
  const lastWord = { atMs: reading.receivedAtMs, isOutside: leavesOutside(track, home, reading) };
  // Either way round: the clock may have been set back, and the word counts from then on.
  const isNews = was === undefined || Math.abs(lastWord.atMs - was.atMs) >= wordGrainMs;
  return isNews || lastWord.isOutside !== was.isOutside ? { ...track, lastWord } : track;
}

function leavesOutside(track: Track, home: Household, reading: Reading): boolean {
  const { takenAtMs, late } = reading;
  const wasOutside = track.lastWord?.isOutside === true;
  if (late) return wasOutside;
  if (isAnchored(track, takenAtMs) || track.off || isStill(track, reading)) return false;
  const fix = votingFix(reading);
  if (fix !== undefined) return metresOutside(home, fix) > 0;
  return wasOutside && takenAtMs - (track.last?.atMs ?? 0) <= placeHoldsMs;
}

/** When its silence will say that she has gone; undefined while it would say nothing. */
export function silentAtMs({ doubt, lastWord, votes }: Track): number | undefined {
  if (doubt === undefined || lastWord?.isOutside !== true || doubt.fixes < leastFixes) return undefined;
  const against = votesOf(votes, doubt);
  return against.some(isSure) ? lastWord.atMs + limitMs(against) : undefined;
}

function votesOf(votes: readonly Vote[], { sinceMs }: Doubt): readonly Vote[] {
  return votes.filter(([atMs]) => atMs >= sinceMs);
}

/** For how long a device that spoke so often is silent before its silence says anything. */
export function limitMs(votes: readonly Vote[]): number {
  const gapsMs = votes.slice(1).map(([atMs], i) => atMs - (votes[i]?.[0] ?? atMs));
  return Math.min(latestMs, Math.max(soonestMs, 2 * Math.max(0, ...gapsMs)));
}

/** What the rule knows when the time for a word has passed. */
export type Silence = {
  readonly home: Household;
  readonly signs: HomeSigns;
  readonly deviceId: string;
  readonly nowMs: number;
  readonly listeningSinceMs: number;
};

/** The time for another word has passed: she is told of as gone, or silence says nothing until the next word from outside. */
export function fellSilent(track: Track, lastWord: LastWord, silence: Silence): Followed {
  const { home, signs, listeningSinceMs } = silence;
  // Silence before the service listened was ours.
  if (lastWord.atMs < listeningSinceMs) return { state: withWord(track, { ...lastWord, atMs: listeningSinceMs }) };
  const { last, lastWord: _told, ...gone } = track;
  if (last === undefined || !isGone(home, signs, track)) {
    return { state: withWord(track, { ...lastWord, isOutside: false }) };
  }
  const sight = { reading: unsaid(silence, last), fix: last, heardAtMs: lastWord.atMs };
  return left(home, { ...gone, last }, sight, 'silent');
}

/** What silence is told with: where the device was last. */
export function unsaid({ deviceId, nowMs }: Silence, { lat, lon, accuracyM }: UsableFix): SourceReading {
  const facts = { position: { lat, lon, accuracyM } };
  return { deviceId, takenAtMs: nowMs, receivedAtMs: nowMs, late: false, facts };
}

function withWord(track: Track, lastWord: LastWord): Track {
  return { ...track, lastWord };
}

/**
 * Has she gone, whose device fell silent after such a word? Not where the home has been heard since, or where its own
 * drift reaches over the edge: nearer than 200 m to it, only with the steps for the way.
 */
function isGone(home: Household, signs: HomeSigns, { doubt, last }: Track): boolean {
  if (doubt === undefined || last === undefined || metresOutside(home, last) <= 0) return false;
  if (isHomeSince(home, signs, last.atMs)) return false;
  const depthM = homeDepthM(home, last.atMs);
  const isDeep = depthM !== undefined && depthM >= deepM;
  if (!isDeep && doubt.going === undefined) return false;
  return holdOn(doubt, { depthM, isIndoors: false, isStaying: false }).lastsMs === 0;
}
