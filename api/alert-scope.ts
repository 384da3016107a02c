import type { Directory } from '../model/directory.ts';
import { AppError } from '../model/errors.ts';
import type { User } from '../model/people.ts';
import { maySeeSubject, mayUseArea } from '../model/scope.ts';
import type { AlertFilter } from '../store/contracts.ts';

type Asked = { readonly area?: string | undefined; readonly resident?: string | undefined };
type Scope = Pick<AlertFilter, 'areaId' | 'residentIds'>;

/**
 * The part of a filter that keeps a caller to their own. Undefined when they have nothing to see.
 * Throws AppError `notFound` for an area or resident that is not theirs.
 */
export function alertScope(directory: Directory, user: User, { area, resident }: Asked): Scope | undefined {
  if (resident !== undefined && !maySeeSubject(directory, user, resident)) throw notTheirs('resident', resident);
  if (area !== undefined && user.role !== 'family' && !mayUseArea(directory, user, area)) throw notTheirs('area', area);
  const within = area ?? (user.role === 'admin' || user.role === 'family' ? undefined : user.areaId);
  const among = resident === undefined ? ownResidents(user) : [resident];
  const isBlind = user.role === 'family' ? among?.length === 0 : user.role !== 'admin' && within === undefined;
  if (isBlind) return undefined;
  return { ...(within !== undefined && { areaId: within }), ...(among && { residentIds: among }) };
}

function ownResidents(user: User): readonly string[] | undefined {
  return user.role === 'family' ? (user.residentIds ?? []) : undefined;
}

function notTheirs(what: string, id: string): AppError {
  return new AppError('notFound', `There is no ${what} ${id} among those you look after.`);
}
