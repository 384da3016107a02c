import type { Alert } from '../model/alert.ts';
import type { Directory } from '../model/directory.ts';
import type { Notification } from '../model/notification.ts';
import type { AlertChange, RecordStore } from '../store/contracts.ts';
import { isAwaited } from './by-time.ts';
import { type Decision, handlingOf, revised } from './decision.ts';
import { hasStepsLeft } from './escalation.ts';
import { fallsOver, overNextChannel } from './fall-over.ts';
import type { Log } from './log.ts';
import { policyOf } from './policy/select.ts';
import type { Turns } from './turns.ts';

export type UndeliveredParts = {
  readonly turns: Turns;
  readonly records: Pick<RecordStore, 'alert' | 'notificationsOf'>;
  readonly directory: Directory;
  readonly openAlert: (id: string) => Alert | undefined;
  readonly find: (notificationId: string) => Promise<Notification | undefined>;
  /** What a decision writes; the alert is so in memory from here on. */
  readonly remembered: (decision: Decision, nowMs: number) => AlertChange;
  readonly write: (change: AlertChange, nowMs: number) => Promise<unknown>;
  readonly clock: () => number;
  readonly log: Log;
};

/** Non-delivery moves on as silence does: to the next channel of a recipient, and to the next contact. */
export class Undelivered {
  readonly #parts: UndeliveredParts;

  constructor(parts: UndeliveredParts) {
    this.#parts = parts;
  }

  /** Where nothing reaches the contacts told last, the next one is told at once. */
  moveOn(failed: readonly Notification[]): void {
    for (const alertId of new Set(failed.map((notification) => notification.alertId))) {
      void this.#inTurn(alertId, (alert) => this.#tellNext(alert));
    }
  }

  /**
   * After a restart, gravest first: what was written down as failed when the service ended, and moved nothing on any
   * more. Where it did, a step was taken since, or none is left.
   */
  async catchUp(open: readonly Alert[]): Promise<void> {
    for (const { id } of open) await this.#inTurn(id, (alert) => this.#catchUpOn(alert));
  }

  async #catchUpOn(alert: Alert): Promise<void> {
    for (const one of await this.#parts.records.notificationsOf(alert.id)) if (fallsOver(one)) this.fallOver(one);
    const policy = policyOf(this.#parts.directory, alert);
    if (policy !== undefined && hasStepsLeft(alert, policy)) await this.#tellNext(alert);
  }

  async #tellNext(alert: Alert): Promise<void> {
    const { remembered, write, clock } = this.#parts;
    if (!(await this.#reachesNobody(alert))) return;
    const nowMs = clock();
    const decision = { alert: revised(alert, nowMs, {}), entries: [], tell: 'undelivered' as const };
    await write(remembered(decision, nowMs), nowMs);
  }

  /** Never rejects; nothing happens when the alert is over by then. */
  #inTurn(alertId: string, work: (alert: Alert) => Promise<void>): Promise<void> {
    const { turns, openAlert, log } = this.#parts;
    const done = turns.take(async () => {
      const alert = openAlert(alertId);
      if (alert !== undefined) await work(alert);
    });
    return done.catch((error: unknown) => {
      log.error({ alertId, error: String(error) }, 'the next contact could not be told early');
    });
  }

  /** One channel of a contact is no good: the same message goes over the next one. */
  fallOver(hindered: Notification): void {
    const { turns, openAlert, find, directory, write, clock, log } = this.#parts;
    turns
      .take(async () => {
        const alert = openAlert(hindered.alertId) ?? (await this.#reported(hindered));
        const nowMs = clock();
        const next = overNextChannel(hindered, nowMs);
        if (alert === undefined || next === undefined) return;
        // Records that cannot be read do not keep an emergency back: at worst it is told twice.
        if (await find(next.notification.id).catch(() => undefined)) return;
        const areaPath = directory.areaPath(alert.areaId);
        await write({ alert, areaPath, entries: [next.entry], notifications: [next.notification] }, nowMs);
      }, true)
      .catch((error: unknown) => {
        log.error({ notificationId: hindered.id, error: String(error) }, 'the next channel could not be used');
      });
  }

  /** A report is about nothing that is open, and goes on to the next channel all the same. */
  #reported({ alertId, reason }: Notification): Promise<Alert | undefined> {
    return reason === 'report' ? this.#parts.records.alert(alertId) : Promise.resolve(undefined);
  }

  async #reachesNobody(alert: Alert): Promise<boolean> {
    const last = handlingOf(alert).steps.at(-1);
    if (!isAwaited(alert) || last === undefined) return false;
    const sent = await this.#parts.records.notificationsOf(alert.id);
    const toLast = sent.filter(({ recipientId }) => last.includes(recipientId));
    return toLast.length > 0 && toLast.every(({ state }) => state === 'failed');
  }
}
