import type { AlertChange, RecordStore } from '../store/contracts.ts';
import type { Log } from './log.ts';

/** After so many refusals in a row the store is taken to be down, and the rest is not tried one by one. */
const refusalsThatMeanDown = 3;
const firstRetryMs = 1000;
const longestRetryMs = 60_000;

/** What became of changes: in the records, or kept here to be written later. */
export type Written = { readonly stored: readonly AlertChange[]; readonly behind: readonly AlertChange[] };

/**
 * Writes changes in order and keeps those the records refused. One change that cannot be written holds up later changes
 * of the same alert, and no other alert.
 */
export class Ledger {
  readonly #records: RecordStore;
  readonly #log: Log;
  #behind: AlertChange[] = [];
  #refusedRounds = 0;
  #retryAtMs = 0;

  constructor(records: RecordStore, log: Log) {
    this.#records = records;
    this.#log = log;
  }

  /** Never rejects. */
  async write(changes: readonly AlertChange[], nowMs: number): Promise<Written> {
    const blocked = new Set(this.#behind.map(({ alert }) => alert.id));
    const free = changes.filter(({ alert }) => !blocked.has(alert.id));
    const late = changes.filter(({ alert }) => blocked.has(alert.id));
    const { stored, behind } = await this.#store(free);
    this.#behind.push(...behind, ...late);
    if (behind.length > 0) this.#backOff(nowMs);
    return { stored, behind: [...behind, ...late] };
  }

  /** Tries again what was refused, when its time has come (or at once); returns what is now stored. */
  async retry(nowMs: number, atOnce = false): Promise<readonly AlertChange[]> {
    if (this.#behind.length === 0 || (!atOnce && this.#rests(nowMs))) return [];
    const { stored, behind } = await this.#store(this.#behind);
    this.#behind = [...behind];
    if (behind.length > 0) this.#backOff(nowMs);
    else this.#refusedRounds = 0;
    return stored;
  }

  isBehind(alertId: string): boolean {
    return this.#behind.some(({ alert }) => alert.id === alertId);
  }

  async #store(changes: readonly AlertChange[]): Promise<Written> {
    if (changes.length === 0 || (await this.#accepts(changes))) return { stored: changes, behind: [] };
    const stored: AlertChange[] = [];
    const behind: AlertChange[] = [];
    const blocked = new Set<string>();
    let refusals = 0;
    for (const change of changes) {
      const tried = !blocked.has(change.alert.id) && refusals < refusalsThatMeanDown;
      const accepted = tried && changes.length > 1 && (await this.#accepts([change]));
      if (tried) refusals = accepted ? 0 : refusals + 1;
      if (!accepted) blocked.add(change.alert.id);
      (accepted ? stored : behind).push(change);
    }
    return { stored, behind };
  }

  async #accepts(changes: readonly AlertChange[]): Promise<boolean> {
    try {
      await this.#records.applyAlerts(changes);
      return true;
    } catch (error) {
      const alertIds = changes.slice(0, 10).map(({ alert }) => alert.id);
      this.#log.error({ count: changes.length, alertIds, error: String(error) }, 'alerts could not be stored');
      return false;
    }
  }

  /** A rest longer than any we take began before the clock was set back. */
  #rests(nowMs: number): boolean {
    const leftMs = this.#retryAtMs - nowMs;
    return leftMs > 0 && leftMs <= longestRetryMs;
  }

  #backOff(nowMs: number): void {
    this.#retryAtMs = nowMs + Math.min(longestRetryMs, firstRetryMs * 2 ** this.#refusedRounds);
    this.#refusedRounds = Math.min(this.#refusedRounds + 1, 10);
  }
}
