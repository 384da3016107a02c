import type { Alert } from '../../model/alert.ts';
import { instantOfDay, localDay } from '../../model/local-time.ts';
import { type Decision, handlingOf, revised } from '../decision.ts';
import { type Recipient, recipientsOf, type Surroundings } from '../policy/recipients.ts';

const nineOClock = 9 * 60;
/** One missed while the service was down is made up for until the evening, and not in the night. */
const madeUpWithinMs = 9 * 3_600_000;

/** The 09:00 whose summary is due, epoch ms; undefined in the evening and at night. */
export function digestDueMs(timeZone: string, nowMs: number): number | undefined {
  const dueMs = instantOfDay(timeZone, localDay(timeZone, nowMs), nineOClock);
  return dueMs <= nowMs && nowMs - dueMs < madeUpWithinMs ? dueMs : undefined;
}

/** Names an open P4 in the summary of that morning, once, whatever happens to the service meanwhile. */
export function digested(alert: Alert, dueMs: number, nowMs: number): Decision | undefined {
  const { severity, state, openedAtMs, silenced, exercise } = alert;
  const handling = handlingOf(alert);
  const isMeant = severity === 'P4' && state === 'open' && silenced === undefined && exercise !== true;
  if (!isMeant || openedAtMs > dueMs || (handling.digestAtMs ?? 0) >= dueMs) return undefined;
  return {
    alert: revised(alert, nowMs, { handling: { ...handling, digestAtMs: dueMs } }),
    entries: [],
    tell: 'digest',
  };
}

/** The family's first and the responders on duty, for their work list; the centre when there is neither. Nobody is rung up. */
export function digestRecipients(alert: Alert, around: Surroundings): readonly Recipient[] {
  const fresh = { ...alert, handling: { active: [], steps: [] } };
  const of = (target: 'contacts' | 'responders' | 'centre') =>
    recipientsOf(fresh, { afterS: 0, target }, around)
      .map((one) => ({ ...one, channels: one.channels.filter(({ kind }) => kind !== 'voice') }))
      .filter(({ channels }) => channels.length > 0);
  const people = [...of('contacts'), ...of('responders')];
  return people.length > 0 ? people : of('centre');
}
