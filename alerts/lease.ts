import type { Alert, Severity } from '../model/alert.ts';
import { type Decision, handlingOf, revised } from './decision.ts';

/** How long somebody may have an alert in hand without setting out. */
const leaseMs: Readonly<Partial<Record<Severity, number>>> = { P1: 5 * 60_000, P2: 15 * 60_000, P3: 60 * 60_000 };

/** When a claim or acknowledgement without progress is taken back; undefined when nobody holds it or somebody is on the way. */
export function leaseEndsAtMs(alert: Alert): number | undefined {
  const withinMs = leaseMs[alert.severity];
  const { progressAtMs } = handlingOf(alert);
  if (alert.state !== 'acknowledged' || withinMs === undefined || progressAtMs === undefined) return undefined;
  return progressAtMs + withinMs;
}

/** The same alert, unless the clock was set back since the claim: then the claim counts from now. */
export function heldNoLaterThan(alert: Alert, nowMs: number): Alert {
  const handling = handlingOf(alert);
  if ((handling.progressAtMs ?? nowMs) <= nowMs) return alert;
  return { ...alert, handling: { ...handling, progressAtMs: nowMs } };
}

/** It is open again: whoever said "I have it" did not set out. */
export function takenBack(alert: Alert, nowMs: number): Decision {
  const { assignee, acknowledgedAtMs: _acknowledgedAtMs, ...rest } = alert;
  const { progressAtMs: _progressAtMs, ...handling } = handlingOf(alert);
  const detail = { cause: 'noProgress', ...(assignee !== undefined && { from: assignee }) };
  return {
    alert: revised(rest, nowMs, { state: 'open', handling }),
    entries: [{ alertId: alert.id, atMs: nowMs, what: 'takenBack', who: 'service', detail }],
    tell: 'noProgress',
  };
}
