import { type Alert, type AlertView, viewOfAlert } from './alert.ts';
import type { Directory } from './directory.ts';
import { nameOfUser } from './people.ts';

type People = Pick<Directory, 'users'>;

/** With the name of who has it in hand: families may know who comes, and may not read users. */
export function withAssigneeName(alert: AlertView, { users }: People): AlertView {
  const assignee = alert.assignee === undefined ? undefined : users.get(alert.assignee);
  return assignee === undefined ? alert : { ...alert, assigneeName: nameOfUser(assignee) };
}

/** An alert as pages and apps see it. */
export function namedViewOf(alert: Alert, people: People): AlertView {
  return withAssigneeName(viewOfAlert(alert), people);
}
