import { computed, shallowRef } from 'vue';
import { unclaimedEmergencies } from '../../alerts/emergencies.ts';

const seen = shallowRef<ReadonlySet<string>>(new Set());

/** Emergencies that wait, are not silenced, and that nobody at this page has seen. */
export const unseenEmergencies = computed(() =>
  unclaimedEmergencies.value.filter(({ id, silenced }) => silenced === undefined && !seen.value.has(id)),
);

/** Somebody at this page has looked at it. */
export function markSeen(...ids: readonly string[]): void {
  if (ids.every((id) => seen.value.has(id))) return;
  seen.value = new Set([...seen.value, ...ids]);
}

/** What was answered is forgotten: when it waits again (passed on, taken back), it has to be seen again. */
export function forgetAnswered(): void {
  const waiting = new Set(unclaimedEmergencies.value.map(({ id }) => id));
  const kept = [...seen.value].filter((id) => waiting.has(id));
  if (kept.length < seen.value.size) seen.value = new Set(kept);
}
