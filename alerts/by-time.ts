import type { Alert } from '../model/alert.ts';
import { type Decision, handlingOf, revised } from './decision.ts';
import { goneDevices, withoutGone } from './device-gone.ts';
import { stepDueAtMs } from './escalation.ts';
import { leaseEndsAtMs, takenBack } from './lease.ts';
import { offerEndsAtMs, sent } from './offer.ts';
import type { Surroundings } from './policy/recipients.ts';
import { policyOf } from './policy/select.ts';
import { heldLongEnough, settledAtMsOf } from './storm/flapping.ts';

/**
 * What each look does to an open alert by itself: the device it is about is gone, what flapped has been quiet, a claim
 * without progress is taken back, an offer nobody took sends the nearest, the next step of the policy is due. One at a
 * time; what else is due follows at the next look.
 *
 * @returns undefined when nothing is due
 */
export function decidedByTime(alert: Alert, { directory, timeZone, nowMs }: Surroundings): Decision | undefined {
  const isDue = (atMs: number | undefined): boolean => atMs !== undefined && atMs <= nowMs;
  const settled = withoutGone(alert, directory, nowMs) ?? heldLongEnough(alert, nowMs);
  if (settled !== undefined) return settled;
  if (isDue(leaseEndsAtMs(alert))) return takenBack(alert, nowMs);
  if (isDue(offerEndsAtMs(alert))) return sent(alert, (id) => directory.users.has(id), nowMs);
  if (!isDue(stepDueAtMs(alert, policyOf(directory, alert), timeZone))) return undefined;
  return { alert: revised(alert, nowMs, {}), entries: [], tell: 'escalated' };
}

/** When time has the next word about an alert; Infinity when only people have. */
export function nextWordAtMs(alert: Alert, { directory, timeZone }: Surroundings): number {
  const { waitingSinceMs } = handlingOf(alert);
  if (alert.silenced !== undefined) return 0; // a silence may be ended any time
  if (goneDevices(alert, directory).length > 0) return 0;
  // Without anybody awaited there is no step to come, and the policy need not be looked for.
  const stepAtMs = waitingSinceMs === undefined ? undefined : stepDueAtMs(alert, policyOf(directory, alert), timeZone);
  const settledAtMs = settledAtMsOf(alert);
  const all = [leaseEndsAtMs(alert), offerEndsAtMs(alert), stepAtMs, settledAtMs];
  return Math.min(...all.map((atMs) => atMs ?? Infinity));
}

/** Is an answer awaited still? */
export function isAwaited(alert: Alert): boolean {
  const { waitingSinceMs } = handlingOf(alert);
  return waitingSinceMs !== undefined || (alert.severity === 'P3' && alert.state === 'open');
}
