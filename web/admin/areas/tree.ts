import { computed, shallowRef } from 'vue';
import { everyPage, Refused } from '../../service/client.ts';
import { type Area, areas as records } from '../records/records.ts';
import { treeOf } from './branches.ts';

const all = shallowRef<readonly Area[]>([]);
const trouble = shallowRef<Refused>();
const isRead = shallowRef(false);

/** The areas of the scope as a tree, root first and each below its parent. Shared; read anew with `readAreas`. */
export const areaTree = computed(() => treeOf(all.value));
export const areasTrouble: { readonly value: Refused | undefined } = trouble;
export const areAreasRead: { readonly value: boolean } = isRead;

export async function readAreas(): Promise<void> {
  try {
    all.value = await everyPage((cursor) => records.page({ limit: 1000, ...(cursor !== undefined && { cursor }) }));
    [trouble.value, isRead.value] = [undefined, true];
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    trouble.value = error;
  }
}

/** The only area there is; with several somebody has to choose. */
export function onlyArea(): string {
  const [first, second] = all.value;
  return first !== undefined && second === undefined ? first.id : '';
}

/** What it is called. Grids are numbered, so every community has a first one: they are named with what they lie in. */
export function areaName(id: string | undefined): string {
  if (id === undefined) return '';
  const area = all.value.find((one) => one.id === id);
  if (area?.kind !== 'grid' || area.parentId === undefined) return area?.name ?? id;
  const above = all.value.find((one) => one.id === area.parentId);
  return above === undefined ? area.name : `${above.name} ${area.name}`;
}
