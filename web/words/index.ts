import { computed, shallowRef } from 'vue';
import { createI18n } from 'vue-i18n';
import { useRefusalsOf } from './refusals.ts';
import type { zh } from './zh/index.ts';

/** As the service names languages in its texts. */
export type Language = 'zh' | 'en';
type Words = typeof zh;
type KeyOf<T, Before extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${Before}${K}` : KeyOf<T[K], `${Before}${K}.`>;
}[keyof T & string];
/** `room.word`; the compiler knows them all. */
export type WordKey = KeyOf<Words>;

const kept = 'anju.language';
const tags: Readonly<Record<Language, string>> = { zh: 'zh-CN', en: 'en-GB' };
const loaders: Readonly<Record<Language, () => Promise<Words>>> = {
  zh: async () => (await import('./zh/index.ts')).zh,
  en: async () => (await import('./en/index.ts')).en,
};

/** Messages are compiled to data, not to code, so that they work under a policy without `unsafe-eval`. */
export const i18n = createI18n({ legacy: false, locale: 'zh', messages: {} });
const current = shallowRef<Language>('zh');
export const language = computed(() => current.value);
/** For `Intl` and `lang`. */
export const languageTag = computed(() => tags[current.value]);

/** The word in the chosen language. `values` fill `{name}`; of `a day | {n} days` the first is for an `n` of 1. */
export function t(key: WordKey, values: Readonly<Record<string, string | number>> = {}): string {
  const n = String(values.n); // as a text: of the number 0 the library thinks that it is missing, and says the one it chose by
  return i18n.global.t(key, { ...values, ...('n' in values && { n }) }, n === '1' ? 1 : 2);
}

/** The text of a `{zh, en}` of the service. */
export function inLanguage(text: Readonly<Record<Language, string>>): string {
  return text[current.value];
}

/** What was chosen before, else what the browser asks for. */
export function preferredLanguage(): Language {
  const chosen = localStorage.getItem(kept);
  if (chosen === 'zh' || chosen === 'en') return chosen;
  return navigator.language.startsWith('zh') ? 'zh' : 'en';
}

export async function useLanguage(next: Language): Promise<void> {
  const global = i18n.global as { setLocaleMessage(locale: string, words: Words): void; locale: { value: string } };
  global.setLocaleMessage(next, await loaders[next]());
  global.locale.value = next;
  current.value = next;
  document.documentElement.lang = tags[next];
  // Not waited for: needed by whoever is refused something. Without a connection nobody is.
  void useRefusalsOf(next).catch(() => undefined);
}

export async function switchLanguage(): Promise<void> {
  const next = current.value === 'zh' ? 'en' : 'zh';
  localStorage.setItem(kept, next);
  await useLanguage(next);
}
