import { onScopeDispose, readonly, ref } from 'vue';

const kept = 'anju.console.keys';
const on = ref(localStorage.getItem(kept) !== 'off');
/** Single letters act. People who speak to their computer, or press keys by chance, turn them off (WCAG 2.1.4). */
export const keysAreOn = readonly(on);

export function switchKeys(): void {
  on.value = !on.value;
  localStorage.setItem(kept, on.value ? 'on' : 'off');
}

/** Calls `press` with every key that was pressed for the page itself, and when (ms, clock of events): never while somebody types, and once however long it is held. */
export function useKeys(press: (key: string, atMs: number) => boolean): void {
  const onKeydown = (event: KeyboardEvent) => {
    if (isForSomethingElse(event)) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (press(key, event.timeStamp)) event.preventDefault();
  };
  addEventListener('keydown', onKeydown);
  onScopeDispose(() => removeEventListener('keydown', onKeydown));
}

function isForSomethingElse({
  defaultPrevented,
  ctrlKey,
  metaKey,
  altKey,
  isComposing,
  repeat,
  target,
  key,
}: KeyboardEvent) {
  const isHeld = repeat && key !== 'ArrowUp' && key !== 'ArrowDown';
  return defaultPrevented || ctrlKey || metaKey || altKey || isComposing || isHeld || isTyping(target);
}

const typing = 'input:not([type=checkbox]), textarea, select, [contenteditable], form';

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(typing) !== null;
}
