import type { EntityKind } from '../../model/community.ts';
import type { Problem } from '../../model/errors.ts';
import { type Entry, kindsInOrder } from './entries.ts';

export type ImportPreview = {
  readonly counts: Readonly<Record<EntityKind, ImportCounts>>;
  readonly problems: readonly Problem[];
};
/** A secret that is sent along counts as a change: it cannot be compared. */
export type ImportCounts = { readonly created: number; readonly changed: number; readonly unchanged: number };

export type Counts = Readonly<Record<EntityKind, number>>;

/** How many there are of each kind. */
export function countsOf(entries: readonly Entry[]): Counts {
  const counts = Object.fromEntries(kindsInOrder.map((kind) => [kind, 0])) as Record<EntityKind, number>;
  for (const { kind } of entries) counts[kind] += 1;
  return counts;
}

/** How many of each effect. */
export function effectsOf(all: readonly { readonly effect: keyof ImportCounts }[]): ImportCounts {
  const count = (wanted: keyof ImportCounts) => all.filter(({ effect }) => effect === wanted).length;
  return { created: count('created'), changed: count('changed'), unchanged: count('unchanged') };
}
