import { byName } from './name-order.ts';

type Node = { readonly id: string; readonly name: string; readonly parentId?: string | undefined };

/** An area with how deep it lies below its root. */
export type Branch<A extends Node> = { readonly area: A; readonly depth: number };

/** Depth first; whoever's parent is not to be seen begins a tree. */
export function treeOf<A extends Node>(areas: readonly A[]): readonly Branch<A>[] {
  const ids = new Set(areas.map(({ id }) => id));
  const children = Map.groupBy(areas, ({ parentId }) => (parentId !== undefined && ids.has(parentId) ? parentId : ''));
  const below = (parentId: string, depth: number): Branch<A>[] =>
    (children.get(parentId) ?? []).toSorted(byName).flatMap((area) => [{ area, depth }, ...below(area.id, depth + 1)]);
  return below('', 0);
}
