import type { Alert, Bilingual, Evidence, Signal } from '../../model/alert.ts';
import type { LastFix, Said, SayRequest } from '../../model/by-hand.ts';
import { stamp } from '../../model/local-time.ts';
import type { Resident, User } from '../../model/people.ts';
import { reasons, summaryOf, unless } from './words.ts';

const minuteMs = 60_000;
/** Where somebody was longer ago says little about where to look for a person on foot. */
const searchedWithinMs = 12 * 60 * minuteMs;
/** Somebody who has fallen or calls for help is where the band is, or at home. */
const thereWithinMs = 30 * minuteMs;
/** A fix so much older than when people saw her is where she came from. */
const beforeSeenMs = 30 * minuteMs;
/** Named in the evidence; all of them are in the queue. */
const alsoAtMost = 8;

/** Around what is said: when, by whom, about whom, and what is open of her. */
export type Around = {
  readonly nowMs: number;
  readonly user: User;
  readonly resident: Resident;
  /** Gravest first. */
  readonly open: readonly Alert[];
  /** IANA name. */
  readonly timeZone: string;
};

/**
 * What a person says, as a signal like any other. P1: somebody was there, or looked for her. Its id is that of the
 * caller's `ref`; without one it is this moment and this person's.
 */
export function signalOf({ residentId, request, lastFix }: Said, around: Around): Signal {
  const { nowMs, user, resident, timeZone } = around;
  const { type, ref = `${user.id}:${nowMs}` } = request;
  const seenAtMs = seenAt(request, nowMs);
  const usable = usableFix(request, lastFix, nowMs);
  return {
    id: `byHand:${type}:${residentId}:${ref}`,
    effect: 'raise',
    type,
    severity: 'P1',
    subjectId: residentId,
    deviceId: '',
    ...{ atMs: nowMs, receivedAtMs: nowMs, late: false, suspected: false },
    summary: summaryOf(type, resident.name, seenAtMs === undefined ? undefined : stamp(timeZone, seenAtMs)),
    evidence: { ...figuresOf(request, lastFix, around), because: because(request, lastFix, around), unless: [unless] },
    ...(usable && { position: usable.fix }),
    by: user.id,
  };
}

/** When people saw her last. A page whose clock runs ahead has not seen the future. */
function seenAt({ lastSeen }: SayRequest, nowMs: number): number | undefined {
  return lastSeen?.at === undefined ? undefined : Math.min(Date.parse(lastSeen.at), nowMs);
}

/** The last fix, when it is where to go. */
function usableFix(request: SayRequest, lastFix: LastFix | undefined, nowMs: number): LastFix | undefined {
  if (lastFix === undefined) return undefined;
  const withinMs = request.type === 'missing' ? searchedWithinMs : thereWithinMs;
  const seenAtMs = seenAt(request, nowMs) ?? Number.NEGATIVE_INFINITY;
  const isStale = nowMs - lastFix.atMs > withinMs || lastFix.atMs < seenAtMs - beforeSeenMs;
  return isStale ? undefined : lastFix;
}

function figuresOf(request: SayRequest, lastFix: LastFix | undefined, around: Around): Evidence {
  const { nowMs, user, resident } = around;
  const { note, lastSeen } = request;
  const seenAtMs = seenAt(request, nowMs);
  return {
    reportedAtMs: nowMs,
    reportedByRole: user.role,
    ...(note !== undefined && { note }),
    ...(seenAtMs !== undefined && { lastSeenAtMs: seenAtMs }),
    ...(lastSeen?.place !== undefined && { lastSeenPlace: lastSeen.place }),
    ...(lastFix && fixFigures(lastFix, nowMs)),
    ...(resident.cognitiveRisk === true && { cognitiveRisk: true }),
    ...alsoFigures(around.open),
  };
}

function fixFigures({ fix, atMs, isWorn }: LastFix, nowMs: number): Evidence {
  const { accuracyM } = fix;
  return {
    lastFixAtMs: atMs,
    lastFixAgeMin: minutesSince(atMs, nowMs),
    ...(accuracyM !== undefined && { accuracyM }),
    ...(!isWorn && { worn: false }),
  };
}

function alsoFigures(open: readonly Alert[]): Evidence {
  if (open.length === 0) return {};
  const some = open
    .slice(0, alsoAtMost)
    .map(({ type, severity, openedAtMs }) => ({ type, severity, atMs: openedAtMs }));
  return { alsoOpen: some };
}

/** The most telling first: pages with little room show three. */
function because(request: SayRequest, lastFix: LastFix | undefined, around: Around): Bilingual[] {
  const { nowMs, user, resident, open, timeZone } = around;
  const { note, type } = request;
  const at = (atMs: number) => stamp(timeZone, atMs);
  const sight = sightOf(request, around);
  const also = open.slice(0, alsoAtMost).map(({ type: other, openedAtMs }) => ({ type: other, at: at(openedAtMs) }));
  return [
    reasons.reported(user.role, at(nowMs)),
    ...(sight ? [sight] : []),
    ...(note === undefined ? [] : [reasons.note(note)]),
    ...(lastFix ? [reasons.lastFix(at(lastFix.atMs), minutesSince(lastFix.atMs, nowMs), lastFix.isWorn)] : []),
    ...(lastFix === undefined && type === 'missing' ? [reasons.noFix] : []),
    ...(type === 'missing' && resident.cognitiveRisk === true ? [reasons.cognitiveRisk] : []),
    ...(also.length > 0 ? [reasons.alsoOpen(also)] : []),
  ];
}

/** When and where people saw her last, as a sentence; undefined when they say neither. */
export function sightOf(request: SayRequest, { nowMs, timeZone }: Pick<Around, 'nowMs' | 'timeZone'>) {
  const atMs = seenAt(request, nowMs);
  const place = request.lastSeen?.place;
  if (atMs === undefined && place === undefined) return undefined;
  return reasons.lastSeen(atMs === undefined ? undefined : stamp(timeZone, atMs), place);
}

function minutesSince(atMs: number, nowMs: number): number {
  return Math.max(0, Math.round((nowMs - atMs) / minuteMs));
}
