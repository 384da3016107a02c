import { setImmediate } from 'node:timers/promises';

/** What somebody may type to find a thing. */
export type Searchable = {
  /** Names of people: also found by pinyin and its initials. */
  readonly names?: readonly string[];
  /** Telephone numbers: found by some of their digits. */
  readonly numbers?: readonly (string | undefined)[];
  /** Anything else, as it is written. */
  readonly texts?: readonly (string | undefined)[];
};

/** All of it in the form it is compared in. */
type Keys = { readonly words: readonly string[]; readonly numbers: readonly string[] };

/** A few digits are in every number. */
const digitsAtLeast = 3;
/** Pinyin takes tens of microseconds a name: others have their turn in between. */
const namesATurn = 100;

/** Finds things by whatever part of them somebody remembers. A record that changes is another object, so keys hold. */
export class Search<T extends object> {
  readonly #searchableOf: (thing: T) => Searchable;
  readonly #keys = new WeakMap<T, Keys>();

  constructor(searchableOf: (thing: T) => Searchable) {
    this.#searchableOf = searchableOf;
  }

  /** Works out what is not known yet; resolves with the question, which is then answered at once for each thing. */
  async for(text: string, things: Iterable<T>): Promise<(thing: T) => boolean> {
    const toInitials = await pinyinOf();
    let made = 0;
    for (const thing of things) {
      if (this.#keys.has(thing)) continue;
      this.#keys.set(thing, keysOf(this.#searchableOf(thing), toInitials));
      made += 1;
      if (made % namesATurn === 0) await setImmediate();
    }
    const wanted = plain(text);
    const digits = /^[\d+]+$/.test(wanted) ? wanted.replace('+', '') : '';
    return (thing) => {
      const keys = this.#keys.get(thing) ?? keysOf(this.#searchableOf(thing), toInitials); // changed meanwhile
      const byNumber = digits.length >= digitsAtLeast && keys.numbers.some((number) => number.includes(digits));
      return byNumber || keys.words.some((word) => word.includes(wanted));
    };
  }
}

type Pinyin = (name: string) => readonly string[];
let pinyin: Promise<Pinyin> | undefined;

/** Loaded when somebody searches for the first time (5 MB, a tenth of a second), not with the service. */
function pinyinOf(): Promise<Pinyin> {
  pinyin ??= import('pinyin-pro').then(({ pinyin: convert }) => {
    const options = { toneType: 'none', type: 'array', surname: 'head', nonZh: 'consecutive', v: true } as const;
    return (name) => convert(name, options);
  });
  return pinyin;
}

function keysOf({ names = [], numbers = [], texts = [] }: Searchable, toPinyin: Pinyin): Keys {
  const words = [...names, ...texts].flatMap((text) => (text === undefined ? [] : plain(text)));
  const spoken = names.map((name) => toPinyin(plain(name)));
  return {
    words: [...words, ...spoken.map(joined), ...spoken.map(initials)],
    numbers: numbers.flatMap((number) => number?.replaceAll(/\D/g, '') ?? []),
  };
}

function joined(syllables: readonly string[]): string {
  return syllables.join('');
}

function initials(syllables: readonly string[]): string {
  return syllables.map(([first = '']) => first).join('');
}

/** As it is compared: full-width letters, case, spaces and dashes make no difference. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s\-·.]/g, '');
}
