import type { ActionName, ActionRequest, Alert } from '../model/alert.ts';
import { AppError } from '../model/errors.ts';
import type { User } from '../model/people.ts';
import { applyAction } from './actions.ts';
import type { Decision } from './decision.ts';

/** What somebody does at the door holds for everything that is wrong behind it; closing is for each by itself. */
const ofTheVisit: ReadonlySet<ActionName> = new Set(['claim', 'acknowledge', 'enRoute', 'arrive']);

/**
 * Several alerts of one home are one visit: whoever takes one in hand has the others of that home too, as far as nobody
 * else has them.
 *
 * @param others the open alerts of the same resident, without the one acted on
 */
export function visitOf(
  alert: Alert,
  others: readonly Alert[],
  { action }: ActionRequest,
  user: User,
  nowMs: number,
): readonly Decision[] {
  if (!ofTheVisit.has(action)) return [];
  return others
    .filter(({ severity }) => severity <= 'P3')
    .flatMap((other) => sameOn(other, action, user, nowMs) ?? [])
    .map(({ entries, ...decision }) => ({
      ...decision,
      entries: entries.map((entry) => ({ ...entry, detail: { ...entry.detail, visit: alert.id } })),
    }));
}

/** Undefined where it is so already, is behind us, or in the hands of somebody else. */
function sameOn(alert: Alert, action: ActionName, user: User, nowMs: number): Decision | undefined {
  try {
    return applyAction(alert, { action }, user, nowMs);
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}
