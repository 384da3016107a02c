import { shallowRef } from 'vue';

type Table = readonly (readonly [said: string, translated: string])[];
type Known = { readonly said: RegExp; readonly translated: string };

const known = shallowRef<readonly Known[]>([]);

/** The sentences of the service in the language that is chosen; English needs none. Kept apart from the words: only who is refused needs them. */
export async function useRefusalsOf(language: 'zh' | 'en'): Promise<void> {
  const table = language === 'en' ? [] : (await import('./zh/refusals.ts')).refusals;
  known.value = compiled(table);
}

/** A sentence of the service in the chosen language; undefined when it is not known. */
export function refusalInWords(said: string): string | undefined {
  return translatedBy(known.value, said);
}

export function compiled(table: Table): readonly Known[] {
  return table.map(([said, translated]) => ({ said: new RegExp(`^${patternOf(said)}\\.?$`, 's'), translated }));
}

/** What is named in it, one or several, is translated as well where it is known (`devices`, `devices band-0`). Pure. */
export function translatedBy(table: readonly Known[], said: string): string | undefined {
  for (const one of table) {
    const named = one.said.exec(said)?.slice(1);
    if (named === undefined) continue;
    return one.translated.replaceAll(/\{(\d)\}/g, (_, n: string) => {
      const value = named[Number(n) - 1] ?? '';
      const all = value.split(', ').map((each) => translatedBy(table, each) ?? each);
      return all.join('、');
    });
  }
  return undefined;
}

function patternOf(said: string): string {
  return said
    .split('{}')
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('(.+?)');
}
