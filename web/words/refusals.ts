import { shallowRef } from 'vue';

type Table = readonly (readonly [said: string, translated: string])[];
/** `said` is what stands between the places where something is named. */
type Known = { readonly said: readonly string[]; readonly translated: string };

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
  return table.map(([said, translated]) => ({ said: said.split('{}'), translated }));
}

/** What is named in it, one or several, is translated as well where it is known (`devices`, `devices band-0`). Pure. */
export function translatedBy(table: readonly Known[], said: string): string | undefined {
  for (const one of table) {
    const named = namedIn(one.said, said);
    if (named === undefined) continue;
    return one.translated.replaceAll(/\{(\d)\}/g, (_, n: string) => {
      const value = named[Number(n) - 1] ?? '';
      const all = value.split(', ').map((each) => translatedBy(table, each) ?? each);
      return all.join('、');
    });
  }
  return undefined;
}

/** What is named in the sentence, undefined when it is another one. A full stop more at its end makes no difference. */
function namedIn([beginning = '', ...rest]: readonly string[], said: string): string[] | undefined {
  if (!said.startsWith(beginning)) return undefined;
  const text = said.slice(beginning.length);
  return (text.endsWith('.') ? namedBefore(rest, text.slice(0, -1)) : undefined) ?? namedBefore(rest, text);
}

/** Each name is as short as can be, and not empty. */
function namedBefore([next, ...rest]: readonly string[], text: string): string[] | undefined {
  if (next === undefined) return text === '' ? [] : undefined;
  for (let at = 1; at <= text.length; at += 1) {
    if (!text.startsWith(next, at)) continue;
    const named = namedBefore(rest, text.slice(at + next.length));
    if (named !== undefined) return [text.slice(0, at), ...named];
  }
  return undefined;
}
