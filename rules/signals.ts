import type { AlertType, Bilingual, Evidence, Severity, Signal, Unanswered } from '../model/alert.ts';
import type { Fix } from '../model/geo.ts';
import type { Reading } from '../model/reading.ts';

/** Whom it is about: a home, or an area. */
type Subject = { readonly subjectId: string };

/** Who says it, when it happened, when we knew, and where. */
type Source = {
  readonly deviceId: string;
  readonly atMs: number;
  readonly receivedAtMs: number;
  readonly late: boolean;
  readonly position?: Fix;
};

type Claim = {
  readonly type: AlertType;
  /** What makes it this occurrence and no other; from facts alone. */
  readonly key: string;
  readonly severity: Severity;
  readonly summary: Bilingual;
  readonly suspected?: boolean;
  /** Numbers, units at the end of their names. */
  readonly evidence?: Evidence;
  /** The same in words: what was seen, and what would have kept it quiet. They go with the evidence. */
  readonly because?: readonly Bilingual[];
  readonly unless?: readonly Bilingual[];
  readonly unanswered?: Unanswered;
};

/** A condition holds. Its id is `{type}:{key}`, so that a replay says the same thing under the same name. */
export function raise(home: Subject, source: Source, claim: Claim): Signal {
  return signal(home, source, claim, 'raise', `${claim.type}:${claim.key}`);
}

/** It no longer holds. `key` is that of the raise it takes back, or the reading's. */
export function clear(home: Subject, source: Source, claim: Claim): Signal {
  return signal(home, source, claim, 'clear', `${claim.type}:${claim.key}:clear`);
}

/** As much of a reading as what is said comes from. */
export type SourceReading = Pick<Reading, 'deviceId' | 'takenAtMs' | 'receivedAtMs' | 'late' | 'facts'>;

/** A reading as the source of what is said. */
export function fromReading({ deviceId, takenAtMs, receivedAtMs, late, facts }: SourceReading): Source {
  const { position } = facts;
  return { deviceId, atMs: takenAtMs, receivedAtMs, late, ...(position && { position }) };
}

/** A deadline as the source: it happened at `atMs`, and nobody could know before `knownAtMs`. */
export function fromDeadline(deviceId: string, atMs: number, knownAtMs: number): Source {
  return { deviceId, atMs, receivedAtMs: knownAtMs, late: false };
}

function signal(home: Subject, source: Source, claim: Claim, effect: Signal['effect'], id: string): Signal {
  const { type, severity, summary, suspected = false, because, unless, unanswered } = claim;
  const evidence = { ...claim.evidence, ...(because && { because }), ...(unless && { unless }) };
  const said = { id, effect, type, severity, subjectId: home.subjectId, ...source, suspected, summary, evidence };
  return unanswered === undefined ? said : { ...said, unanswered };
}
