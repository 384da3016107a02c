import type { Directory } from '../model/directory.ts';
import { AppError } from '../model/errors.ts';
import type { User } from '../model/people.ts';
import { maySeeResident } from '../model/scope.ts';

/** Throws AppError `notFound` for a resident who is not there, or not theirs. */
export function requireResident(directory: Directory, user: User, id: string): void {
  if (directory.residents.has(id) && maySeeResident(directory, user, id)) return;
  throw new AppError('notFound', `There is no ${id} among the residents you look after.`);
}
