import type { Signal } from '../model/alert.ts';

/** Commits take a few milliseconds; a P1 that waits longer than this is not kept waiting for the disk. */
const patienceMs = 100;

/**
 * P1 signals on their way to the disk. When it is slow, hangs, or has a flood to write first, they are told from memory,
 * under the ids under which they are committed later: whoever applies them knows them again.
 */
export class Patience {
  readonly #tell: (signals: readonly Signal[]) => void;
  readonly #waiting = new Map<string, Signal>();
  #timer: NodeJS.Timeout | undefined;

  constructor(tell: (signals: readonly Signal[]) => void) {
    this.#tell = tell;
  }

  wait(signal: Signal): void {
    this.#waiting.set(signal.id, signal);
    this.#timer ??= setTimeout(() => this.#end(), patienceMs);
  }

  /** Committed, or told otherwise. */
  settled(signals: readonly Signal[]): void {
    if (this.#waiting.size === 0) return;
    for (const { id } of signals) this.#waiting.delete(id);
    if (this.#waiting.size > 0) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #end(): void {
    this.#timer = undefined;
    const late = [...this.#waiting.values()];
    this.#waiting.clear();
    this.#tell(late);
  }
}
