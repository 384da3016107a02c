import { AppError } from '../../model/errors.ts';

/** Writes wait so long for the end of a hold; who comes later is refused at once: what cannot be written is kept and tried again. */
const waitsForMs = 100;

/** One after the other, in order of arrival. */
export class Queue {
  #last: Promise<void> | undefined;

  /** Resolves with what lets the next one in. */
  async enter(): Promise<() => void> {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = promise;
    if (before !== undefined) await before;
    return () => {
      if (this.#last === promise) this.#last = undefined;
      resolve();
    };
  }
}

/** Stands open but for short holds. */
export class Gate {
  readonly #words: string;
  #opened: Promise<void> | undefined;
  #closedAtMs = 0;

  /** `words`: what whoever is kept out for too long is told. */
  constructor(words: string) {
    this.#words = words;
  }

  async close<T>(work: () => Promise<T>): Promise<T> {
    const { promise, resolve } = Promise.withResolvers<void>();
    [this.#opened, this.#closedAtMs] = [promise, performance.now()];
    try {
      return await work();
    } finally {
      this.#opened = undefined;
      resolve();
    }
  }

  /** Throws AppError `unavailable` when it has been closed for too long. */
  async pass(): Promise<void> {
    while (this.#opened !== undefined) {
      const { promise: isOver, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, Math.max(0, this.#closedAtMs + waitsForMs - performance.now()));
      await Promise.race([this.#opened, isOver]);
      clearTimeout(timer);
      if (this.#opened === undefined) return;
      if (performance.now() - this.#closedAtMs >= waitsForMs) throw new AppError('unavailable', this.#words);
    }
  }
}
