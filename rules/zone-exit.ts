import type { Signal } from '../model/alert.ts';
import type { Reading } from '../model/reading.ts';
import { isReachable, isSpaced, roughFix, type UsableFix, votingFix, whereabouts } from './fixes.ts';
import { earliest, type PerDevice, withDevice } from './per-device.ts';
import type { Deadline, Household, Outcome, Rule } from './rule.ts';
import { hasSafeZone, homeDepthM, metresOutside } from './safe-zones.ts';
import type { SourceReading } from './signals.ts';
import { isAtRisk } from './zone-exit/excursion.ts';
import { hasLasted, holdOn } from './zone-exit/hold.ts';
import { type HomeSigns, isHomeSign, isNightDoor, isSeenIndoors, withHomeSign } from './zone-exit/home-signs.ts';
import { type Followed, left, outside, type Sight } from './zone-exit/outside.ts';
import type { ExitReason } from './zone-exit/signals.ts';
import { fellSilent, type Silence, silentAtMs, withLastWord } from './zone-exit/silence.ts';
import { onTime } from './zone-exit/steady-lag.ts';
import {
  countedFromHome,
  firstOut,
  isAnchored,
  isSettled,
  isStill,
  noticed,
  nowhere,
  rested,
  type Track,
  withGoing,
} from './zone-exit/track.ts';
import { stayedSilent, unheardAtMs, withHeard } from './zone-exit/unheard.ts';
import {
  confirmed,
  type Doubt,
  doubtAfter,
  isNews,
  isOut,
  type Verdict,
  type Vote,
  verdictOn,
  votesKept,
} from './zone-exit/votes.ts';

type State = HomeSigns & { readonly tracks: PerDevice<Track> };

/**
 * The resident has left every safe zone: once per excursion, when several fixes agree. P2, or P3 for a resident who is
 * known to have no cognitive risk; P1 as `urgencyOf` says. One wild fix, however accurate it claims to be, is never enough;
 * nor are cell positions, late ones, or any while the home's beacon is heard. Votes say that fixes agree, and errors agree
 * with each other for minutes: so a band that counts steps must have counted those it takes to get there, or fixes must
 * agree for 4 to 15 minutes (`zone-exit/hold.ts`). With a fix every 30 s the delay of a walker is 30 s from 200 m outside,
 * 60 to 90 s nearer, 5 min for a few metres or when no fix is better than 150 m. Whoever was seen past the edge by too few
 * fixes for that, and whose band then says nothing for 8 minutes, is told of as well (`zone-exit/silence.ts`); who is out and
 * falls silent becomes P1 by the clock (`zone-exit/unheard.ts`). In simulated months of 224 guarded homes: 0.045 false exits
 * a month (1.9 by counting votes), 518 of 519 outings found (docs/LOCATION.md).
 */
export const zoneExit: Rule<State> = {
  kind: 'zoneExit',
  initial: { tracks: {} },
  step(home, state, input) {
    if (input.kind === 'deadline') return silent(home, state, input);
    const { reading } = input;
    if (isHomeSign(reading)) return { state: hasSafeZone(home) ? withHomeSign(state, reading) : state };
    const track = state.tracks[reading.deviceId] ?? nowhere;
    if (!concerns(home, track, reading)) return { state };

    const { state: after, signals } = followed({ home, signs: state }, track, reading);
    if (after === track) return { state };
    const tracks = withDevice(home, state.tracks, reading.deviceId, after);
    return { state: { ...state, tracks }, ...(signals && { signals }) };
  },
  deadlineAtMs(home, { tracks }) {
    return earliest(
      Object.entries(tracks).map(([id, track]) => (home.devices.has(id) ? dueAtMs(home, track) : undefined)),
    );
  },
};

function concerns(home: Household, track: Track, { facts }: Reading): boolean {
  if (facts.position !== undefined || facts.homeAnchor === true) return track !== nowhere || hasSafeZone(home);
  if (track === nowhere) return false;
  if (track.lastWord !== undefined || (track.excursion !== undefined && isAtRisk(home))) return true;
  return [facts.motion, facts.steps, facts.worn, facts.charging].some((fact) => fact !== undefined);
}

type Context = { readonly home: Household; readonly signs: HomeSigns };
type Judged = Sight & {
  readonly reading: Reading;
  readonly fix: UsableFix;
  readonly outsideM: number;
  readonly verdict: Verdict;
};

function followed(context: Context, was: Track, said: Reading): Followed {
  const { reading, lag } = onTime(was.lag, said);
  const timed = lag === undefined || lag === was.lag ? was : { ...was, lag };
  if (reading === undefined) return { state: withWord(timed, context.home, said) };
  const { state, ...told } = located(context, noticed(timed, reading), reading);
  return { state: withWord(state, context.home, reading), ...told };
}

function withWord(track: Track, home: Household, reading: Reading): Track {
  const { excursion } = track;
  return excursion === undefined ? withLastWord(track, home, reading) : withHeard(track, excursion, home, reading);
}

function located(context: Context, track: Track, reading: Reading): Followed {
  if (reading.facts.homeAnchor === true) return anchored(context, track, reading);
  const fix = votingFix(reading);
  return fix === undefined ? roughly(context, track, reading) : placed(context, track, reading, fix);
}

