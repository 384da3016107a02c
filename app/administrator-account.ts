import { randomBytes } from 'node:crypto';
import { verifyPassword } from '../store/secrets.ts';
import type { Records } from './stores.ts';

export const administratorId = 'admin';

/**
 * Sees to it that `admin` exists. A password from the environment counts at every start; without one, the first start
 * makes one up, which is returned to be shown once.
 */
export async function firstAdministrator(
  { records, directory, administration }: Records,
  password: string | undefined,
): Promise<string | undefined> {
  const known = directory.users.has(administratorId);
  if (!known) {
    await administration.put('users', { id: administratorId, username: administratorId, role: 'admin' });
  }
  if (password === undefined && known) return undefined;
  const stored = known ? await records.passwordHash(administratorId) : undefined;
  const wanted = password ?? randomBytes(12).toString('base64url');
  if (stored === undefined || !(await verifyPassword(wanted, stored.hash))) {
    await administration.setPassword(administratorId, wanted);
  }
  return password === undefined ? wanted : undefined;
}
