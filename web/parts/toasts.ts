import { readonly, shallowRef } from 'vue';

const showsMs = 5_000;
const shownAtMost = 3;

export type Toast = {
  readonly id: number;
  readonly text: string;
  readonly undo: (() => void) | undefined;
  readonly word: string | undefined;
};

const shown = shallowRef<readonly Toast[]>([]);
let lastId = 0;
export const toasts = readonly(shown);

/** Says for five seconds what was done; `undo` where that is safe, under another `word` where it is another way on. Its id is the answer. */
export function say(text: string, undo?: () => void, word?: string): number {
  lastId += 1;
  const id = lastId;
  shown.value = [...shown.value, { id, text, undo, word }].slice(-shownAtMost);
  setTimeout(() => dismiss(id), showsMs);
  return id;
}

export function dismiss(id: number): void {
  shown.value = shown.value.filter((toast) => toast.id !== id);
}
