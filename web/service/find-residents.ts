import { type Ref, type ShallowRef, shallowRef, watch } from 'vue';
import { answerOf, Refused, service } from './client.ts';
import type { Resident } from './names.ts';

/** Somebody who types is not asked about after each letter. */
const restMs = 250;

export type FoundResidents = {
  readonly q: Ref<string>;
  /** Undefined while nobody was looked for, or not yet. */
  readonly found: Readonly<ShallowRef<readonly Resident[] | undefined>>;
  readonly trouble: Readonly<ShallowRef<Refused | undefined>>;
};

/** People of the scope by name, pinyin, digits of a number or address, while somebody types. */
export function useFoundResidents(atMost: number): FoundResidents {
  const q = shallowRef('');
  const found = shallowRef<readonly Resident[]>();
  const trouble = shallowRef<Refused>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(q, () => {
    [trouble.value, found.value] = [undefined, undefined]; // never what was found for other words
    clearTimeout(timer);
    timer = setTimeout(() => void search(q.value.trim()), restMs);
  });

  async function search(words: string): Promise<void> {
    if (words === '') return;
    try {
      const query = { q: words, limit: atMost };
      const { items } = await answerOf(service.GET('/api/v1/residents', { params: { query } }));
      if (words === q.value.trim()) found.value = items;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      trouble.value = error;
    }
  }
  return { q, found, trouble };
}
