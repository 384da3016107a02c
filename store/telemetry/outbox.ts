import type { Signal } from '../../model/alert.ts';
import { keyParts, signalKey } from './keys.ts';

/** Where each signal lies that nobody has applied yet: `forgetSignals` names ids, the disk wants keys. */
export class Outbox {
  readonly #keys = new Map<string, string>();

  /** A signal found on opening. */
  found(key: string): void {
    const id = keyParts(key, 4)[3];
    if (id !== undefined) this.#keys.set(id, key);
  }

  /** The rows to write: a signal that still waits to be applied is not written again. */
  admit(signals: readonly Signal[], sequence: number): (readonly [key: string, signal: Signal])[] {
    const rows: (readonly [string, Signal])[] = [];
    for (const signal of signals) {
      if (this.#keys.has(signal.id)) continue;
      const key = signalKey(sequence, rows.length, signal.id);
      this.#keys.set(signal.id, key);
      rows.push([key, signal]);
    }
    return rows;
  }

  keysOf(signalIds: readonly string[]): string[] {
    return signalIds.flatMap((id) => this.#keys.get(id) ?? []);
  }

  forget(signalIds: readonly string[]): void {
    for (const id of signalIds) this.#keys.delete(id);
  }
}
