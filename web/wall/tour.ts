import { onScopeDispose, readonly, shallowRef, watch } from 'vue';
import type { Overview } from './areas.ts';
import { nextStop } from './next-stop.ts';

/** How long the wall stays at an area. */
export const stayMs = 30_000;

/** The area that is shown, going on by itself; `base` is what people have chosen. */
export function useTour(baseId: () => string, overview: () => Overview | undefined) {
  const shownId = shallowRef(baseId());
  const isPaused = shallowRef(false);
  let timer: ReturnType<typeof setInterval> | undefined;

  function goOn(): void {
    const known = overview();
    if (known?.area.id === baseId()) shownId.value = nextStop(known.area, known.children, shownId.value);
  }
  function start(): void {
    clearInterval(timer);
    if (!isPaused.value) timer = setInterval(goOn, stayMs);
  }
  watch(baseId, (id) => {
    shownId.value = id;
    start();
  });
  watch(isPaused, start, { immediate: true });
  onScopeDispose(() => clearInterval(timer));
  return {
    shownId: readonly(shownId),
    isPaused: readonly(isPaused),
    switchPause: () => {
      isPaused.value = !isPaused.value;
    },
  };
}
