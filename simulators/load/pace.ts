/**
 * When a device's messages are due at a given rate: evenly, each device at its own phase, whatever the others do. A device
 * whose window is full falls behind and catches up; its waiting counts as latency, as it would for the device's owner.
 */
export class Pace {
  readonly #everyMs: number;
  readonly #firstAtMs: number;
  #sent = 0;

  constructor(ratePerS: number, startMs: number, phase: number) {
    this.#everyMs = 1000 / ratePerS;
    this.#firstAtMs = startMs + phase * this.#everyMs;
  }

  /** How many messages are due and not sent yet. */
  dueAt(nowMs: number): number {
    return Math.max(0, Math.floor((nowMs - this.#firstAtMs) / this.#everyMs) + 1 - this.#sent);
  }

  /** When the oldest message not sent yet was or will be due. */
  nextDueMs(): number {
    return this.#firstAtMs + this.#sent * this.#everyMs;
  }

  sent(count: number): void {
    this.#sent += count;
  }
}