/** The home's beacon: as good as a fix inside. */
function anchored(context: Context, track: Track, reading: Reading): Followed {
  const home = countedFromHome(track, context.home, reading);
  if (isSettled(home) || !isNews(home.votes, reading.takenAtMs)) return { state: home };
  const { doubt: _over, ...rest } = home;
  return decided(context, voted(rest, [reading.takenAtMs, 0, 0, 'in']), { reading });
}

function placed(context: Context, track: Track, reading: Reading, fix: UsableFix): Followed {
  const where = whereabouts(track, fix);
  if (where === track) return { state: track };
  if (where.last !== fix) return { state: { ...track, ...where } };

  const outsideM = metresOutside(context.home, fix);
  const verdict = verdictOn(fix, outsideM) ?? 'edge';
  if (isOut(verdict) && isAnchored(track, fix.atMs)) return { state: track };
  const isQuiet = isSettled(track) && (verdict === 'in' || verdict === 'edge');
  if (isQuiet) return { state: rested(track, reading, fix, verdict) };

  const judged: Judged = { reading, fix, before: track.last, outsideM, verdict };
  const { stray: _gone, doubt: _was, ...rest } = track;
  const doubt = doubtOf(track, judged);
  const inside = verdict === 'in' && { insideAtMs: fix.atMs };
  const next = voted({ ...rest, ...(doubt && { doubt }), ...inside, last: fix }, voteOf(judged));
  return decided(context, next, judged);
}

/** Poor fixes are counted only where somebody could be, and only far out. */
function roughly(context: Context, track: Track, reading: Reading): Followed {
  const fix = roughFix(reading);
  if (fix === undefined || isAnchored(track, fix.atMs) || !isNews(track.votes, fix.atMs)) return { state: track };
  if (track.last && (!isSpaced(track.last.atMs, fix.atMs) || !isReachable(track.last, fix))) return { state: track };
  const outsideM = metresOutside(context.home, fix);
  if (verdictOn(fix, outsideM) !== 'rough') return { state: track };

  const judged: Judged = { reading, fix, before: track.last, outsideM, verdict: 'rough' };
  const doubt = doubtOf(track, judged);
  return decided(context, voted({ ...track, ...(doubt && { doubt }) }, voteOf(judged)), judged);
}

function doubtOf(track: Track, { reading, fix, verdict, outsideM }: Judged): Doubt | undefined {
  const doubt = doubtAfter(track.doubt, fix, verdict, outsideM);
  if (doubt === undefined) return undefined;
  return withGoing(doubt, track, reading, fix);
}

/** What JSON can hold: no infinity, no -0. */
const farthestM = 99_999;

function voteOf({ fix, outsideM, verdict }: Judged): Vote {
  const metres = Math.round(Math.max(-farthestM, outsideM)) || 0;
  return [fix.atMs, metres, Math.max(1, Math.round(fix.accuracyM)), verdict];
}

function voted(track: Track, vote: Vote): Track {
  return { ...track, votes: [...track.votes, vote].slice(-votesKept) };
}

function decided(context: Context, track: Track, sight: Sight): Followed {
  const { votes, doubt, excursion } = track;
  if (excursion !== undefined) return outside(context.home, track, sight, excursion);
  if (doubt === undefined && firstOut(votes.slice(-4)) === undefined) return { state: { ...track, votes: [] } };
  // Without a doubt the newest fix is not outside, however many before it were.
  const reason = sight.fix && doubt && reasonOf(context, track, sight.reading);
  return reason === undefined ? { state: track } : left(context.home, track, sight, reason);
}

/** Why somebody is believed to have left, if so. */
function reasonOf({ home, signs }: Context, track: Track, reading: SourceReading): ExitReason | undefined {
  const { votes, doubt, insideAtMs } = track;
  const { takenAtMs } = reading;
  const newest = votes.at(-1)?.[3];
  const isStaying = isStill(track, reading);
  const isOutNow = newest === 'out' || newest === 'far';
  if (isOutNow && !isStaying && isNightDoor(home, signs, takenAtMs)) return 'nightDoor';
  const depthM = homeDepthM(home, takenAtMs);
  const reason = confirmed(votes, doubt, depthM);
  if (reason === undefined) return undefined;
  const isIndoors = isSeenIndoors(home, signs, insideAtMs, takenAtMs);
  return hasLasted(track, holdOn(doubt, { depthM, isIndoors, isStaying })) ? reason : undefined;
}

function dueAtMs(home: Household, track: Track): number | undefined {
  return track.excursion === undefined ? silentAtMs(track) : unheardAtMs(home, track);
}

/** Nothing more was heard of devices that were last seen outside. */
function silent(home: Household, state: State, { nowMs, listeningSinceMs }: Deadline): Outcome<State> {
  let { tracks } = state;
  const signals: Signal[] = [];
  for (const [deviceId, track] of Object.entries(state.tracks)) {
    const isDue = home.devices.has(deviceId) && (dueAtMs(home, track) ?? Number.POSITIVE_INFINITY) <= nowMs;
    if (!isDue) continue;
    const silence = { home, signs: state, deviceId, nowMs, listeningSinceMs };
    const { state: after, signals: told = [] } = judgedSilent(track, silence);
    tracks = withDevice(home, tracks, deviceId, after);
    signals.push(...told);
  }
  return { state: { ...state, tracks }, signals };
}

function judgedSilent(track: Track, silence: Silence): Followed {
  const { excursion, lastWord } = track;
  if (excursion !== undefined) return stayedSilent(track, excursion, silence);
  return lastWord === undefined ? { state: track } : fellSilent(track, lastWord, silence);
}
