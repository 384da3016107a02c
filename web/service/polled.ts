import { computed, onScopeDispose, type Ref, shallowRef, watch } from 'vue';
import { Refused } from './client.ts';
import { nowMs, serverNowMs } from './clock.ts';

/** With the pause between two questions less than what counts as lost: a line that hangs is said within 10 s. */
const waitsAtMostMs = 5_000;
const answersInMs = 6_000;

export type Polled<T> = {
  readonly value: Readonly<Ref<T | undefined>>;
  /** Why the last question was not answered. */
  readonly trouble: Readonly<Ref<Refused | undefined>>;
  /** Epoch ms of the last answer, when it is no longer how things are. */
  readonly staleSinceMs: Readonly<Ref<number | undefined>>;
  ask(): void;
};

/**
 * Asks again and again for as long as its component lives, and at once when `key` changes. The last answer stays
 * until the next has come. `ask` throws `Refused`.
 */
export function usePolled<T>(
  key: () => string,
  ask: (key: string, signal: AbortSignal) => Promise<T>,
  everyMs: number,
): Polled<T> {
  const value = shallowRef<T>();
  const trouble = shallowRef<Refused>();
  const heardAtMs = shallowRef<number>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let current: AbortController | undefined;

  async function run(): Promise<void> {
    stop();
    const mine = new AbortController();
    current = mine;
    try {
      const answer = await ask(key(), AbortSignal.any([mine.signal, AbortSignal.timeout(waitsAtMostMs)]));
      if (mine !== current) return;
      [value.value, trouble.value, heardAtMs.value] = [answer, undefined, serverNowMs()];
    } catch (error) {
      if (mine !== current) return;
      if (!(error instanceof Refused)) throw error;
      trouble.value = error;
    }
    timer = setTimeout(() => void run(), everyMs);
  }
  function stop(): void {
    clearTimeout(timer);
    current?.abort();
    current = undefined;
  }
  const seen = () => document.visibilityState === 'visible' && void run();
  watch(key, () => void run(), { immediate: true });
  document.addEventListener('visibilitychange', seen);
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', seen);
    stop();
  });
  const staleSinceMs = computed(() => {
    if (heardAtMs.value === undefined) return undefined;
    const isStale = trouble.value !== undefined || nowMs.value - heardAtMs.value > everyMs + answersInMs;
    return isStale ? heardAtMs.value : undefined;
  });
  return { value, trouble, staleSinceMs, ask: () => void run() };
}
