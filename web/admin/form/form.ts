import { computed, type InjectionKey, inject, provide, reactive, shallowRef, toRaw } from 'vue';
import { type Problem, Refused } from '../../service/client.ts';
import { sentenceFor } from '../../words/troubles.ts';
import { changesBetween, cleaned } from '../records/changes.ts';

/** A form while somebody fills it in. */
export type Form = ReturnType<typeof useForm<object>>;
const key: InjectionKey<Pick<Form, 'problemsAt' | 'claim'>> = Symbol('form');

/** The form around a field. */
export function formAround(): Pick<Form, 'problemsAt' | 'claim'> {
  const form = inject(key);
  if (form === undefined) throw new Error('a field stands in no form');
  return form;
}

/**
 * What somebody writes, sent once (`send` answers with what is stored then) however often they press. A refusal stays until the next try: each of its problems at the
 * field that has the place, the rest above the form.
 */
export function useForm<T extends object>(initial: T, send: (draft: T, before: T) => Promise<T>) {
  const before = shallowRef<T>(copyOf(initial));
  const draft = reactive(copyOf(initial)) as T; // the same without its wrapping of refs, of which there are none
  const isBusy = shallowRef(false);
  const trouble = shallowRef<Refused>();
  const claimed = reactive(new Map<string, number>());
  const problems = computed<readonly Problem[]>(() => trouble.value?.problems ?? []);

  /** The field whose place is nearest to where the problem is. */
  function ownerOf(path: string): string | undefined {
    const around = [...claimed.keys()].filter((field) => path === field || path.startsWith(`${field}.`));
    return around.sort((a, b) => b.length - a.length)[0];
  }

  /** Resolves with whether it was taken. */
  async function submit(): Promise<boolean> {
    if (isBusy.value) return false;
    [isBusy.value, trouble.value] = [true, undefined];
    try {
      settle(await send(cleaned(copyOf(draft)), cleaned(before.value)));
      return true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      trouble.value = error;
      return false;
    } finally {
      isBusy.value = false;
    }
  }

  /** From now on it shows what is stored: a password that was given is not there any more. */
  function settle(stored: T): void {
    before.value = copyOf(stored);
    for (const name of Object.keys(draft) as (keyof T)[]) if (!(name in stored)) delete draft[name]; // its own keys
    Object.assign(draft, copyOf(stored));
  }

  const form = {
    draft,
    isBusy,
    isDirty: computed(() => changesBetween(cleaned(before.value), cleaned(draft)) !== undefined),
    /** What went wrong, as a sentence, when no field can say it. */
    sentence: computed(() => (trouble.value === undefined ? undefined : sentenceFor(trouble.value))),
    problemsAt: (path: string) => problems.value.filter((problem) => ownerOf(problem.path) === path),
    problemsNowhere: computed(() => problems.value.filter((problem) => ownerOf(problem.path) === undefined)),
    hasProblems: computed(() => problems.value.length > 0),
    /** A field says that it is there; the answer takes that back. */
    claim(path: string): () => void {
      claimed.set(path, (claimed.get(path) ?? 0) + 1);
      return () => {
        const left = (claimed.get(path) ?? 1) - 1;
        if (left > 0) claimed.set(path, left);
        else claimed.delete(path);
      };
    },
    submit,
  };
  provide(key, form);
  return form;
}

function copyOf<T extends object>(value: T): T {
  return JSON.parse(JSON.stringify(toRaw(value))) as T; // came as JSON, goes as JSON
}
