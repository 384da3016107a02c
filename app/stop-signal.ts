import { constants } from 'node:os';

/** npm and `anju.mjs` hand on a Ctrl-C that the terminal has given to everybody already: one press, heard twice. */
const samePressMs = 1_000;

/** The first signal asks politely; who asks again after that is impatient, and the process ends at once. */
export function stopSignal(): Promise<NodeJS.Signals> {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  let askedAtMs: number | undefined;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      askedAtMs ??= performance.now();
      if (performance.now() - askedAtMs > samePressMs) process.exit(128 + constants.signals[signal]);
      resolve(signal);
    });
  }
  return promise;
}
