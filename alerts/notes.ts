import type { Alert } from '../model/alert.ts';
import { AppError } from '../model/errors.ts';
import type { User } from '../model/people.ts';
import { type Decision, revised } from './decision.ts';

const photoWithinMs = 24 * 3_600_000;

/** What people write down about an alert beside working it. */
export type AlertNote =
  /** Somebody dialled an emergency number; the service never does. */
  | { readonly kind: 'called'; readonly number: '110' | '119' | '120' | string; readonly result?: string }
  /** A photo was put beside it. */
  | { readonly kind: 'photo'; readonly type: string; readonly bytes: number }
  /** Somebody was told that they would be called back then. */
  | { readonly kind: 'callBackPromised'; readonly forMs: number; readonly note?: string }
  /** Asked afterwards how it went: reached or not, satisfied from 1 to 5. */
  | { readonly kind: 'calledBack'; readonly reached: boolean; readonly rating?: number; readonly note?: string };

/**
 * A line in the time line, by whoever wrote it; a rating stays with the alert.
 *
 * @throws AppError `conflict` when it is too early or too late for it
 */
export function noted(alert: Alert, note: AlertNote, user: User, nowMs: number): Decision {
  const { kind, ...detail } = note;
  requireTime(alert, kind, nowMs);
  const rating = note.kind === 'calledBack' && note.rating !== undefined ? { rating: note.rating } : {};
  const photo = kind === 'photo' ? { photo: true } : {};
  return {
    alert: revised(alert, nowMs, { ...rating, ...photo }),
    entries: [{ alertId: alert.id, atMs: nowMs, what: kind, who: user.id, detail }],
  };
}

/**
 * Is it the time for such a note? Throws AppError `conflict` when somebody is called back about an alert that is not over,
 * or a photo comes a day after it was.
 */
function requireTime({ id, state, resolvedAtMs }: Alert, kind: AlertNote['kind'], nowMs: number): void {
  if (kind === 'calledBack' && state !== 'resolved')
    throw new AppError('conflict', `alert ${id} is ${state}: call back when it is over`);
  if (kind === 'photo' && state === 'resolved' && nowMs - (resolvedAtMs ?? nowMs) > photoWithinMs)
    throw new AppError('conflict', `alert ${id} was closed over 24 hours ago: it takes no photo any more`);
}
