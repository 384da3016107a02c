import { readonly, ref } from 'vue';

/** Answers come on their own time; a difference below this is the way here, not the clock. */
const answerDateErrsMs = 1_000;
const ticksEveryMs = 1_000;

let aheadMs = 0;
const now = ref(Date.now());

/** The service's clock: what is "2 minutes ago" must not depend on this device. Epoch ms. */
export function serverNowMs(): number {
  return Date.now() + aheadMs;
}

/** The same, ticking once a second; whatever shows a time depends on this one. */
export const nowMs = readonly(now);

/** Learns the service's clock from the `Date` of an answer (whole seconds). */
export function learnServerTime(date: string | null): void {
  const atMs = date === null ? Number.NaN : Date.parse(date) + 500;
  if (Number.isNaN(atMs) || Math.abs(atMs - serverNowMs()) < answerDateErrsMs) return;
  aheadMs = atMs - Date.now();
  tick();
}

function tick(): void {
  now.value = serverNowMs();
}

setInterval(tick, ticksEveryMs);
document.addEventListener('visibilitychange', tick);
