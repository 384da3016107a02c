import { nextTick, onScopeDispose, type Ref, readonly, shallowRef, watch } from 'vue';

/** How many of `count` rows are seen as a whole, never more than `atMost`; worked out anew when the list has another size. */
export function useRowsThatFit(
  list: Readonly<Ref<HTMLElement | null>>,
  count: () => number,
  atMost: number,
): Readonly<Ref<number>> {
  const fitting = shallowRef(atMost);

  async function look(): Promise<void> {
    fitting.value = atMost;
    await nextTick();
    if (list.value === null) return;
    const { bottom } = list.value.getBoundingClientRect();
    const rows = [...list.value.children];
    const whole = rows.filter((row) => row.getBoundingClientRect().bottom <= bottom + 1);
    if (whole.length < rows.length) fitting.value = Math.max(1, whole.length);
  }

  const watcher = new ResizeObserver(() => void look());
  watch(list, (element) => {
    watcher.disconnect();
    if (element) watcher.observe(element);
  });
  watch(count, look);
  onScopeDispose(() => watcher.disconnect());
  return readonly(fitting);
}
