import type { ActionRequest, Alert } from '../model/alert.ts';
import type { Directory } from '../model/directory.ts';
import { AppError } from '../model/errors.ts';
import type { Notification } from '../model/notification.ts';
import type { User } from '../model/people.ts';
import {
  type AnswerAction,
  type Answered,
  type AnswerWay,
  answererOf,
  requestOf,
  requireUnanswered,
} from './answering.ts';
import type { Outbox } from './outbox.ts';
import { readBy, sentTogether } from './reading.ts';

export type AnswerDeskParts = {
  readonly directory: Directory;
  readonly outbox: Pick<Outbox, 'find' | 'news' | 'again'>;
  /** Open or over. */
  readonly alert: (id: string) => Promise<Alert | undefined>;
  /** What was sent about an alert, as it is stored. */
  readonly messagesOf: (alertId: string) => Promise<readonly Notification[]>;
  /** Acts on an alert and on the others of its home. */
  readonly acted: (alert: Alert, request: ActionRequest, user: User, nowMs: number) => Promise<Alert>;
};

/** What comes back of a message: an answer by whoever got it, or word of what became of it. */
export class AnswerDesk {
  readonly #parts: AnswerDeskParts;

  constructor(parts: AnswerDeskParts) {
    this.#parts = parts;
  }

  /** In the desk's turn. Throws AppError as `AlertDesk.answer` does. */
  async answer(notificationId: string, action: AnswerAction, way: AnswerWay, nowMs: number): Promise<Answered> {
    const { directory, outbox } = this.#parts;
    const notification = await outbox.find(notificationId);
    const alert = notification && (await this.#parts.alert(notification.alertId));
    if (notification === undefined || alert === undefined) throw new AppError('notFound', 'there is no such message');
    requireUnanswered(notification, nowMs);
    const by = answererOf(directory, alert, notification.recipientId);
    const request = requestOf(action, notification, way);
    const others = await this.#openOthers(notification);
    // One message for several alerts is one answer to all that still await one, and stands while one of them does.
    const answered =
      alert.state === 'resolved' && others.length > 0 ? alert : await this.#acted(alert, request, by, nowMs);
    for (const other of others) await this.#answerOther(other, request, notification.recipientId, nowMs);
    // After the action: an answer that could not be stored can be given again.
    await outbox.news(notification.id, 'acknowledged');
    return { alert: answered, by };
  }

  #acted(alert: Alert, request: ActionRequest, by: User, nowMs: number): Promise<Alert> {
    return this.#parts.acted(alert, request, by, nowMs);
  }

  async #openOthers({ also = [] }: Notification): Promise<readonly Alert[]> {
    const found = await Promise.all(also.map(({ alertId }) => this.#parts.alert(alertId)));
    return found.filter((alert) => alert !== undefined).filter(({ state }) => state === 'open');
  }

  /** One that was taken by somebody else meanwhile, or is no longer theirs, does not spoil the answer to the others. */
  async #answerOther({ id }: Alert, request: ActionRequest, recipientId: string, nowMs: number): Promise<void> {
    const alert = await this.#parts.alert(id); // answering another of the same home may have changed it
    if (alert?.state !== 'open') return;
    try {
      await this.#acted(alert, request, answererOf(this.#parts.directory, alert, recipientId), nowMs);
    } catch (error) {
      const isTheirs = error instanceof AppError && (error.code === 'notFound' || error.code === 'conflict');
      if (!isTheirs) throw error;
    }
  }

  async received(notificationId: string, state: 'delivered' | 'read' | 'failed', reason?: string): Promise<void> {
    const { outbox, messagesOf } = this.#parts;
    const known = await outbox.news(notificationId, state, reason);
    if (state !== 'read' || known === undefined) return;
    // One message for several alerts is read for all of them.
    const others = await Promise.all((known.also ?? []).map(({ alertId }) => messagesOf(alertId)));
    for (const { id } of sentTogether(known, others.flat())) await outbox.news(id, 'read');
  }

  async read(alertId: string, user: User): Promise<void> {
    const { outbox, messagesOf } = this.#parts;
    const stored = await messagesOf(alertId);
    const latest = await Promise.all(stored.map(async (one) => (await outbox.find(one.id)) ?? one));
    for (const { id } of readBy(user, latest)) await outbox.news(id, 'read');
  }

  async notTaken(notificationId: string, reason: string, againAfterMs: number): Promise<void> {
    const { outbox } = this.#parts;
    const notification = await outbox.find(notificationId);
    const alert = notification && (await this.#parts.alert(notification.alertId));
    if (alert?.state === 'open') await outbox.again(notificationId, reason, againAfterMs);
    else await outbox.news(notificationId, 'failed', reason);
  }
}
