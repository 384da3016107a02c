import type { RecordsSnapshot, SyncState } from '../contracts.ts';

/** Where the records are kept, as far as the two kinds of place differ in more than their SQL. */
export interface Engine {
  /** What was committed before is on disk. */
  durable(): Promise<void>;
  readonly state: SyncState;
  /**
   * Work that somebody waits for who is to be told something, of so many changes. A place that may hang gives it up after
   * a moment: AppError `unavailable`, as when the place is away.
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
