import type { Alert } from '../model/alert.ts';

/** Every alert that is not over, by id and by what it is open for. */
export class OpenAlerts {
  readonly #byId = new Map<string, Alert>();
  readonly #byCause = new Map<string, Alert>();

  put(alert: Alert): void {
    const cause = causeOf(alert.residentId, alert.family);
    if (alert.state !== 'resolved') {
      this.#byId.set(alert.id, alert);
      this.#byCause.set(cause, alert);
      return;
    }
    this.#byId.delete(alert.id);
    if (this.#byCause.get(cause)?.id === alert.id) this.#byCause.delete(cause);
  }

  get(id: string): Alert | undefined {
    return this.#byId.get(id);
  }

  /** The one open alert of a resident and family. */
  find(residentId: string, family: string): Alert | undefined {
    return this.#byCause.get(causeOf(residentId, family));
  }

  values(): IterableIterator<Alert> {
    return this.#byId.values();
  }

  /** Gravest first, then oldest first. */
  sorted(): Alert[] {
    return [...this.#byId.values()].sort(
      (a, b) => a.severity.localeCompare(b.severity) || a.openedAtMs - b.openedAtMs || a.id.localeCompare(b.id),
    );
  }
}

/** A line break appears in no id. */
function causeOf(residentId: string, family: string): string {
  return `${residentId}\n${family}`;
}
