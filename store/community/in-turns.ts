import { setImmediate } from 'node:timers/promises';

/** An import of a city must not hold up an SOS: after so many everybody else gets a turn. */
const aTurn = 200;

/** `work` with each of them, in their order. */
export async function inTurns<T>(
  all: Iterable<T>,
  work: (one: T, index: number) => void | Promise<void>,
): Promise<void> {
  let index = 0;
  for (const one of all) {
    if (index % aTurn === aTurn - 1) await setImmediate();
    await work(one, index);
    index += 1;
  }
}
