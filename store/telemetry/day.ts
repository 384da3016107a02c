/*
 * Days are those of UTC. What a past day came to is kept in slices of two widths: hours for every day, five minutes for
 * days with so many readings that adding them up again is slow.
 */

export const dayMs = 86_400_000;
const hourMs = 3_600_000;
const fiveMinutesMs = 300_000;

/** How finely a row of a day tells what the day came to; `kind` is the letter its key begins with. */
export type Grain = { readonly kind: 'a' | 'm'; readonly sliceMs: number; readonly slices: number };

export const hours: Grain = { kind: 'a', sliceMs: hourMs, slices: dayMs / hourMs };
export const fiveMinutes: Grain = { kind: 'm', sliceMs: fiveMinutesMs, slices: dayMs / fiveMinutesMs };

/**
 * From so many readings on a day has five-minute slices: two readings or more for each. It then costs a tenth of what its
 * readings take on disk; of fewer readings the slices would be as large as what they stand for.
 */
export const denseFrom = 2 * fiveMinutes.slices;

export function dayOf(atMs: number): number {
  return Math.floor(atMs / dayMs);
}
