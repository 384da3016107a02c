import { computed, onScopeDispose, shallowRef, watch } from 'vue';
import { type Listed, Refused } from '../../service/client.ts';

const typingPauseMs = 200;

/** How a list is asked for, page by page. `q`: what somebody typed to find something. */
export type AskPage<T> = (query: { readonly q?: string; readonly cursor?: string }) => Promise<Listed<T>>;

/** A list on the screen: one page of it, with a way on, a way back and a search. Only the answer to the last question is shown. */
export function usePages<T>(ask: AskPage<T>) {
  const items = shallowRef<readonly T[]>([]);
  const state = shallowRef<'loading' | 'shown' | 'failed'>('loading');
  const trouble = shallowRef<Refused>();
  const wanted = shallowRef('');
  /** The cursors that led here; none on the first page. */
  const trail = shallowRef<readonly string[]>([]);
  const next = shallowRef<string | null>(null);
  let asked = 0;

  async function read(): Promise<void> {
    asked += 1;
    const question = asked;
    const cursor = trail.value.at(-1);
    const q = wanted.value.trim();
    try {
      const page = await ask({ ...(q !== '' && { q }), ...(cursor !== undefined && { cursor }) });
      if (question !== asked) return;
      [items.value, next.value, state.value] = [page.items, page.nextCursor, 'shown'];
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (question === asked) [trouble.value, state.value] = [error, 'failed'];
    }
  }

  function go(to: readonly string[]): Promise<void> {
    trail.value = to;
    return read();
  }

  let pause: ReturnType<typeof setTimeout> | undefined;
  watch(wanted, () => {
    clearTimeout(pause);
    pause = setTimeout(() => void go([]), typingPauseMs);
  });
  onScopeDispose(() => clearTimeout(pause));
  void read();

  return {
    items,
    state,
    trouble,
    wanted,
    page: computed(() => trail.value.length + 1),
    hasNext: computed(() => next.value !== null),
    isSearch: computed(() => wanted.value.trim() !== ''),
    read,
    first: () => go([]),
    onward: () => (next.value === null ? undefined : go([...trail.value, next.value])),
    back: () => go(trail.value.slice(0, -1)),
  };
}
