import type { ActionName, ActionRequest, Alert } from '../model/alert.ts';
import type { Directory } from '../model/directory.ts';
import { AppError } from '../model/errors.ts';
import type { Notification } from '../model/notification.ts';
import type { User } from '../model/people.ts';
import { maySeeSubject } from '../model/scope.ts';

/** What somebody can do straight from a message. */
export type AnswerAction = Extract<ActionName, 'acknowledge' | 'claim'>;

/** How an answer came: over a link in a message, or a key pressed in a call. */
export type AnswerWay = 'link' | 'key';

/** The alert after the answer, and who gave it. */
export type Answered = { readonly alert: Alert; readonly by: User };

/** A link is good for a day from when its message was written. */
export const answerWithinMs = 24 * 3_600_000;

/**
 * Who answers: the contact or user the message went to. Having the link is the proof, so whoever is no longer among the
 * resident's contacts, or may no longer see the resident, has none any more. A contact with an account acts as that
 * account, so that her page knows what she took on from her telephone; one without acts as a member of the family, under
 * `contact:{id}`, so that nobody takes it for a user of that name.
 *
 * @throws AppError `notFound`
 */
export function answererOf(directory: Directory, alert: Alert, recipientId: string): User {
  const contacts = directory.residents.get(alert.residentId)?.contacts ?? [];
  const contact = contacts.find(({ id }) => id === recipientId);
  if (contact !== undefined) {
    const account = contact.userId && directory.users.get(contact.userId);
    if (account && account.role === 'family' && maySeeSubject(directory, account, alert.residentId)) return account;
    const id = `contact:${recipientId}`;
    return { id: id as User['id'], username: id, role: 'family', residentIds: [alert.residentId as User['id']] };
  }
  const user = directory.users.get(recipientId);
  if (user !== undefined && maySeeSubject(directory, user, alert.residentId)) return user;
  throw new AppError('notFound', 'whoever got this message does not look after this person any more');
}

/** May this message still be answered? Once, and for a day. Throws AppError `conflict`. */
export function requireUnanswered(notification: Notification, nowMs: number): void {
  if (notification.state === 'acknowledged') throw new AppError('conflict', 'this message was answered already');
  if (nowMs - notification.queuedAtMs > answerWithinMs)
    throw new AppError('conflict', 'this message is over a day old');
}

/** `via` goes to the time line: a tap on a link is not a log-in. */
export function requestOf(action: AnswerAction, { channel }: Notification, way: AnswerWay): ActionRequest {
  return { action, note: way === 'key' ? `key pressed in the call` : `answered by ${way} (${channel})` };
}
