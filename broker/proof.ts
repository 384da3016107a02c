import { isId } from '../model/ids.ts';
import type { Connect } from './connect-packet.ts';
import type { Principal } from './contracts.ts';
import type { House } from './house.ts';

/** Who it is: undefined when name or secret is wrong, `unavailable` when that cannot be found out now. Never rejects. */
export async function prove(
  { host, log }: House,
  { username, password }: Connect,
): Promise<Principal | undefined | 'unavailable'> {
  try {
    return await host.authenticate(username ?? '', password ?? Buffer.alloc(0));
  } catch (err) {
    log.error({ err }, 'nobody can log in: authentication failed');
    return 'unavailable';
  }
}

/** A name as a log may hold it: what could not be one may be a password in the wrong field, or four kilobytes of anything. */
export function readable(username: string | undefined): string | undefined {
  return username === undefined || isId(username.replaceAll(/[.@]/g, '-')) ? username : '(not a name)';
}
