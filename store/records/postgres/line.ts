type Enter = (leave: () => void) => void;

/** One writer after the other; whoever is to tell somebody something goes before all who wait. */
export class Line {
  readonly #urgent: Enter[] = [];
  readonly #others: Enter[] = [];
  #isTaken = false;

  /** Resolves with what lets the next one in. */
  enter(isUrgent = false): Promise<() => void> {
    const { promise, resolve } = Promise.withResolvers<() => void>();
    (isUrgent ? this.#urgent : this.#others).push(resolve);
    if (!this.#isTaken) this.#next();
    return promise;
  }

  #next(): void {
    const enter = this.#urgent.shift() ?? this.#others.shift();
    this.#isTaken = enter !== undefined;
    enter?.(() => this.#next());
  }
}
