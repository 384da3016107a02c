/** `王**`: enough to tell two rows apart on a wall, too little to know who it is. */
export function masked(name: string): string {
  const [first = ''] = name.trim();
  return `${first}**`;
}

type Named = { readonly name: string; readonly contacts: readonly { readonly name: string }[] };
type Sentence = { readonly zh: string; readonly en: string };

/**
 * A sentence about somebody with their name and those of their contacts masked. Undefined when it does not name them as
 * they are called now: it may be what they were called before, or they are no longer known, and then nothing tells
 * which of its words is a name.
 */
export function withoutNames({ zh, en }: Sentence, about: Named | undefined): Sentence | undefined {
  if (about === undefined || ![zh, en].every((words) => words.includes(about.name))) return undefined;
  const names = [about, ...about.contacts].map(({ name }) => name).filter((name) => name !== '');
  const masking = (words: string) => names.reduce((left, name) => left.replaceAll(name, masked(name)), words);
  return { zh: masking(zh), en: masking(en) };
}
