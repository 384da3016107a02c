import { expect } from 'vitest';

/** Waits for something that really happens elsewhere (a socket), `withinMs` at most. */
export function eventually(check: () => unknown | Promise<unknown>, withinMs = 5000): Promise<unknown> {
  return expect.poll(check, { timeout: withinMs, interval: 5 }).toBe(true);
}

/** Lets everything that is on its way in this process arrive. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}
