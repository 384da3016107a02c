import { setImmediate } from 'node:timers/promises';

/** Runs work over what has come in, when its turn comes: much that comes in together is written together. */
export class Gathering<Item, Result> {
  readonly #work: (items: readonly Item[]) => Promise<Result>;
  readonly #inTurn: (job: () => Promise<void>) => Promise<void>;
  readonly #atOnce: number;
  #waiting: { readonly items: readonly Item[]; readonly settle: PromiseWithResolvers<Result> }[] = [];
  #isPlanned = false;

  /** `atOnce`: about how many items one turn takes, so that others have theirs. */
  constructor(parts: {
    readonly work: (items: readonly Item[]) => Promise<Result>;
    readonly inTurn: (job: () => Promise<void>) => Promise<void>;
    readonly atOnce: number;
  }) {
    this.#work = parts.work;
    this.#inTurn = parts.inTurn;
    this.#atOnce = parts.atOnce;
  }

  /** Resolves with the results, in order: of several parts when it is more than one turn takes. */
  add(items: readonly Item[]): Promise<Result[]> {
    const parts: Promise<Result>[] = [];
    for (let from = 0; from < items.length; from += this.#atOnce) {
      parts.push(this.#add(items.slice(from, from + this.#atOnce)));
    }
    return Promise.all(parts);
  }

  #add(items: readonly Item[]): Promise<Result> {
    const settle = Promise.withResolvers<Result>();
    this.#waiting.push({ items, settle });
    this.#plan();
    return settle.promise;
  }

  #plan(): void {
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    void this.#inTurn(() => this.#turn());
  }

  async #turn(): Promise<void> {
    const taken = this.#waiting.splice(0, this.#fitting());
    this.#isPlanned = false;
    if (this.#waiting.length > 0) this.#plan();
    try {
      const result = await this.#work(taken.flatMap(({ items }) => items));
      for (const { settle } of taken) settle.resolve(result);
    } catch (error) {
      for (const { settle } of taken) settle.reject(error);
    }
    // The database works without ever going back to the event loop: what was decided goes out before the next turn.
    if (this.#waiting.length > 0) await setImmediate();
  }

  /** How many of those that wait; one at least. */
  #fitting(): number {
    let items = 0;
    const full = this.#waiting.findIndex((one, nth) => {
      items += one.items.length;
      return nth > 0 && items > this.#atOnce;
    });
    return full < 0 ? this.#waiting.length : full;
  }
}
