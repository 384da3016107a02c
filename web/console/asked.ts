import { onScopeDispose, type ShallowRef, shallowRef, watch } from 'vue';
import { Refused } from '../service/client.ts';
import { isLive } from '../service/live.ts';
import { sentenceFor } from '../words/troubles.ts';

export type Asked<T> = {
  readonly answer: Readonly<ShallowRef<T | undefined>>;
  /** Why there is no answer, in words; empty when all is well. */
  readonly trouble: Readonly<ShallowRef<string>>;
  again(): void;
};

/**
 * Asks the service about `subject`, and anew whenever `version` changes; the last answer stays until a newer one is there.
 * Another subject forgets it at once. An answer that comes too late is dropped; what failed is asked again when the
 * connection is back.
 */
export function useAsked<T>(
  subject: () => string | undefined,
  ask: (id: string) => Promise<T>,
  version: () => unknown = () => 0,
): Asked<T> {
  const answer = shallowRef<T>();
  const trouble = shallowRef('');
  let round = 0;

  async function read(): Promise<void> {
    const id = subject();
    round += 1;
    const own = round;
    if (id === undefined) return;
    try {
      const found = await ask(id);
      if (own === round) [answer.value, trouble.value] = [found, ''];
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (own === round) trouble.value = sentenceFor(error);
    }
  }

  watch(subject, () => {
    [answer.value, trouble.value] = [undefined, ''];
  });
  watch([subject, version], read, { immediate: true });
  watch(isLive, (live) => {
    if (live && trouble.value !== '') void read();
  });
  onScopeDispose(() => {
    round += 1;
  });
  return { answer, trouble, again: () => void read() };
}
