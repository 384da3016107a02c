import { languageTag } from '../words/index.ts';

/** "A、B和C", "A, B and C". */
export function listed(names: readonly string[]): string {
  return new Intl.ListFormat(languageTag.value, { type: 'conjunction', style: 'short' }).format(names);
}
