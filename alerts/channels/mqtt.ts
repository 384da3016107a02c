import type { AlertView } from '../../model/alert.ts';
import type { Channel } from '../../model/notification.ts';

/** Hands an alert to a user's apps on the user's own topic; false when none of them is listening or may see it. */
export type PublishToUser = (username: string, alert: AlertView) => boolean;

/** The address is a user name. `sent`: nobody says whether it was read. */
export function mqttChannel(publish: PublishToUser): Channel {
  return {
    kind: 'mqtt',
    async send({ address }, alert) {
      const heard = publish(address, alert);
      return heard ? { outcome: 'sent' } : { outcome: 'retry', reason: 'no app of this user is listening' };
    },
  };
}
