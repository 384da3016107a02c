import { computed, onScopeDispose, readonly, ref, shallowRef, watch } from 'vue';
import { openAlerts } from '../../service/alerts.ts';
import { answerOf, Refused, service } from '../../service/client.ts';
import { session } from '../../service/session.ts';

/** When the own position is told to the centre: never, while on the way, or for as long as this page is open. */
export const choices = ['off', 'onTheWay', 'onDuty'] as const;
export type Choice = (typeof choices)[number];
/** `waiting`: nothing is to be told now; `asking`: the device is looking, or the browser asks its owner. */
export type Sharing = 'off' | 'waiting' | 'asking' | 'sharing' | 'denied' | 'unsupported' | 'failed';

const kept = 'anju.console.position';
const sendsEveryMs = 15_000;
const choice = ref<Choice>(choices.find((one) => one === localStorage.getItem(kept)) ?? 'off');
const state = ref<Sharing>('off');
/** RFC 3339. */
const lastSentAt = shallowRef<string>();
export const sharing = { choice: readonly(choice), state: readonly(state), lastSentAt: readonly(lastSentAt) };

export function choose(next: Choice): void {
  choice.value = next;
  localStorage.setItem(kept, next);
}

const isOnTheWay = computed(() =>
  openAlerts.value.some((alert) => alert.state === 'enRoute' && alert.assignee === session.user.value?.id),
);
const isDue = computed(() => choice.value === 'onDuty' || (choice.value === 'onTheWay' && isOnTheWay.value));

/** Tells the service where this device is while that is due, and takes it back when it no longer is. Nothing is kept there. */
export function usePositionSharing(): void {
  let watching: number | undefined;
  let sentAtMs = 0;

  watch([choice, isDue], arrange, { immediate: true });
  onScopeDispose(() => end('off'));

  function arrange(): void {
    if (!isDue.value) end(choice.value === 'off' ? 'off' : 'waiting');
    else if (watching === undefined) begin();
  }

  function begin(): void {
    if (!('geolocation' in navigator)) {
      state.value = 'unsupported';
      return;
    }
    [state.value, sentAtMs] = ['asking', 0];
    watching = navigator.geolocation.watchPosition(tell, fail, { enableHighAccuracy: true, maximumAge: 5_000 });
  }

  function end(how: Sharing): void {
    state.value = how;
    if (watching === undefined) return;
    navigator.geolocation.clearWatch(watching);
    watching = undefined;
    // It is forgotten by itself after 15 minutes.
    if (lastSentAt.value !== undefined) void service.DELETE('/api/v1/me/position').catch(() => undefined);
    lastSentAt.value = undefined;
  }

  function fail({ code, PERMISSION_DENIED }: GeolocationPositionError): void {
    state.value = code === PERMISSION_DENIED ? 'denied' : 'failed';
  }

  async function tell({ coords, timestamp }: GeolocationPosition): Promise<void> {
    if (timestamp - sentAtMs < sendsEveryMs) return;
    sentAtMs = timestamp;
    const { latitude: lat, longitude: lon, accuracy } = coords;
    const body = { lat, lon, ...(accuracy > 0 && { accuracyM: Math.min(accuracy, 100_000) }), datum: 'WGS84' as const };
    try {
      await answerOf(service.PUT('/api/v1/me/position', { body }));
      if (watching !== undefined) [state.value, lastSentAt.value] = ['sharing', new Date(timestamp).toISOString()];
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      state.value = 'failed';
    }
  }
}
