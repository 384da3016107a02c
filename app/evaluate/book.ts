import { applySignal } from '../../alerts/life-cycle.ts';
import { OpenAlerts } from '../../alerts/open-alerts.ts';
import { type Alert, type AlertType, familyOfType, type Severity, type Signal } from '../../model/alert.ts';

/** A rule said something, as part of an alert people would see. */
export type Raise = {
  readonly alertId: string;
  readonly type: AlertType;
  readonly severity: Severity;
  readonly residentId: string;
  readonly deviceId: string;
  /** When we knew. */
  readonly atMs: number;
  /** The first of its type in its alert: something new for whoever is told. */
  readonly isNews: boolean;
  readonly summary: string;
  readonly circumstances: readonly string[];
};

const hourMs = 3_600_000;
/** Somebody has been there and closed it, when nothing more was said for so long. */
const closedAfterMs: Readonly<Record<Severity, number>> = {
  P1: hourMs,
  P2: hourMs,
  P3: 24 * hourMs,
  P4: 24 * hourMs,
  P5: 24 * hourMs,
};

/**
 * Signals joined into alerts as the desk joins them (`alerts/life-cycle.ts`), in memory. People are imagined: nobody
 * claims anything, and what a sensor does not end is closed by hand some time after its last word.
 */
export class Book {
  readonly raises: Raise[] = [];
  readonly #open = new OpenAlerts();
  readonly #lastWordAtMs = new Map<string, number>();
  readonly #explain: (residentId: string, atMs: number) => readonly string[];

  constructor(explain: (residentId: string, atMs: number) => readonly string[] = () => []) {
    this.#explain = explain;
  }

  apply(signal: Signal): void {
    const nowMs = signal.receivedAtMs;
    const current = this.#current(signal, nowMs);
    const decision = applySignal(current, signal, { nowMs, areaId: '' });
    if (decision === undefined) return;
    const { alert } = decision;
    this.#open.put(alert);
    if (signal.effect === 'clear') return;
    this.#lastWordAtMs.set(alert.id, nowMs);
    this.#note(signal, alert, current);
  }

  #current(signal: Signal, nowMs: number): Alert | undefined {
    const current = this.#open.find(signal.subjectId, familyOfType[signal.type]);
    if (current === undefined) return undefined;
    const quietMs = nowMs - (this.#lastWordAtMs.get(current.id) ?? current.openedAtMs);
    if (quietMs < closedAfterMs[current.severity]) return current;
    this.#open.put({ ...current, state: 'resolved' });
    return undefined;
  }

  #note(
    { type, severity, subjectId, deviceId, receivedAtMs: atMs, summary }: Signal,
    alert: Alert,
    before?: Alert,
  ): void {
    const isNews = before?.id !== alert.id || !before.types.includes(type);
    const circumstances = isNews ? this.#explain(subjectId, atMs) : [];
    this.raises.push({
      alertId: alert.id,
      type,
      severity,
      residentId: subjectId,
      deviceId,
      atMs,
      isNews,
      summary: summary.en,
      circumstances,
    });
  }
}
