import { setTimeout as wait } from 'node:timers/promises';
import type { AlertDesk } from '../alerts/contracts.ts';
import type { Signal } from '../model/alert.ts';
import type { RecordStore, TelemetryStore } from '../store/contracts.ts';

export type SignalRelayParts = {
  readonly desk: Pick<AlertDesk, 'apply'>;
  readonly records: Pick<RecordStore, 'durable'>;
  readonly telemetry: Pick<TelemetryStore, 'forgetSignals' | 'pendingSignals'>;
  readonly onTrouble: (error: unknown, what: string) => void;
};

/**
 * Carries committed signals to the desk. What is applied leaves the outbox when that is on disk, which nobody waits for
 * who is told; the rest is found there at the next start, and applied under the same ids.
 */
export class SignalRelay {
  readonly #parts: SignalRelayParts;
  readonly #underWay = new Set<Promise<void>>();

  constructor(parts: SignalRelayParts) {
    this.#parts = parts;
  }

  /** Returns at once. */
  carry(signals: readonly Signal[]): void {
    if (signals.length === 0) return;
    const way = this.#carry(signals).finally(() => this.#underWay.delete(way));
    this.#underWay.add(way);
  }

  /**
   * Signals that a crash left between the telemetry and the alerts. Not waited for: while the records cannot be written
   * the desk keeps them, and devices must get in all the same.
   */
  async carryPending(): Promise<void> {
    const pending: Signal[] = [];
    for await (const signal of this.#parts.telemetry.pendingSignals()) pending.push(signal);
    this.carry(pending);
  }

  /** Everything given so far has arrived, or `withinMs` are over. */
  async ended(withinMs: number): Promise<void> {
    await Promise.race([Promise.all(this.#underWay), wait(withinMs, undefined, { ref: false })]);
  }

  /** Never rejects. */
  async #carry(signals: readonly Signal[]): Promise<void> {
    const { desk, records, telemetry, onTrouble } = this.#parts;
    try {
      await desk.apply(signals);
      await records.durable();
    } catch (error) {
      onTrouble(error, 'committed signals could not be applied; they are kept and tried at the next start');
      return;
    }
    const ids = signals.map(({ id }) => id);
    await telemetry.forgetSignals(ids).catch((error: unknown) => {
      onTrouble(error, 'applied signals could not be taken out of the outbox; they are known by their id');
    });
  }
}
