type Kept<T> = { readonly madeAtMs: number; readonly made: T };

/**
 * What many ask for every few seconds, made once a tick whoever asks: the work does not grow with those who ask.
 * Bounded; the oldest is dropped.
 */
export class TickCache<T> {
  readonly #tickMs: number;
  readonly #atMost: number;
  readonly #kept = new Map<string, Kept<T>>();

  constructor(tickMs: number, atMost: number) {
    this.#tickMs = tickMs;
    this.#atMost = atMost;
  }

  get(key: string, nowMs: number, make: () => T): T {
    const kept = this.#kept.get(key);
    // A clock that was set back makes it old, not new for ever.
    if (kept !== undefined && Math.abs(nowMs - kept.madeAtMs) < this.#tickMs) return kept.made;
    const made = make();
    this.#kept.delete(key);
    this.#kept.set(key, { madeAtMs: nowMs, made });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > this.#atMost && oldest !== undefined) this.#kept.delete(oldest);
    return made;
  }

  drop(key: string): void {
    this.#kept.delete(key);
  }
}
