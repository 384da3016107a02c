import { AppError } from '../model/errors.ts';

/** Where something stands in a list in order of time, and of ids at one moment. */
export type Place = { readonly atMs: number; readonly id: string };

/** The place a cursor names. Throws AppError `badRequest` for a cursor that was never given. */
export function placeOf(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined;
  const [, atMs, id] = /^(\d{1,15})\.([A-Za-z0-9_-]{1,64})$/.exec(cursor) ?? [];
  if (atMs !== undefined && id !== undefined) return { atMs: Number(atMs), id };
  throw new AppError('badRequest', 'The cursor is none of ours.', [
    { path: 'query.cursor', reason: 'must be a nextCursor' },
  ]);
}

/** The cursor of what stands behind; null behind nothing. */
export function placeAfter(last: Place | undefined): string | null {
  return last === undefined ? null : `${last.atMs}.${last.id}`;
}
