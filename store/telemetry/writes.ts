import { CommitFailed } from '../contracts.ts';
import type { Opened } from './opening.ts';

/**
 * Writes go to disk one after the other, so that their sequence has no hole after a crash; after one that failed no later
 * one is made until the store was opened anew.
 */
export class Writes {
  #failure: unknown;
  #turn: Promise<unknown> = Promise.resolve();

  get haveFailed(): boolean {
    return this.#failure !== undefined;
  }

  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /**
   * A write that fails may leave half a record in LevelDB's log; anything written after it could be lost on opening.
   * In a turn. Throws CommitFailed.
   */
  async write(prepare: () => ReturnType<Opened['db']['batch']>, sync: boolean): Promise<void> {
    if (this.#failure !== undefined) throw new CommitFailed(this.#failure);
    try {
      await prepare().write({ sync });
    } catch (error) {
      this.#failure = error;
      throw new CommitFailed(error);
    }
  }

  /** The store was opened anew, and verified. */
  begin(): void {
    this.#failure = undefined;
  }

  /** Nothing more is written; an earlier reason stays. */
  end(reason: Error): void {
    this.#failure ??= reason;
  }
}
