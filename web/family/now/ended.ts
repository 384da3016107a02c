import { type ShallowRef, shallowRef, watch } from 'vue';
import { alertsState, openAlerts } from '../../service/alerts.ts';

const saidAtMost = 3;

/**
 * Ids of alerts that were open before somebody's eyes and are over, the latest last: what was frightening does not go
 * without a word. `forget` when that was read. One that is open again is no longer over.
 */
export function useEnded(): { readonly ended: Readonly<ShallowRef<readonly string[]>>; forget(id: string): void } {
  const ended = shallowRef<readonly string[]>([]);
  watch(openAlerts, (now, before) => {
    if (alertsState.value !== 'ready') return;
    const open = new Set(now.map(({ id }) => id));
    const all = new Set([...ended.value, ...before.map(({ id }) => id)]);
    ended.value = [...all].filter((id) => !open.has(id)).slice(-saidAtMost);
  });
  const forget = (id: string) => {
    ended.value = ended.value.filter((other) => other !== id);
  };
  return { ended, forget };
}
