import type { Alert } from '../../model/alert.ts';
import type { Notification } from '../../model/notification.ts';

/** `hold`: not now. `withhold`: never, there is no reason to any more. */
export type Ruling =
  | { readonly may: 'go' }
  | { readonly may: 'hold'; readonly reason: string }
  | { readonly may: 'withhold'; readonly reason: string };

const go: Ruling = { may: 'go' };

/**
 * May a message be sent now? P1 and P2 always. What can wait is not sent while an emergency of the same resident is open,
 * and not at all when it is over, or told as something graver, before anybody heard of it.
 *
 * @param alert as it is now; undefined when it is over
 * @param isEmergencyOpen another alert of the same resident is P1, in earnest, and not over
 */
export function rulingOn(notification: Notification, alert: Alert | undefined, isEmergencyOpen: boolean): Ruling {
  const { severity, attempts, reason } = notification;
  if (severity <= 'P2' || reason === 'report') return go; // a report is over as it begins
  if (attempts === 0 && alert === undefined) return { may: 'withhold', reason: 'it was over before this was sent' };
  if (attempts === 0 && alert !== undefined && alert.severity <= 'P2')
    return { may: 'withhold', reason: 'it was told as something graver' };
  if (alert?.silenced !== undefined) return { may: 'withhold', reason: `silenced by ${alert.silenced}` };
  if (isEmergencyOpen) return { may: 'hold', reason: 'held while an emergency of the same resident is open' };
  return go;
}
