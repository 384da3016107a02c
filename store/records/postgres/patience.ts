import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises';

/** Rejects when it takes longer. What is waited for goes on. */
export async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  const watch = startWatch(limitMs);
  try {
    return await Promise.race([work, watch.tooLate]);
  } finally {
    watch.stop();
  }
}

/** `tooLate` rejects after the limit, unless it is stopped. An answer that came while this thread was busy is heard first. */
function startWatch(limitMs: number): { readonly tooLate: Promise<never>; stop(): void } {
  const over = new AbortController();
  const tooLate = limitOver(limitMs, over.signal).then(() => {
    throw new Error(`no answer within ${limitMs} ms`);
  });
  tooLate.catch(() => undefined);
  return { tooLate, stop: () => over.abort() };
}

/** In slices: what keeps this thread busy for long counts as one of them, for meanwhile nobody could be heard. */
const slices = 5;

async function limitOver(limitMs: number, signal: AbortSignal): Promise<void> {
  for (let slice = 0; slice < slices; slice += 1) await pause(limitMs / slices, undefined, { signal, ref: false });
  for (let turns = 0; turns < 2; turns += 1) await turn(undefined, { signal });
}
