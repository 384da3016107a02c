import { shallowRef } from 'vue';
import { Refused } from '../service/client.ts';
import { sentenceFor } from '../words/troubles.ts';

/** Something that is asked of the service by a press: once at a time, with what went wrong as a sentence. */
export function useAsked() {
  const isBusy = shallowRef(false);
  const trouble = shallowRef<Refused>();

  async function ask(what: () => Promise<void>): Promise<void> {
    if (isBusy.value) return;
    [isBusy.value, trouble.value] = [true, undefined];
    try {
      await what();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      trouble.value = error;
    } finally {
      isBusy.value = false;
    }
  }

  return { isBusy, trouble, sentence: () => (trouble.value === undefined ? '' : sentenceFor(trouble.value)), ask };
}
