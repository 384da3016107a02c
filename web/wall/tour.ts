import { onScopeDispose, readonly, shallowRef, watch } from 'vue';
import type { AreaNode, Overview } from './areas.ts';

/** How long the wall stays at an area. */
export const stayMs = 30_000;

type Stop = Pick<AreaNode, 'id' | 'residents' | 'unclaimedP1'>;

/**
 * Where the wall goes next: the whole, then each part in which people live, and again. While an emergency waits for
 * somebody, only where it is. Pure.
 */
export function nextStop(whole: Stop, parts: readonly Stop[], shownId: string): string {
  const peopled = parts.filter(({ residents }) => residents > 0);
  const urgent = peopled.filter(({ unclaimedP1 }) => unclaimedP1 > 0);
  const stops = [whole.id, ...(urgent.length > 0 ? urgent : peopled).map(({ id }) => id)];
  return stops[(stops.indexOf(shownId) + 1) % stops.length] ?? whole.id;
}

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
