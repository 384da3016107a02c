import { describe, expect, test } from 'vitest';
import { AlertState, AlertType, Severity } from '../../model/alert.ts';
import { outcomeKinds } from '../../model/outcome.ts';
import { Role } from '../../model/people.ts';
import { en } from '../../web/words/en/index.ts';
import { zh } from '../../web/words/zh/index.ts';

type Tree = { readonly [key: string]: string | Tree };

/** `room.word` and its text. */
function flat(tree: Tree, before = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[before + key, value]] : flat(value, `${before}${key}.`),
  );
}

const chinese = new Map(flat(zh));
const english = new Map(flat(en));
/** Of one thing and of several (`one | many`) the places are the same, the number apart. */
const placesIn = (text = '') => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

describe('both languages are complete', () => {
  test('they have the same words', () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
  });

  test('no text is empty, and both leave the same places open', () => {
    for (const [key, text] of chinese) {
      expect({ key, text: text.trim() }).not.toEqual({ key, text: '' });
      expect({ key, text: english.get(key)?.trim() }).not.toEqual({ key, text: '' });
      expect({ key, places: placesIn(english.get(key)) }).toEqual({ key, places: placesIn(text) });
    }
  });

  test('the English is English, the Chinese Chinese', () => {
    const other = 'common.otherLanguage';
    const mixed = [...english].filter(([key, text]) => key !== other && /\p{Script=Han}/u.test(text));
    // What only puts other words together has no letters of its own.
    const untranslated = [...chinese].filter(([key, text]) => {
      const own = text.replaceAll(/\{\w+\}/g, '');
      return key !== other && /\p{Letter}/u.test(own) && !/\p{Script=Han}/u.test(own);
    });
    expect({ mixed, untranslated }).toEqual({ mixed: [], untranslated: [] });
  });
});

test('one is not many: a number before several has a form of its own for one', () => {
  const rooms = /^(alerts|common|console|family|login|map|share)\./;
  const wrong = [...english].filter(
    ([key, text]) => rooms.test(key) && /\{(n|steps)\} (?!is\b|was\b)[a-z]+s\b/.test(text) && !text.includes(' | '),
  );
  expect(wrong).toEqual([]);
});

test('everything the service can name has a word', () => {
  expect(Object.keys(zh.alerts.type).sort()).toEqual([...AlertType.options].sort());
  expect(Object.keys(zh.alerts.state).sort()).toEqual([...AlertState.options].sort());
  expect(Object.keys(zh.alerts.severity).sort()).toEqual([...Severity.options].sort());
  expect(Object.keys(zh.alerts.outcome).sort()).toEqual(Object.keys(outcomeKinds).sort());
  expect(Object.keys(zh.common.roles).sort()).toEqual([...Role.options].sort());
});

test('people are spoken of, not devices: no code of ours is shown', () => {
  for (const [key, text] of english)
    expect({ key, text }).not.toEqual({ key, text: expect.stringMatching(/[A-Z]{2,}_/) });
});
