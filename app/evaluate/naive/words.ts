import type { Bilingual } from '../../../model/alert.ts';

/** Naive rules speak to nobody but the table. */
export function plain(words: string): Bilingual {
  return { zh: words, en: words };
}
