import type { Directory } from './directory.ts';
import type { Role, User } from './people.ts';

/** Somebody who has logged in. What they may see follows from role, area and residents. */
export type Caller = { readonly user: User };

/** May they see this resident by name, position and alerts? Viewers see numbers, never names. */
export function maySeeResident(directory: Directory, user: User, residentId: string): boolean {
  const resident = directory.residents.get(residentId);
  if (resident === undefined) return user.role === 'admin';
  switch (user.role) {
    case 'admin':
      return true;
    case 'family':
      return user.residentIds?.includes(residentId) ?? false;
    case 'operator':
    case 'responder':
      return mayUseArea(directory, user, resident.areaId);
    case 'viewer':
      return false;
  }
}

/** Is the area theirs or below theirs? */
export function mayUseArea(directory: Directory, user: User, areaId: string): boolean {
  if (user.role === 'admin') return true;
  if (user.areaId === undefined) return false;
  return directory.areaPath(areaId).includes(user.areaId);
}

/** Subjects that belong to nobody (`~device`) are the administrator's business. */
export function maySeeSubject(directory: Directory, user: User, subjectId: string): boolean {
  return subjectId.startsWith('~') ? user.role === 'admin' : maySeeResident(directory, user, subjectId);
}

/**
 * The same question as `maySeeSubject`, prepared once for many askers: an event is told to everybody who watches, and
 * the way up the area tree need not be walked for each of them.
 */
export function audienceOf(directory: Directory, subjectId: string): (user: User) => boolean {
  const resident = directory.residents.get(subjectId);
  if (resident === undefined) return (user) => user.role === 'admin';
  const path = directory.areaPath(resident.areaId);
  return (user) => {
    if (user.role === 'admin') return true;
    if (user.role === 'family') return user.residentIds?.includes(subjectId) ?? false;
    return user.role !== 'viewer' && user.areaId !== undefined && path.includes(user.areaId);
  };
}

/** Who may act on alerts. A daughter says "I'm on it" as well as a grid worker. */
export const actingRoles: readonly Role[] = ['admin', 'operator', 'responder', 'family'];
