import { AppError } from '../model/errors.ts';

/**
 * For work that goes through much: one piece of it at a time, whoever asks, so that many who ask for it together take
 * turns with everybody else's messages and not these with them. Throws AppError `unavailable` when too many wait.
 */
export function oneAtATime(waitingAtMost: number): <T>(work: () => Promise<T>) => Promise<T> {
  let turn: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return async (work) => {
    if (waiting >= waitingAtMost) throw new AppError('unavailable', 'Too many ask for this at once. Try again.');
    waiting += 1;
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine.finally(() => {
      waiting -= 1;
    });
  };
}
