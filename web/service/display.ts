import { session } from './session.ts';
import type { User } from './types.ts';

const link = /^#display=([\w-]+)$/;
const againAfterMs = 5_000;

/** Is it the address of a screen on a wall, `/wall#display=…`? */
export function isDisplayLink(hash: string): boolean {
  return link.test(hash);
}

/**
 * Begins the session of such an address. A screen that is turned on before the service asks until it is answered; a link
 * that was taken back leaves things as they are.
 */
export async function beginDisplay(hash: string): Promise<void> {
  const token = link.exec(hash)?.[1];
  if (token === undefined || token === session.token()) return;
  for (;;) {
    const response = await fetch('/api/v1/me', { headers: { authorization: `Bearer ${token}` } }).catch(
      () => undefined,
    );
    if (response?.ok) {
      const { user } = (await response.json()) as { user: User }; // as the service describes it
      return session.beginDisplay(token, user);
    }
    if (response !== undefined && response.status < 500) return;
    await new Promise((done) => setTimeout(done, againAfterMs));
  }
}
