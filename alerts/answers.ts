import type { Alert } from '../model/alert.ts';
import { AppError } from '../model/errors.ts';
import type { Notification } from '../model/notification.ts';
import type { RecordStore } from '../store/contracts.ts';
import type { AnswerLinks } from './answer-links.ts';
import { type AnswerAction, type Answered, type AnswerWay, answerWithinMs } from './answering.ts';
import type { AlertDesk } from './contracts.ts';
import type { Log } from './log.ts';

export type AnswersParts = {
  readonly desk: Pick<AlertDesk, 'answer' | 'notification' | 'received'>;
  readonly records: Pick<RecordStore, 'alert' | 'audit'>;
  readonly links: AnswerLinks;
  readonly clock: () => number;
  readonly log: Log;
};

/** How things stand with a link: it can be used; it was; or why it cannot be. */
export type LinkState = 'ready' | 'answered' | 'tooOld' | 'over' | 'taken';

/** A link somebody opened. */
export type OpenedLink = {
  readonly state: LinkState;
  readonly action: AnswerAction;
  readonly alert: Alert;
  readonly notification: Notification;
};

/** People answer from where they read a message. */
export class Answers {
  readonly #parts: AnswersParts;

  constructor(parts: AnswersParts) {
    this.#parts = parts;
  }

  /** Changes nothing: programs that look at every link in a mail look at this one too. Undefined: no link of ours. */
  async look(token: string): Promise<OpenedLink | undefined> {
    const answering = this.#parts.links.read(token);
    const notification = answering && (await this.#parts.desk.notification(answering.notificationId));
    const alert = notification && (await this.#parts.records.alert(notification.alertId));
    if (answering === undefined || notification === undefined || alert === undefined) return undefined;
    const { action } = answering;
    return { state: stateOf(notification, alert, action, this.#parts.clock()), action, alert, notification };
  }

  /** The page behind a link was opened by somebody who runs its script: the message is read. False: no link of ours. */
  async read(token: string): Promise<boolean> {
    const answering = this.#parts.links.read(token);
    if (answering === undefined) return false;
    await this.#parts.desk.received(answering.notificationId, 'read');
    return true;
  }

  /** Answers, once. How things stand afterwards: `answered` is what was wanted. */
  async answer(token: string): Promise<OpenedLink | undefined> {
    const opened = await this.look(token);
    if (opened === undefined || opened.state !== 'ready') return opened;
    try {
      const { alert } = await this.answerTo(opened.notification, opened.action, 'link');
      return { ...opened, alert, state: 'answered' };
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'unavailable') throw error;
      // Somebody was faster by a moment, or the recipient was taken off the list.
      const now = await this.look(token);
      return now && { ...now, state: now.state === 'ready' ? 'taken' : now.state };
    }
  }

  /** Writes down who answered, over what; the action itself stands in the time line. */
  async answerTo(notification: Notification, action: AnswerAction, way: AnswerWay): Promise<Answered> {
    const { desk, records, clock, log } = this.#parts;
    const answered = await desk.answer(notification.id, action, way, clock());
    const { id: notificationId, alertId, channel } = notification;
    const detail = { alertId, notificationId, action, channel, way };
    const entry = { atMs: clock(), who: answered.by.id, what: 'answer', about: answered.alert.residentId, detail };
    await records.audit([entry]).catch((error: unknown) => {
      // It is answered: whoever answered must not be told otherwise.
      log.error({ alertId, notificationId, error: String(error) }, 'an answer could not be audited');
    });
    return answered;
  }
}

function stateOf(notification: Notification, alert: Alert, action: AnswerAction, nowMs: number): LinkState {
  if (notification.state === 'acknowledged') return 'answered';
  if (nowMs - notification.queuedAtMs > answerWithinMs) return 'tooOld';
  if (alert.state === 'resolved') return 'over';
  return action === 'claim' && alert.assignee !== undefined ? 'taken' : 'ready';
}
