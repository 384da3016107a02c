import type { Reading } from '../../model/reading.ts';

/* Forwarding: what a second store (an InfluxDB) still has to be told, in order of commit */

/** One commit's readings, without those that were erased or let go since. */
export type ForwardStep = { readonly commit: number; readonly readings: readonly Reading[] };

/** A reading, or fields of it, that the second store will not take. */
export type ForwardRefusal = {
  readonly subjectId: string;
  readonly deviceId: string;
  readonly takenAtMs: number;
  readonly readingId: string;
  readonly fields: readonly string[];
  readonly reason: string;
};

export type ForwardLag = {
  /** Committed and not yet told. */
  readonly readings: number;
  /** When the oldest of them came in; undefined when there are none. */
  readonly sinceMs: number | undefined;
};

/** Written in the same batch as the commits, so that nothing acknowledged is missing from it. */
export interface ForwardLog {
  /** What is still to be told after a commit (0: from the oldest on). */
  steps(afterCommit: number): AsyncIterable<ForwardStep>;
  /** The durable checkpoint: everything up to and with `commit` has been told, but for `refused`. */
  told(commit: number, refused: readonly ForwardRefusal[]): Promise<void>;
  /** Drops a subject's refusals. */
  forget(subjectId: string): Promise<void>;
  readonly lag: ForwardLag;
  /** The newest refusals, oldest first, and how many there have ever been. */
  readonly refusals: { readonly total: number; readonly newest: readonly ForwardRefusal[] };
}
