import type { ActionRequest, Alert } from '../model/alert.ts';
import type { Directory } from '../model/directory.ts';
import { AppError } from '../model/errors.ts';
import type { User } from '../model/people.ts';
import { actingRoles, maySeeSubject } from '../model/scope.ts';

/**
 * May this user do this to this alert? Who may not see it is told that there is none.
 *
 * @throws AppError `notFound`, `forbidden`, `badRequest` (an assignee who cannot see the alert)
 */
export function requireMayAct(directory: Directory, alert: Alert, request: ActionRequest, user: User): void {
  if (!maySeeSubject(directory, user, alert.residentId)) throw noSuchAlert(alert.id);
  if (!actingRoles.includes(user.role)) throw new AppError('forbidden', `a ${user.role} may not act on alerts`);
  if (request.action === 'assign' && request.assignee !== undefined) {
    requireMayBeAssigned(directory, alert, request.assignee);
  }
}

export function noSuchAlert(alertId: string): AppError {
  return new AppError('notFound', `there is no alert ${alertId}`);
}

function requireMayBeAssigned(directory: Directory, alert: Alert, userId: string): void {
  const user = directory.users.get(userId);
  const may = user && actingRoles.includes(user.role) && maySeeSubject(directory, user, alert.residentId);
  if (may) return;
  const reason = 'must be a user who may act on this alert';
  throw new AppError('badRequest', `assignee ${reason}, got ${userId}`, [{ path: 'assignee', reason }]);
}
