import type { DamageLog } from './damage.ts';
import { rolledKey, rolledKinds } from './keys.ts';
import type { Opened } from './opening.ts';

export type Chain = ReturnType<Opened['db']['batch']>;

/** What the parts of the store need of it. */
export type Ground = {
  /** What is open now; another after a reopening. */
  opened(): Opened;
  readonly damage: DamageLog;
  /** Work between two commits. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  /** Only in turn. Throws `CommitFailed`. */
  write(prepare: () => Chain, sync: boolean): Promise<void>;
  /** When the newest message of the last commit came in. */
  newestMs(): number;
};

/** A row comes to or goes from a day: what the day came to is no longer right. */
export function touchDay(chain: Chain, { unrolled }: Opened, subjectId: string, takenAtMs: number): void {
  const day = unrolled.touch(subjectId, takenAtMs);
  if (day === undefined) return;
  for (const kind of rolledKinds) chain.del(rolledKey(kind, subjectId, day));
}
