import { expect, test } from 'vitest';
import { z } from 'zod';
import { AlertType, type Signal } from '../../model/alert.ts';
import { oneOfEach } from './support/one-of-each.ts';

/** What people raise, or their rosters: no rule concludes it. */
const byPeople: readonly AlertType[] = ['missing', 'dutyGap', 'shiftHandOver'];
/** Names stay as they are in either language; what stands round them does not. */
const Sentence = z.object({
  zh: z.string().regex(/\p{Script=Han}{2}/u),
  en: z.string().regex(/[a-z]{2,}.* [a-z]{2,}/),
});
const Reasons = z.array(Sentence).min(1);
const alarms = oneOfEach();
const told = ({ type, summary }: Signal) => `${type}: ${summary.en}`;

test('no rule is left out', () => {
  const expected = AlertType.options.filter((type) => !byPeople.includes(type));
  expect([...new Set(alarms.map(({ type }) => type))].toSorted()).toEqual(expected.toSorted());
});

for (const part of ['because', 'unless'] as const) {
  test(`every alarm says in Chinese and in English ${part === 'because' ? 'what was seen' : 'what would have kept it quiet'}`, () => {
    const lacking = alarms.filter(({ evidence }) => {
      const said = Reasons.safeParse(evidence[part]);
      return !said.success || /undefined|NaN|null|\[object/.test(JSON.stringify(said.data)); // a sentence with a hole in it
    });
    expect(lacking.map(told)).toEqual([]);
  });
}
