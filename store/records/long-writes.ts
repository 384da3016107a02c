import { setImmediate } from 'node:timers/promises';
import { Gate } from './turns.ts';

/**
 * A transaction that takes seconds: the import of a city. It rests now and then, and meanwhile others read; they see what
 * it has written so far, which is the community and nothing else. Who must not be kept waiting does not write then: a call
 * for help is told from memory.
 */
export class LongWrites {
  readonly #gate = new Gate('the records cannot be written while a large import is stored; try again');
  #readers: (() => void)[] = [];
  #isUnderWay = false;
  #isResting = false;

  /** One at a time. `work` calls `rest` between its statements. */
  during<T>(work: (rest: () => Promise<void>) => Promise<T>): Promise<T> {
    this.#isUnderWay = true;
    return this.#gate
      .close(() => work(() => this.#rest()))
      .finally(() => {
        this.#isUnderWay = false;
        this.#letIn();
      });
  }

  /** For who must not wait until it is over. Throws AppError `unavailable` when it has been under way for too long. */
  pass(): Promise<void> {
    return this.#gate.pass();
  }

  /** For who reads: resolves with true in a rest, and with false when none is under way (any more). */
  async rests(): Promise<boolean> {
    while (this.#isUnderWay) {
      if (this.#isResting) return true;
      await new Promise<void>((resolve) => this.#readers.push(resolve));
    }
    return false;
  }

  async #rest(): Promise<void> {
    this.#isResting = true;
    this.#letIn();
    await setImmediate();
    this.#isResting = false;
  }

  #letIn(): void {
    for (const resolve of this.#readers.splice(0)) resolve();
  }
}
