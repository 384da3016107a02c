import { applySignal } from '../../../alerts/life-cycle.ts';
import { type AlertView, viewOfAlert } from '../../../model/alert.ts';
import type { Channel, Delivery, Notification } from '../../../model/notification.ts';
import { at, raise } from './night.ts';

/** Mrs Wang may have fallen, at 02:10. */
export const fall: AlertView = viewOfAlert(
  applySignal(
    undefined,
    raise('02:10', {
      type: 'fall',
      suspected: true,
      position: { lat: 24.4451, lon: 118.0823 },
      summary: { zh: '手环报告可能跌倒', en: 'The band felt a fall' },
    }),
    { nowMs: at('02:10'), areaId: 'street' },
  )!.alert, // a raise opens
);

export const notificationId = 'nAbcdefghijklmnopqrstuvwxy';

/** One message to her daughter. */
export function messageTo(changes: Pick<Notification, 'channel' | 'address'> & Partial<Notification>): Notification {
  return {
    id: notificationId,
    alertId: fall.id,
    recipientId: 'daughter',
    recipientName: '王芳',
    residentName: '王秀英',
    severity: 'P1',
    reason: 'opened',
    queuedAtMs: at('02:10'),
    state: 'queued',
    attempts: 0,
    nextAttemptAtMs: at('02:10'),
    ...changes,
  };
}

export function sendOver(channel: Channel, notification: Notification, alert: AlertView = fall): Promise<Delivery> {
  return channel.send(notification, alert, AbortSignal.timeout(10_000));
}
