import type { Signal } from '../../model/alert.ts';
import type { Reading } from '../../model/reading.ts';
import type { ForwardLog } from './forwarding.ts';
import type { History, TimeRange } from './history.ts';

/* Telemetry: what devices said, what the rules remember, what they concluded but nobody has applied yet */

/** A message that could not be understood, kept so that somebody can look at it. */
export type Quarantined = {
  readonly deviceId: string;
  readonly topic: string;
  readonly receivedAtMs: number;
  /** One of a short list of names, e.g. `notJson`, `positionOutOfRange`. */
  readonly reason: string;
  readonly detail: string;
  /** The first bytes of the payload, base64. */
  readonly payloadHead: string;
  readonly payloadBytes: number;
};

/** Everything that arrived since the last commit: all of it on disk, or none. */
export type CommitBatch = {
  readonly readings: readonly Reading[];
  /** Rule state by subject, already as JSON text; the last one of the batch. */
  readonly states: ReadonlyMap<string, string>;
  /** The outbox towards `alerts`. */
  readonly signals: readonly Signal[];
  readonly quarantined: readonly Quarantined[];
};

/** What reading everything of a store came to. */
export type CheckedPart = {
  readonly counts: Readonly<Record<string, number>>;
  readonly damage: readonly DamageReport[];
};

/** A copy of all rows: how many, and a checksum over keys and values in order. */
export type CopiedRows = { readonly rows: number; readonly checksum: number };

export type TelemetrySnapshot = {
  /** Makes a store of its own in `dir`; `onRows` hears how many there are so far. */
  copyTo(dir: string, onRows?: (rows: number) => void): Promise<CopiedRows>;
  release(): Promise<void>;
};

/** How much there was of one subject beside its readings. */
export type ErasedTraces = { readonly states: number; readonly signals: number; readonly quarantined: number };

/** What was found on opening, in words. */
export type DamageReport = { readonly what: string; readonly where: string };

export interface TelemetryStore extends Omit<History, 'append'> {
  /** Resolves when everything is on disk (`sync`). Rejects with `CommitFailed`: then nothing may be acknowledged. */
  commit(batch: CommitBatch): Promise<void>;
  /** Rule state of every subject, as committed. */
  states(): AsyncIterable<readonly [subjectId: string, json: string]>;
  state(subjectId: string): Promise<string | undefined>;
  /** Signals committed but not yet forgotten, in order of commit. */
  pendingSignals(): AsyncIterable<Signal>;
  forgetSignals(signalIds: readonly string[]): Promise<void>;
  /** Readings of a subject in order of `takenAtMs`. A reading committed twice is there once. */
  readings(subjectId: string, range: TimeRange): AsyncIterable<Reading>;
  /** Adds up at most so many days that are over and that nobody has asked about yet; resolves with how many were. */
  rollUp(atMost: number): Promise<number>;
  /** The newest reading at or before `atMs` that satisfies `wanted`, looking back at most `withinMs`. */
  latest(
    subjectId: string,
    wanted: (reading: Reading) => boolean,
    atMs: number,
    withinMs: number,
  ): Promise<Reading | undefined>;
  quarantined(filter: { readonly deviceId?: string; readonly limit: number }): Promise<Quarantined[]>;
  /** Refused messages received before, oldest first; resolves with how many went. */
  expireQuarantine(beforeMs: number, atMost: number): Promise<number>;
  /** Rule state, waiting signals and refused messages of a subject and its devices; readings are the history's. */
  eraseTraces(subjectId: string, deviceIds: readonly string[]): Promise<ErasedTraces>;
  /** Rewrites the files that hold a subject's rows, so that nothing erased stays on the disk. */
  rewrite(subjectId: string): Promise<void>;
  /** What is committed at this moment, between two commits, to be copied while commits go on. */
  snapshot(): Promise<TelemetrySnapshot>;
  /** Present when the store was opened to keep one. */
  readonly forwardLog?: ForwardLog | undefined;
  /** Empty when everything read so far was whole. */
  readonly damage: readonly DamageReport[];
  /** After `CommitFailed`: opens the files again and checks them; commits are taken again when it resolves. */
  reopen(): Promise<void>;
  close(): Promise<void>;
}

/** The disk did not take it. Memory is ahead of the disk from here on: reload before going on. */
export class CommitFailed extends Error {
  constructor(cause: unknown) {
    super(`the commit did not reach the disk: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.name = 'CommitFailed';
  }
}
