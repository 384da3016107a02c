import { shallowRef } from 'vue';
import { Refused } from '../service/client.ts';
import { sentenceFor } from '../words/troubles.ts';

/** What is shown of a changing question: only the answer to the last one counts, and only its trouble. */
export function useLatest() {
  const trouble = shallowRef<Refused>();
  let asked = 0;

  async function ask<T>(what: () => Promise<T>, show: (answer: T) => void): Promise<void> {
    asked += 1;
    const question = asked;
    try {
      const answer = await what();
      if (question !== asked) return;
      trouble.value = undefined;
      show(answer);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (question === asked) trouble.value = error;
    }
  }

  return { trouble, sentence: () => (trouble.value === undefined ? '' : sentenceFor(trouble.value)), ask };
}

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
