import type { Channel } from '../../model/notification.ts';
import type { Log } from '../log.ts';
import { headline } from '../wording.ts';

/** Writes a line to the service's own log; ids only, nothing personal. */
export function logChannel(log: Log): Channel {
  return {
    kind: 'log',
    async send({ alertId, recipientId, reason }, alert) {
      const { type, severity, state, revision } = alert;
      log.info({ alertId, recipientId, reason, type, severity, state, revision }, headline(alert).en);
      return { outcome: 'delivered' };
    },
  };
}
