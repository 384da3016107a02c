import { readonly, shallowRef } from 'vue';

const showsMs = 5_000;
const shownAtMost = 3;

export type Toast = { readonly id: number; readonly text: string; readonly undo: (() => void) | undefined };

const shown = shallowRef<readonly Toast[]>([]);
let lastId = 0;
export const toasts = readonly(shown);

/** Says for five seconds what was done; `undo` where that is safe. */
export function say(text: string, undo?: () => void): void {
  lastId += 1;
  const id = lastId;
  shown.value = [...shown.value, { id, text, undo }].slice(-shownAtMost);
  setTimeout(() => dismiss(id), showsMs);
}

export function dismiss(id: number): void {
  shown.value = shown.value.filter((toast) => toast.id !== id);
}
