import { shallowRef } from 'vue';
import { readNames } from '../../service/names.ts';

/** Counts up when a record was written or taken away here: whoever shows a list reads it anew. */
export const news = shallowRef(0);

/** Names are read again as well: what was written may have a new one. */
export function tellNews(): void {
  news.value += 1;
  void readNames();
}
