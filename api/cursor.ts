import { AppError } from '../model/errors.ts';

/** Where a page begins: the time of the last point given, and how many of that very time were given. */
export type Start = { readonly atMs: number; readonly given: number };

/** A page of points in order of time, and the cursor of the next, null when this is the last. */
export type PointPage<T> = { readonly points: readonly T[]; readonly nextCursor: string | null };

/** Reads one page from points that begin at the start's time. */
export async function pageOfPoints<T extends { readonly atMs: number }>(
  points: AsyncIterable<T>,
  start: Start,
  limit: number,
): Promise<PointPage<T>> {
  const page: T[] = [];
  let skipped = 0;
  for await (const point of points) {
    if (point.atMs === start.atMs && skipped < start.given) skipped += 1;
    else page.push(point);
    if (page.length > limit) break;
  }
  const given = page.slice(0, limit);
  return { points: given, nextCursor: page.length > limit ? cursorAfter(given, start) : null };
}

/** Throws AppError `badRequest` for a cursor that was never given. */
export function startOf(cursor: string | undefined, fromMs: number): Start {
  if (cursor === undefined) return { atMs: fromMs, given: 0 };
  const [, atMs, given] = /^(\d{1,15})\.(\d{1,6})$/.exec(cursor) ?? [];
  if (atMs !== undefined && given !== undefined) return { atMs: Number(atMs), given: Number(given) };
  throw new AppError('badRequest', 'The cursor is none of ours.', [
    { path: 'query.cursor', reason: 'must be a nextCursor' },
  ]);
}

function cursorAfter(given: readonly { readonly atMs: number }[], start: Start): string {
  const atMs = given.at(-1)?.atMs ?? start.atMs;
  const now = given.filter((point) => point.atMs === atMs).length;
  return `${atMs}.${atMs === start.atMs ? start.given + now : now}`;
}
