import type { UsableFix } from '../fixes.ts';
import type { Household, Outcome } from '../rule.ts';
import type { SourceReading } from '../signals.ts';
import { type Excursion, isAtRisk, pathAfter, type Urgency, urgencyOf } from './excursion.ts';
import { back, type ExitReason, exit, stillOut } from './signals.ts';
import { firstOut, type Track } from './track.ts';
import { isOut } from './votes.ts';

export type Followed = Outcome<Track>;
/** A reading, and the fix in it when it may vote; `before` is the last one believed. */
export type Sight = {
  readonly reading: SourceReading;
  readonly fix?: UsableFix;
  readonly before?: UsableFix | undefined;
  /** When the device was last heard, if it has fallen silent. */
  readonly heardAtMs?: number;
};

const votesForReturn = 2;
const tellAgainMs = 10 * 60_000;

/** The first word of an excursion. */
export function left(home: Household, track: Track, { reading, fix, heardAtMs }: Sight, reason: ExitReason): Followed {
  const { votes, doubt } = track;
  const toldAtMs = reading.takenAtMs;
  const sinceMs = Math.min(doubt?.sinceMs ?? toldAtMs, firstOut(votes.slice(-4))?.[0] ?? toldAtMs);
  const heard = isAtRisk(home) && { heardAtMs: heardAtMs ?? reading.receivedAtMs };
  const trip: Excursion = { sinceMs, firstToldAtMs: toldAtMs, toldAtMs, path: fix ? pathAfter([], fix) : [], ...heard };
  const silent = heardAtMs !== undefined && { heardAtMs };
  const signal = exit(home, { reading, trip, votes, reason, moved: doubt?.moved === true, ...silent });
  return { state: { ...track, excursion: trip }, signals: [signal] };
}

/** An excursion after one more word: over, told again, or only longer. */
export function outside(home: Household, track: Track, sight: Sight, trip: Excursion): Followed {
  const newest = track.votes.slice(-votesForReturn);
  if (newest.length === votesForReturn && newest.every(([, , , verdict]) => verdict === 'in')) {
    const { excursion: _over, doubt: _none, ...atHome } = track;
    const over = back(home, { reading: sight.reading, trip, votes: track.votes });
    return { state: { ...atHome, votes: [] }, signals: [over] };
  }
  const verdict = newest.at(-1)?.[3];
  if (sight.fix === undefined || verdict === undefined || !isOut(verdict)) return { state: track };
  const gone: Excursion = { ...trip, path: pathAfter(trip.path, sight.fix) };
  return stillGone(home, track, { ...sight, fix: sight.fix }, gone);
}

function stillGone(home: Household, track: Track, sight: Sight & { fix: UsableFix }, trip: Excursion): Followed {
  const { reading } = sight;
  const urgency = trip.urgent ? [] : urgencyOf(home, trip, { ...sight, batteryPct: reading.facts.batteryPct });
  if (urgency.length > 0) return urgentlyGone(home, track, sight, trip, urgency);
  if (reading.takenAtMs - trip.toldAtMs < tellAgainMs) return { state: { ...track, excursion: trip } };
  const told: Excursion = { ...trip, toldAtMs: reading.takenAtMs };
  const signal = stillOut(home, { reading, trip: told, votes: track.votes }, 'again');
  return { state: { ...track, excursion: told }, signals: [signal] };
}

/** Critical from now on, said once. */
export function urgentlyGone(
  home: Household,
  track: Track,
  { reading, heardAtMs }: Sight,
  trip: Excursion,
  urgency: readonly Urgency[],
): Followed {
  const { heardAtMs: _heard, ...rest } = trip;
  const told: Excursion = { ...rest, toldAtMs: reading.takenAtMs, urgent: true };
  const silent = heardAtMs !== undefined && { heardAtMs };
  const signal = stillOut(home, { reading, trip: told, votes: track.votes, urgency, ...silent }, 'urgent');
  return { state: { ...track, excursion: told }, signals: [signal] };
}
