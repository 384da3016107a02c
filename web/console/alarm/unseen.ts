import { computed, shallowRef } from 'vue';
import { unclaimedEmergencies } from '../../alerts/emergencies.ts';

const seen = shallowRef<ReadonlySet<string>>(new Set());

/** Emergencies that wait, are not silenced, and that nobody at this page has seen. */
export const unseenEmergencies = computed(() =>
  unclaimedEmergencies.value.filter(({ id, silenced }) => silenced === undefined && !seen.value.has(id)),
);

/** Somebody at this page has looked at them. What does not wait is left alone: should it wait again, it has to be seen anew. */
export function markSeen(...ids: readonly string[]): void {
  const unseen = unseenEmergencies.value.filter(({ id }) => ids.includes(id));
  if (unseen.length > 0) seen.value = new Set([...seen.value, ...unseen.map(({ id }) => id)]);
}

/** Somebody at this page has just raised it: it need not sound at whoever telephones. The list may have it a frame later. */
export function markRaised(id: string): void {
  seen.value = new Set([...seen.value, id]);
}

/** What was answered is forgotten: when it waits again (passed on, taken back), it has to be seen again. */
export function forgetAnswered(): void {
  const waiting = new Set(unclaimedEmergencies.value.map(({ id }) => id));
  const kept = [...seen.value].filter((id) => waiting.has(id));
  if (kept.length < seen.value.size) seen.value = new Set(kept);
}
