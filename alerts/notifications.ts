import { createHash } from 'node:crypto';
import type { Alert } from '../model/alert.ts';
import { minuteOf, nextLocal, scheduleHolds } from '../model/local-time.ts';
import type { Notification } from '../model/notification.ts';
import type { ContactChannel } from '../model/people.ts';
import type { TellReason } from './decision.ts';
import type { Recipient } from './policy/recipients.ts';
import { gatherMs } from './storm/bundles.ts';

/** Why somebody is told, about what, and when. */
export type Occasion = {
  readonly alert: Alert;
  readonly tell: TellReason;
  readonly nowMs: number;
  /** IANA name of the community's time zone. */
  readonly timeZone: string;
  readonly residentName: string | undefined;
};

/** In earnest, everything at once; for what can wait, one channel, and the others only when that one fails. */
export function notificationsTo(recipient: Recipient, occasion: Occasion): Notification[] {
  const [first, ...others] = recipient.channels;
  if (first === undefined) return [];
  if (occasion.alert.severity > 'P2') return [notificationTo(recipient, first, others, occasion)];
  return recipient.channels.map((channel) => notificationTo(recipient, channel, [], occasion));
}

function notificationTo(
  recipient: Recipient,
  channel: ContactChannel,
  fallbacks: readonly ContactChannel[],
  { alert, tell, nowMs, timeZone, residentName }: Occasion,
): Notification {
  // A digest has gathered already; whoever comes on duty reads the hand-over first.
  const gatheringMs = tell === 'digest' || tell === 'report' ? 0 : gatherMs[alert.severity];
  const waitMs = tell === 'report' ? 0 : Math.max(gatheringMs, quietForMs(recipient, alert, timeZone, nowMs));
  // The revision tells one telling from the next; the same decision after a crash has the same one.
  const facts = [alert.id, tell, alert.revision, recipient.id, channel.kind, channel.address];
  return {
    id: `n${createHash('sha256').update(JSON.stringify(facts)).digest('base64url').slice(0, 25)}`,
    alertId: alert.id,
    recipientId: recipient.id,
    recipientName: recipient.name,
    ...(recipient.language !== undefined && { language: recipient.language }),
    ...(residentName !== undefined && { residentName }),
    channel: channel.kind,
    address: channel.address,
    ...(channel.secret !== undefined && { secret: channel.secret }),
    ...(fallbacks.length > 0 && { fallbacks }),
    severity: alert.severity,
    reason: tell,
    queuedAtMs: nowMs,
    state: 'queued',
    attempts: 0,
    nextAttemptAtMs: nowMs + waitMs,
    ...(waitMs > 0 && { heldForMs: waitMs }),
  };
}

/** How long the recipient is not to be disturbed by what can wait; 0 for an emergency, whatever the time. */
function quietForMs({ quietHours }: Recipient, { severity }: Alert, timeZone: string, nowMs: number): number {
  if (quietHours === undefined || severity <= 'P2' || !scheduleHolds(quietHours, timeZone, nowMs)) return 0;
  return nextLocal(timeZone, minuteOf(quietHours.to), nowMs) - nowMs;
}
