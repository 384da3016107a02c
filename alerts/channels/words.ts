import type { AlertView } from '../../model/alert.ts';
import type { Notification } from '../../model/notification.ts';
import type { Links, Telling } from '../wording.ts';

/** What every channel for people needs to say something. */
export type WordParts = {
  /** IANA name, for the times people read. */
  readonly timeZone: string;
  /** Where this message can be answered; undefined when the service has no public address. */
  readonly linksOf: (notification: Notification) => Links | undefined;
};

export function tellingOf(parts: WordParts, notification: Notification, alert: AlertView): Telling {
  const { timeZone, linksOf } = parts;
  // What is over needs no answer any more.
  return { alert, notification, timeZone, links: alert.state === 'resolved' ? undefined : linksOf(notification) };
}
