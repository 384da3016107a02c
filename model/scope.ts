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

/**
 * Subjects that belong to nobody (`~device`) are the administrator's business; an area (`@area`) is that of those who
 * look after the whole of it. Families hear of their own only: an area's alert names its other residents.
 */
export function maySeeSubject(directory: Directory, user: User, subjectId: string): boolean {
  if (subjectId.startsWith('~')) return user.role === 'admin';
  const areaId = areaOfSubject(subjectId);
  return areaId === undefined ? maySeeResident(directory, user, subjectId) : looksAfter(directory, user, areaId);
}

/** The area a subject is about: `@{areaId}`, or `@{areaId}/{what}` for one thing there; undefined for a resident or device. */
export function areaOfSubject(subjectId: string): string | undefined {
  return subjectId.startsWith('@') ? subjectId.slice(1).split('/', 1)[0] : undefined;
}

function looksAfter(directory: Directory, user: User, areaId: string): boolean {
  if (user.role === 'admin') return true;
  return (user.role === 'operator' || user.role === 'responder') && mayUseArea(directory, user, areaId);
}

/**
 * The same question as `maySeeSubject`, prepared once for many askers: an event is told to everybody who watches, and
 * the way up the area tree need not be walked for each of them.
 */
export function audienceOf(directory: Directory, subjectId: string): (user: User) => boolean {
  if (areaOfSubject(subjectId) !== undefined) return (user) => maySeeSubject(directory, user, subjectId);
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
