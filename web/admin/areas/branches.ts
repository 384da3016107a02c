import type { Area } from '../records/records.ts';

/** An area with how deep it lies below its root. */
export type Branch = { readonly area: Area; readonly depth: number };

/** Depth first; whoever's parent is not to be seen begins a tree. */
export function treeOf(areas: readonly Area[]): readonly Branch[] {
  const ids = new Set(areas.map(({ id }) => id));
  const children = Map.groupBy(areas, ({ parentId }) => (parentId !== undefined && ids.has(parentId) ? parentId : ''));
  const below = (parentId: string, depth: number): Branch[] =>
    (children.get(parentId) ?? [])
      .toSorted((a, b) => a.name.localeCompare(b.name))
      .flatMap((area) => [{ area, depth }, ...below(area.id, depth + 1)]);
  return below('', 0);
}
