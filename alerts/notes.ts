import type { Alert } from '../model/alert.ts';
import { AppError } from '../model/errors.ts';
import type { User } from '../model/people.ts';
import { type Decision, revised } from './decision.ts';

/** What people write down about an alert beside working it. */
export type AlertNote =
  /** Somebody dialled an emergency number; the service never does. */
  | { readonly kind: 'called'; readonly number: '110' | '119' | '120' | string; readonly result?: string }
  /** Somebody was told that they would be called back then. */
  | { readonly kind: 'callBackPromised'; readonly forMs: number; readonly note?: string }
  /** Asked afterwards how it went: reached or not, satisfied from 1 to 5. */
  | { readonly kind: 'calledBack'; readonly reached: boolean; readonly rating?: number; readonly note?: string };

/**
 * A line in the time line, by whoever wrote it; a rating stays with the alert.
 *
 * @throws AppError `conflict` when somebody is called back about an alert that is not over
 */
export function noted(alert: Alert, note: AlertNote, user: User, nowMs: number): Decision {
  const { kind, ...detail } = note;
  if (kind === 'calledBack' && alert.state !== 'resolved')
    throw new AppError('conflict', `alert ${alert.id} is ${alert.state}: call back when it is over`);
  const rating = note.kind === 'calledBack' && note.rating !== undefined ? { rating: note.rating } : {};
  return {
    alert: revised(alert, nowMs, rating),
    entries: [{ alertId: alert.id, atMs: nowMs, what: kind, who: user.id, detail }],
  };
}
