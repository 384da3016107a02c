import type { RecordsSnapshot, SyncState } from '../contracts.ts';

/** Where the records are kept, as far as the two kinds of place differ in more than their SQL. */
export interface Engine {
  /** What was committed before is on disk. */
  durable(): Promise<void>;
  readonly state: SyncState;
  /** Before everybody else who reads or writes: others wait for it who are to be told something. */
  first<T>(work: () => Promise<T>): Promise<T>;
  /**
   * The same, of so many changes, for somebody who is to be told. A place that may hang gives it up after a moment:
   * AppError `unavailable`, as when the place is away.
   */
  promptly<T>(changes: number, work: () => Promise<T>): Promise<T>;
  /**
   * Writes each of these once, also when the same is tried again because nobody knew whether the first time counted.
   * Things are known by their identity.
   */
  once<T extends object>(things: readonly T[], write: (some: readonly T[]) => Promise<void>): Promise<void>;
  /** See `RecordStore`. */
  rewrite(atMostBytes: number): Promise<boolean>;
  snapshot(): RecordsSnapshot | undefined;
  close(): Promise<void>;
}
