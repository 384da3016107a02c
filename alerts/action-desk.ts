import type { ActionRequest, Alert } from '../model/alert.ts';
import type { Directory } from '../model/directory.ts';
import { AppError } from '../model/errors.ts';
import type { Notification } from '../model/notification.ts';
import type { User } from '../model/people.ts';
import type { AlertChange, RecordStore } from '../store/contracts.ts';
import { noSuchAlert, requireMayAct } from './access.ts';
import { applyAction } from './actions.ts';
import type { Announcer } from './announcer.ts';
import type { Decision } from './decision.ts';
import type { Ledger } from './ledger.ts';
import type { Log } from './log.ts';
import { type AlertNote, noted } from './notes.ts';
import type { OpenAlerts } from './open-alerts.ts';
import { visitOf } from './visit.ts';

export type ActionDeskParts = {
  readonly records: Pick<RecordStore, 'applyAlerts'>;
  readonly directory: Directory;
  readonly open: OpenAlerts;
  readonly ledger: Pick<Ledger, 'isBehind'>;
  readonly announcer: Announcer;
  /** Open or over. */
  readonly alert: (id: string) => Promise<Alert | undefined>;
  readonly changeOf: (decision: Decision, nowMs: number) => AlertChange;
  readonly clock: () => number;
  readonly log: Log;
};

/** What people do about alerts: stored before anybody is told, all of it or nothing. Everything in the desk's turn. */
export class ActionDesk {
  readonly #parts: ActionDeskParts;

  constructor(parts: ActionDeskParts) {
    this.#parts = parts;
  }

  /** Throws AppError as `AlertDesk.act` does. */
  async act(alertId: string, request: ActionRequest, user: User, nowMs: number): Promise<Alert> {
    const alert = await this.#alertOf(alertId);
    requireMayAct(this.#parts.directory, alert, request, user);
    this.#requireOnlyOpen(alert, request);
    const decisions = this.decided(alert, request, user, nowMs);
    return decisions.length === 0 ? alert : this.store(decisions, nowMs);
  }

  /** `first` is done before the note is stored. Throws AppError as `AlertDesk.note` does. */
  async note(
    alertId: string,
    note: AlertNote,
    user: User,
    nowMs: number,
    first: (() => Promise<void>) | undefined,
  ): Promise<Alert> {
    const alert = await this.#alertOf(alertId);
    requireMayAct(this.#parts.directory, alert, { action: 'acknowledge' }, user);
    const decision = noted(alert, note, user, nowMs);
    await first?.();
    return this.store([decision], nowMs);
  }

  /** What is done about one alert of a home is done about the others on the way; empty when it is so already. */
  decided(alert: Alert, request: ActionRequest, user: User, nowMs: number): readonly Decision[] {
    const decision = applyAction(alert, request, user, nowMs);
    return decision === undefined ? [] : [decision, ...visitOf(alert, this.#othersOf(alert), request, user, nowMs)];
  }

  /** The first is about what was acted on; with the message that was answered, if there is one. All or nothing. */
  async store(decisions: readonly Decision[], nowMs: number, answered?: Notification): Promise<Alert> {
    const { ledger, announcer, records, open, clock, log } = this.#parts;
    const [first, ...others] = decisions.map((decision) => this.#parts.changeOf(decision, nowMs));
    const acted = { ...first!, ...(answered && { answered }) }; // there is always what was acted on
    const changes = [acted, ...others];
    const isBehind = () => changes.some(({ alert }) => ledger.isBehind(alert.id));
    if (isBehind()) await announcer.retry(clock(), true);
    if (isBehind()) throw notStored();
    await records.applyAlerts(changes).catch((error) => {
      log.error({ alertId: acted.alert.id, error: String(error) }, 'an action could not be stored');
      throw notStored();
    });
    for (const { alert } of changes) open.put(alert);
    announcer.tell(changes);
    return acted.alert;
  }

  async #alertOf(alertId: string): Promise<Alert> {
    const alert = await this.#parts.alert(alertId);
    if (alert === undefined) throw noSuchAlert(alertId);
    return alert;
  }

  #othersOf({ id, residentId }: Alert): Alert[] {
    return [...this.#parts.open.values()].filter((other) => other.residentId === residentId && other.id !== id);
  }

  #requireOnlyOpen(alert: Alert, { action }: ActionRequest): void {
    const other = this.#parts.open.find(alert.residentId, alert.family);
    if (action !== 'reopen' || other === undefined || other.id === alert.id) return;
    throw new AppError('conflict', `alert ${alert.id} cannot be opened again: ${other.id} is open for the same reason`);
  }
}

function notStored(): AppError {
  return new AppError('unavailable', 'the records cannot be written at the moment; nothing was changed, try again');
}
