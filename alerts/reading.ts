import type { Notification } from '../model/notification.ts';
import type { ChannelKind, User } from '../model/people.ts';

/** What is shown where an alert is opened. A text message, a mail or a call is not read by opening the page. */
const onScreen: ReadonlySet<ChannelKind> = new Set<ChannelKind>(['sse', 'mqtt', 'webPush']);
const byUserName: ReadonlySet<ChannelKind> = new Set<ChannelKind>(['sse', 'mqtt']);

/**
 * The messages a user has read by opening the alert: on the screens of whoever they are, a user of the service or the
 * contact whose app has their name. One that is still to be tried goes on: having looked once is no reason not to be told.
 */
export function readBy({ id, username }: User, messages: readonly Notification[]): readonly Notification[] {
  const isTheirs = ({ recipientId, channel, address }: Notification): boolean =>
    recipientId === id || (byUserName.has(channel) && address === username);
  const names = new Set(messages.filter(isTheirs).map(({ recipientId }) => recipientId));
  return messages.filter(
    ({ recipientId, channel, state }) =>
      names.has(recipientId) && onScreen.has(channel) && (state === 'sent' || state === 'delivered'),
  );
}

/** Those of `messages` that went out in this one: to the same place, and there. */
export function sentTogether(one: Notification, messages: readonly Notification[]): readonly Notification[] {
  const { recipientId, channel, address } = one;
  return messages.filter(
    (other) =>
      other.recipientId === recipientId &&
      other.channel === channel &&
      other.address === address &&
      (other.state === 'sent' || other.state === 'delivered'),
  );
}
