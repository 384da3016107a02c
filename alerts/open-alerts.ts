import type { Alert } from '../model/alert.ts';
import { flappingMs, recent } from './storm/flapping.ts';

/** Every alert that is not over, by id and by what it is open for. */
export class OpenAlerts {
  readonly #byId = new Map<string, Alert>();
  readonly #byCause = new Map<string, Alert>();
  /** Ids of emergencies in earnest, by resident. */
  readonly #emergencies = new Map<string, Set<string>>();
  /** When alerts of one cause ended lately. */
  readonly #ends = new Map<string, readonly number[]>();

  put(alert: Alert): void {
    const cause = causeOf(alert.residentId, alert.family);
    this.#countEmergency(alert);
    if (alert.state !== 'resolved') {
      this.#byId.set(alert.id, alert);
      const known = this.#byCause.get(cause);
      // What is in earnest never joins a drill, nor is it hidden behind one.
      const isHidden = alert.exercise === true && known !== undefined && known.exercise !== true;
      if (!isHidden) this.#byCause.set(cause, alert);
      return;
    }
    if (this.#byId.delete(alert.id)) this.ended(alert);
    if (this.#byCause.get(cause)?.id === alert.id) this.#byCause.delete(cause);
  }

  /** Remembers when it ended, for what comes and goes. */
  ended({ residentId, family, resolvedAtMs, updatedAtMs, handling, exercise }: Alert): void {
    if (exercise === true) return;
    const atMs = resolvedAtMs ?? updatedAtMs;
    const cause = causeOf(residentId, family);
    const before = this.#ends.get(cause) ?? handling?.closedBeforeMs ?? [];
    this.#ends.delete(cause); // to the end: newest last
    this.#ends.set(cause, recent([...before, atMs], atMs));
    for (const [oldest, ends] of this.#ends) {
      if (atMs - (ends.at(-1) ?? 0) < flappingMs) break;
      this.#ends.delete(oldest);
    }
  }

  /** When alerts of this cause ended within the last hour, oldest first. */
  endsOf(residentId: string, family: string, nowMs: number): readonly number[] {
    return recent(this.#ends.get(causeOf(residentId, family)) ?? [], nowMs);
  }

  /** Is another alert of the same resident an emergency, in earnest and not over? */
  hasEmergencyBeside({ id, residentId }: Alert): boolean {
    const ids = this.#emergencies.get(residentId);
    return ids !== undefined && (ids.size > 1 || !ids.has(id));
  }

  #countEmergency({ id, residentId, severity, state, exercise }: Alert): void {
    const ids = this.#emergencies.get(residentId) ?? new Set();
    if (severity === 'P1' && state !== 'resolved' && exercise !== true) ids.add(id);
    else ids.delete(id);
    if (ids.size > 0) this.#emergencies.set(residentId, ids);
    else this.#emergencies.delete(residentId);
  }

  get(id: string): Alert | undefined {
    return this.#byId.get(id);
  }

  /** The one open alert of a resident and family. */
  find(residentId: string, family: string): Alert | undefined {
    return this.#byCause.get(causeOf(residentId, family));
  }

  get size(): number {
    return this.#byId.size;
  }

  values(): IterableIterator<Alert> {
    return this.#byId.values();
  }

  /** Gravest first, then oldest first. */
  sorted(): Alert[] {
    return [...this.#byId.values()].sort(byGravity);
  }

  /** Of one resident, in the same order; whoever raises a P1 does not wait until a storm is sorted. */
  sortedOf(residentId: string): Alert[] {
    return [...this.#byId.values().filter((alert) => alert.residentId === residentId)].sort(byGravity);
  }
}

function byGravity(a: Alert, b: Alert): number {
  return a.severity.localeCompare(b.severity) || a.openedAtMs - b.openedAtMs || a.id.localeCompare(b.id);
}

/** A line break appears in no id. */
function causeOf(residentId: string, family: string): string {
  return `${residentId}\n${family}`;
}
