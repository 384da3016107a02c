import type { ActionRequest, Alert } from '../model/alert.ts';
import type { Directory } from '../model/directory.ts';
import { AppError } from '../model/errors.ts';
import { afterNews, type Notification } from '../model/notification.ts';
import type { User } from '../model/people.ts';
import {
  type AnswerAction,
  type Answered,
  type AnswerWay,
  answererOf,
  requestOf,
  requireUnanswered,
} from './answering.ts';
import type { Decision } from './decision.ts';
import type { Outbox } from './outbox.ts';
import { readBy, sentTogether } from './reading.ts';

export type AnswerDeskParts = {
  readonly directory: Directory;
  readonly outbox: Pick<Outbox, 'find' | 'news' | 'again'>;
  /** Open or over. */
  readonly alert: (id: string) => Promise<Alert | undefined>;
  /** What was sent about an alert, as it is stored. */
  readonly messagesOf: (alertId: string) => Promise<readonly Notification[]>;
  /** What acting on an alert means for it and the others of its home; empty when it is so already. */
  readonly decided: (alert: Alert, request: ActionRequest, user: User, nowMs: number) => readonly Decision[];
  /** All of it, and the message as it is once it is answered, or nothing. Not called without a decision. */
  readonly store: (decisions: readonly Decision[], answered: Notification, nowMs: number) => Promise<unknown>;
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
    const isForOthers = alert.state === 'resolved' && others.length > 0;
    const decisions = [...(isForOthers ? [] : this.#parts.decided(alert, request, by, nowMs))];
    for (const other of others) decisions.push(...this.#decidedOn(other, decisions, request, notification, nowMs));
    // Together: killed in between, an answer would be half given, and could not be given again.
    if (decisions.length > 0) await this.#parts.store(decisions, afterNews(notification, 'acknowledged'), nowMs);
    await outbox.news(notification.id, 'acknowledged');
    return { alert: decisions.find((decision) => decision.alert.id === alert.id)?.alert ?? alert, by };
  }

  async #openOthers({ also = [] }: Notification): Promise<readonly Alert[]> {
    const found = await Promise.all(also.map(({ alertId }) => this.#parts.alert(alertId)));
    return found.filter((alert) => alert !== undefined).filter(({ state }) => state === 'open');
  }

  /** One that was taken by somebody else meanwhile, or is no longer theirs, does not spoil the answer to the others. */
  #decidedOn(
    other: Alert,
    before: readonly Decision[],
    request: ActionRequest,
    { recipientId }: Notification,
    nowMs: number,
  ): readonly Decision[] {
    const isDecided = ({ id }: Alert) => before.some(({ alert }) => alert.id === id); // another of the same home
    if (isDecided(other)) return [];
    try {
      const by = answererOf(this.#parts.directory, other, recipientId);
      return this.#parts.decided(other, request, by, nowMs).filter(({ alert }) => !isDecided(alert));
    } catch (error) {
      const isTheirs = error instanceof AppError && (error.code === 'notFound' || error.code === 'conflict');
      if (!isTheirs) throw error;
      return [];
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
