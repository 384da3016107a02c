import { onScopeDispose, readonly, ref } from 'vue';

/** From here on the columns stand side by side; below, one is shown at a time. As in the styles of the room. */
const wide = '(min-width: 900px)';

export function useWide() {
  const query = matchMedia(wide);
  const isWide = ref(query.matches);
  const look = () => {
    isWide.value = query.matches;
  };
  query.addEventListener('change', look);
  onScopeDispose(() => query.removeEventListener('change', look));
  return readonly(isWide);
}
