import type { Reading } from '../../model/reading.ts';
import type { Household } from '../rule.ts';
import { metresOutside } from '../safe-zones.ts';
import { type Excursion, isAtRisk, urgencyInSilence, urgentInSilenceAtMs } from './excursion.ts';
import { isHomeSince } from './home-signs.ts';
import { type Followed, urgentlyGone } from './outside.ts';
import { limitMs, type Silence, unsaid } from './silence.ts';
import { isAnchored, type Track } from './track.ts';

/**
 * She is out, people have been told, and her band has fallen silent: no fix will say that it has become critical, so the
 * clock does. Only of somebody known to be at cognitive risk. States: *heard* (`heardAtMs` of the excursion), *critical*
 * (`urgent`, said once), *ordinary* (no `heardAtMs`: the home or the band explains the silence, until its next word).
 */
const heardGrainMs = 60_000;

/** The track with this word of a device that is out. */
export function withHeard(track: Track, trip: Excursion, home: Household, reading: Reading): Track {
  const { lastWord, ...rest } = track;
  const told = lastWord === undefined ? track : rest;
  if (!isAtRisk(home) || trip.urgent || reading.facts.online === false) return told; // a last will is not her word
  const { heardAtMs = Number.NEGATIVE_INFINITY } = trip;
  // Either way round: the clock may have been set back, and the word counts from then on.
  if (Math.abs(reading.receivedAtMs - heardAtMs) < heardGrainMs) return told;
  return { ...told, excursion: { ...trip, heardAtMs: reading.receivedAtMs } };
}

/** When its silence makes the excursion critical; undefined while it would not. */
export function unheardAtMs(home: Household, { excursion, last, votes }: Track): number | undefined {
  if (excursion === undefined || last === undefined || !isAtRisk(home)) return undefined;
  return urgentInSilenceAtMs(home, excursion, last, limitMs(votes));
}

/** That moment has come. */
export function stayedSilent(track: Track, trip: Excursion, silence: Silence): Followed {
  const { home, signs, nowMs, listeningSinceMs } = silence;
  const { last } = track;
  const { heardAtMs = nowMs, ...ordinary } = trip;
  // Silence before the service listened was ours.
  if (heardAtMs < listeningSinceMs) {
    return { state: { ...track, excursion: { ...trip, heardAtMs: listeningSinceMs } } };
  }
  const isGone = last !== undefined && metresOutside(home, last) > 0 && !isHomeSince(home, signs, last.atMs);
  if (!isGone || track.off || isAnchored(track, heardAtMs)) return { state: { ...track, excursion: ordinary } };
  const sight = { reading: unsaid(silence, last), heardAtMs: Math.max(heardAtMs, last.atMs) };
  return urgentlyGone(home, track, sight, trip, urgencyInSilence(home, last, nowMs));
}
