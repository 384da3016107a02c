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

/** How many of each effect, by kind. */
export class Effects {
  readonly counts: Record<EntityKind, Record<keyof ImportCounts, number>> = Object.fromEntries(
    kindsInOrder.map((kind) => [kind, { created: 0, changed: 0, unchanged: 0 }]),
  ) as Record<EntityKind, Record<keyof ImportCounts, number>>; // every kind is in that list

  add(kind: EntityKind, effect: keyof ImportCounts): void {
    this.counts[kind][effect] += 1;
  }
}
