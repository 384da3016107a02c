import type { Log } from './counters.ts';

const linesAtMost = 100;
const periodMs = 10_000;

/**
 * Log lines about the mistakes of peers. Anybody can cause them, so there is a bound: what is beyond it is counted and
 * told in one line, and no storm of wrong log-ins fills the disk that readings need. The counters miss nothing.
 */
export class Complaints {
  readonly #log: Log;
  readonly #clock: () => number;
  #lines = 0;
  #untilMs = 0;

  /** `clock`: one that only goes forward, in ms. */
  constructor(log: Log, clock: () => number) {
    this.#log = log;
    this.#clock = clock;
  }

  note(facts: object, message: string): void {
    this.sweep();
    this.#lines += 1;
    if (this.#lines <= linesAtMost) this.#log.warn(facts, message);
  }

  /** When a period is over: says how many lines it would have been. */
  sweep(): void {
    const nowMs = this.#clock();
    if (nowMs < this.#untilMs) return;
    const unsaid = this.#lines - linesAtMost;
    if (unsaid > 0) this.#log.warn({ unsaid }, 'more of the same was counted and not written');
    this.#lines = 0;
    this.#untilMs = nowMs + periodMs;
  }
}
