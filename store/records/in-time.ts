import { AppError } from '../../model/errors.ts';

/** Throws AppError `unavailable` after `withinMs`; what is waited for goes on. */
export async function inTime(done: Promise<void> | undefined, withinMs: number): Promise<void> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(notConfirmed()), withinMs);
  await Promise.race([done, tooLate]).finally(() => clearTimeout(timer));
}

function notConfirmed(): AppError {
  return new AppError(
    'unavailable',
    'it is done, but the disk has not confirmed it: it would be lost if the power went now; look before you try again',
  );
}
