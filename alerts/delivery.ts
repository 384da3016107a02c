import { type Alert, viewOfSeveral } from '../model/alert.ts';
import type { Channel, Delivery, Notification } from '../model/notification.ts';
import type { Log } from './log.ts';

/** An endpoint that has not answered by then is tried again later. */
const attemptTimeoutMs = 15_000;

export type DelivererParts = {
  readonly channels: readonly Channel[];
  /** The alert as it is now. */
  readonly alertOf: (alertId: string) => Alert | undefined | Promise<Alert | undefined>;
  readonly log: Log;
};

/** Hands a message to its channel once, with the alerts it names as they are now. */
export class Deliverer {
  readonly #parts: DelivererParts;
  readonly #channels: ReadonlyMap<string, Channel>;

  constructor(parts: DelivererParts) {
    this.#parts = parts;
    this.#channels = new Map(parts.channels.map((channel) => [channel.kind, channel]));
  }

  /** One attempt, in bounded time, whatever the channel does. */
  async deliver(notification: Notification, controller: AbortController): Promise<Delivery> {
    const { promise: tooLong, resolve } = Promise.withResolvers<Delivery>();
    controller.signal.addEventListener('abort', () => resolve({ outcome: 'retry', reason: 'no answer in time' }));
    const timer = setTimeout(() => controller.abort(), attemptTimeoutMs);
    try {
      return await Promise.race([this.#hand(notification, controller.signal), tooLong]);
    } catch (error) {
      // Its message may quote an address, which is a secret: only its name is kept.
      this.#parts.log.error({ notificationId: notification.id, error: nameOf(error) }, 'a channel broke');
      return { outcome: 'retry', reason: `the channel broke: ${nameOf(error)}` };
    } finally {
      clearTimeout(timer);
    }
  }

  async #hand(notification: Notification, signal: AbortSignal): Promise<Delivery> {
    const channel = this.#channels.get(notification.channel);
    if (channel === undefined)
      return { outcome: 'rejected', reason: `there is no ${notification.channel} channel here` };
    const found = this.#parts.alertOf(notification.alertId);
    const alert = found instanceof Promise ? await found : found;
    if (alert === undefined) return { outcome: 'rejected', reason: 'the alert is gone' };
    const others = notification.also === undefined ? [] : await this.#othersIn(notification.also);
    return channel.send(notification, viewOfSeveral(alert, others), signal);
  }

  async #othersIn(also: NonNullable<Notification['also']>): Promise<readonly Alert[]> {
    const found = await Promise.all(also.map(({ alertId }) => this.#parts.alertOf(alertId)));
    return found.filter((alert) => alert !== undefined);
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
