/*
 * Iterations of which something was asked for before anybody goes through them. Whoever stops early ends them, also when
 * they were never gone through: a generator that has begun holds a snapshot of the store.
 */

/** What was asked for already, then the rest. */
export function resumed<T>(
  asked: readonly Promise<IteratorResult<T>>[],
  rest: AsyncIterator<T>,
): AsyncIterableIterator<T> {
  const waiting = [...asked];
  const iterator: AsyncIterableIterator<T> = {
    [Symbol.asyncIterator]: () => iterator,
    next: () => waiting.shift() ?? rest.next(),
    return: async () => {
      await rest.return?.();
      return { done: true, value: undefined };
    },
  };
  return iterator;
}

/**
 * Looks for the first of them while something else is done on this thread that has to succeed before any is given. Throws
 * what that throws.
 */
export async function readMeanwhile<T>(items: AsyncIterable<T>, work: () => Promise<void>): Promise<AsyncIterable<T>> {
  const iterator = items[Symbol.asyncIterator]();
  const first = iterator.next();
  first.catch(() => undefined); // heard of by whoever goes through them
  const all = resumed([first], iterator);
  try {
    await work();
  } catch (error) {
    await all.return?.();
    throw error;
  }
  return all;
}
