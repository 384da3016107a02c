import type { Alert, Severity } from '../model/alert.ts';
import { type Decision, handlingOf, revised } from './decision.ts';

/** How long each contact has to answer before the next one is told. Lesser alerts do not escalate by silence. */
export const answerWithinMs: Readonly<Partial<Record<Severity, number>>> = { P1: 60_000, P2: 180_000 };

/** Why the next one is told: nobody answered in time, or nothing could be delivered. */
export type EscalationCause = 'silence' | 'undelivered';

/** When the next contact is told unless somebody answers. Derived from what is stored, so a restart re-arms it. */
export function escalationDueAtMs(alert: Alert): number | undefined {
  const withinMs = answerWithinMs[alert.severity];
  const sinceMs = handlingOf(alert).waitingSinceMs;
  return withinMs === undefined || sinceMs === undefined ? undefined : sinceMs + withinMs;
}

/**
 * One step further. A step that was missed counts from when it was due, not from now, so that a service that was down
 * for five minutes takes all the steps of those minutes at once, and none twice.
 */
export function escalate(alert: Alert, cause: EscalationCause, nowMs: number): Decision {
  const dueAtMs = escalationDueAtMs(alert);
  const waitingSinceMs = cause === 'silence' && dueAtMs !== undefined ? dueAtMs : nowMs;
  const handling = { ...handlingOf(alert), waitingSinceMs };
  const entry = { alertId: alert.id, atMs: nowMs, what: 'escalated', who: 'service', detail: { cause } };
  return { alert: revised(alert, nowMs, { handling }), entries: [entry], tell: 'escalated' };
}

/** The same alert, unless the clock was set back since the wait began: then it begins now, and is not an hour longer. */
export function waitingNoLaterThan(alert: Alert, nowMs: number): Alert {
  const handling = handlingOf(alert);
  if (handling.waitingSinceMs === undefined || handling.waitingSinceMs <= nowMs) return alert;
  return { ...alert, handling: { ...handling, waitingSinceMs: nowMs } };
}
