type Job = () => Promise<void>;

/** One job after the other, in order of arrival; urgent ones before all that wait. A failed one does not stop those behind it. */
export class Turns {
  readonly #urgent: Job[] = [];
  readonly #others: Job[] = [];
  #running: Promise<void> | undefined;

  take<T>(work: () => Promise<T>, isUrgent = false): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    (isUrgent ? this.#urgent : this.#others).push(() => work().then(resolve, reject));
    this.#running ??= this.#run();
    return promise;
  }

  /** Resolves when nothing waits any more. */
  async end(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    await Promise.resolve(); // `#running` is set before the first job, which may add another
    for (let job = this.#next(); job !== undefined; job = this.#next()) await job();
    this.#running = undefined;
  }

  #next(): Job | undefined {
    return this.#urgent.shift() ?? this.#others.shift();
  }
}
