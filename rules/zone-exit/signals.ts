import type { Bilingual, Evidence, Severity, Signal } from '../../model/alert.ts';
import { clockTime } from '../../model/local-time.ts';
import type { Household } from '../rule.ts';
import { clear, fromReading, raise, type SourceReading } from '../signals.ts';
import { fixInWords, listed, reasonWords, unlessWords, urgencyWords, words } from '../words/location.ts';
import { whoOf } from '../words.ts';
import type { Excursion, Urgency } from './excursion.ts';
import type { Reason, Vote } from './votes.ts';

export type ExitReason = Reason | 'nightDoor' | 'silent';

/** What an exit is told with: the reading that settled it, the votes, and why they are believed. */
export type Exit = {
  readonly reading: SourceReading;
  readonly trip: Excursion;
  readonly votes: readonly Vote[];
  readonly reason?: ExitReason;
  readonly urgency?: readonly Urgency[];
  readonly moved?: boolean;
  /** When the device was last heard, if it has fallen silent. */
  readonly heardAtMs?: number;
};

/** P2, also where nobody has recorded whether there is a cognitive risk; P3 where it is recorded that there is none. */
export function severityOf(home: Household): Severity {
  return home.resident?.cognitiveRisk === false ? 'P3' : 'P2';
}

/** The first word of an excursion: its id comes from its first vote. */
export function exit(home: Household, what: Exit): Signal {
  return left(home, what, severityOf(home), keyOf(home, what), what.trip.sinceMs);
}

/** The same excursion again: `again` every ten minutes, `urgent` once. */
export function stillOut(home: Household, what: Exit, how: 'again' | 'urgent'): Signal {
  const { takenAtMs } = what.reading;
  if (how === 'urgent') return left(home, what, 'P1', `${keyOf(home, what)}:urgent`, takenAtMs);
  const severity = what.trip.urgent ? 'P1' : severityOf(home);
  return left(home, what, severity, `${keyOf(home, what)}:${takenAtMs}`, takenAtMs);
}

export function back(home: Household, what: Exit): Signal {
  const { reading, trip } = what;
  return clear(home, fromReading(reading), {
    type: 'zoneExit',
    key: keyOf(home, what),
    severity: severityOf(home),
    suspected: true,
    summary: words.zoneBack(whoOf(home, reading.deviceId)),
    evidence: { backAtMs: reading.takenAtMs, leftAtMs: trip.sinceMs, path: trip.path },
  });
}

function left(home: Household, what: Exit, severity: Severity, key: string, atMs: number): Signal {
  const { reading } = what;
  return raise(
    home,
    { ...fromReading(reading), atMs },
    {
      type: 'zoneExit',
      key,
      severity,
      suspected: true,
      summary: summaryOf(what, whoOf(home, reading.deviceId)),
      evidence: evidenceOf(what),
      because: becauseOf(home, what),
      unless: unlessOf(what),
    },
  );
}

function summaryOf({ votes, heardAtMs }: Exit, who: string): Bilingual {
  const [, outsideM = 0] = votes.at(-1) ?? [];
  const metres = Math.max(10, Math.round(outsideM / 10) * 10);
  return heardAtMs === undefined ? words.zoneExit(who, metres) : words.zoneSilent(who, metres);
}

function evidenceOf({ trip, votes, reason, urgency, moved, heardAtMs }: Exit): Evidence {
  const [, outsideM = 0, accuracyM = 0] = votes.at(-1) ?? [];
  return {
    outsideM,
    accuracyM,
    leftAtMs: trip.sinceMs,
    votes: votes.map(([atMs, metres, errorM, verdict]) => ({ atMs, outsideM: metres, accuracyM: errorM, verdict })),
    path: trip.path,
    ...(reason && { reason }),
    ...(urgency && { urgency }),
    ...(moved && { moved }),
    ...(heardAtMs !== undefined && { lastHeardAtMs: heardAtMs }),
  };
}

function becauseOf(home: Household, { reading, votes, reason, urgency = [], moved, heardAtMs }: Exit): Bilingual[] {
  const fixes = votes.map(([atMs, outsideM, accuracyM]) =>
    fixInWords(clockTime(home.timeZone, atMs), outsideM, accuracyM),
  );
  return [
    listed(fixes),
    ...(reason ? [reasonWords[reason]] : []),
    ...(heardAtMs === undefined ? [] : [silenceOf(home, heardAtMs, reading.takenAtMs)]),
    ...(moved ? [words.moved] : []),
    // Silence is said above, with its time.
    ...urgency.filter((one) => one !== 'silent').map((one) => urgencyWords[one]),
  ];
}

function silenceOf({ timeZone }: Household, heardAtMs: number, nowMs: number): Bilingual {
  return words.silentSince(clockTime(timeZone, heardAtMs), Math.round((nowMs - heardAtMs) / 60_000));
}

function unlessOf({ votes, reason }: Exit): Bilingual[] {
  const nearestM = Math.min(...votes.filter(([, , , verdict]) => verdict === 'out').map(([, outsideM]) => outsideM));
  return [
    ...(reason ? [unlessWords[reason]] : []),
    ...(reason === 'several' && Number.isFinite(nearestM) ? [unlessWords.accuracy(nearestM)] : []),
    unlessWords.anchor,
    reason === 'silent' ? unlessWords.homeSince : unlessWords.indoors,
  ];
}

function keyOf(home: Household, { reading, trip }: Exit): string {
  return `${home.subjectId}:${reading.deviceId}:${trip.sinceMs}`;
}
