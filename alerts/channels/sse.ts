import type { AlertView } from '../../model/alert.ts';
import type { Channel } from '../../model/notification.ts';

/** Writes an alert to every page a user has open; true when one of them took it, and the user may see it. */
export type ShowToUser = (username: string, alert: AlertView) => Promise<boolean>;

/** The live page as a channel: the address is a user name. `delivered`: the page's connection took it. */
export function sseChannel(show: ShowToUser): Channel {
  return {
    kind: 'sse',
    async send({ address }, alert) {
      const shown = await show(address, alert);
      return shown ? { outcome: 'delivered' } : { outcome: 'retry', reason: 'no page of this user is open' };
    },
  };
}
