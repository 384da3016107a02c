export type Waits = {
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
};

/** Every wait of the forwarder, so that there is one thing to wake and one to end. */
export class Patience {
  readonly #waits: Waits;
  #delayMs: number;
  #woken = false;
  #ended = false;
  #wakeIdle: () => void = () => undefined;
  #endWait: () => void = () => undefined;

  constructor(waits: Waits) {
    this.#waits = waits;
    this.#delayMs = waits.firstDelayMs;
  }

  wake(): void {
    this.#woken = true;
    this.#wakeIdle();
  }

  end(): void {
    this.#ended = true;
    this.#wakeIdle();
    this.#endWait();
  }

  /** Until there is something to do, and `lingerMs` more, so that a few readings travel together. */
  async idle(lingerMs: number): Promise<void> {
    if (!this.#woken && !this.#ended) await new Promise<void>((resolve) => (this.#wakeIdle = resolve));
    await this.#wait(lingerMs);
    this.#woken = false;
  }

  /** As long as the server asked for; else twice as long as the last time, within a half of it, so that many do not come back at once. */
  async afterFailure(retryAfterMs: number | undefined): Promise<void> {
    const delayMs = this.#delayMs * (0.5 + Math.random() / 2);
    this.#delayMs = Math.min(this.#delayMs * 2, this.#waits.longestDelayMs);
    await this.#wait(retryAfterMs ?? delayMs);
  }

  succeeded(): void {
    this.#delayMs = this.#waits.firstDelayMs;
  }

  #wait(forMs: number): Promise<void> {
    if (this.#ended || forMs <= 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, forMs);
      this.#endWait = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
