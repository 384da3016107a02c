import { expect, test } from 'vitest';
import { NextWords } from '../../alerts/next-words.ts';
import type { Alert } from '../../model/alert.ts';
import type { Directory } from '../../model/directory.ts';
import { Policy } from '../../model/policy.ts';
import { at, neighbourhood } from './support/night.ts';

/** A fall at 02:10 in the street; nobody has answered, and by the built-in policy the next is told after 30 s. */
const fall: Alert = {
  id: 'a',
  family: 'help',
  type: 'fall',
  types: ['fall'],
  severity: 'P1',
  state: 'open',
  residentId: 'wang',
  areaId: 'street',
  deviceIds: ['band'],
  openedAtMs: at('02:10'),
  updatedAtMs: at('02:10'),
  late: false,
  suspected: false,
  count: 1,
  summary: { zh: '跌倒', en: 'fall' },
  evidence: {},
  revision: 1,
  handling: { active: [], steps: [[]], waitingSinceMs: at('02:10'), stage: 1 },
};

function look() {
  const directory = neighbourhood([]);
  const words = new NextWords(directory, 'UTC');
  const logged: string[] = [];
  const say = (_facts: object, text: string) => void logged.push(text);
  const log = { info: say, warn: say, error: say };
  const due = (clock: string, ...alerts: readonly Alert[]) => words.due(alerts, at(clock), log).map(({ id }) => id);
  return { directory, due, logged };
}

function policy(directory: Directory, afterS: number, owner: object = {}): void {
  const steps = [
    { afterS: 0, target: 'contacts' },
    { afterS, target: 'centre' },
  ];
  const entity = Policy.parse({ id: 'p', name: 'P', ...owner, steps });
  directory.apply({ kind: 'policies', id: 'p', entity });
}

test('nothing is due before its time, and then it is, until something is done', () => {
  const { due } = look();
  expect(due('02:10:29', fall)).toEqual([]);
  expect(due('02:10:30', fall)).toEqual(['a']);
  expect(due('02:10:31', fall)).toEqual(['a']);
});

test('a policy that is written meanwhile counts at once, and so does taking it away', () => {
  const { directory, due } = look();
  expect(due('02:10:05', fall)).toEqual([]);
  policy(directory, 10);
  expect(due('02:10:10', fall)).toEqual(['a']);
  directory.apply({ kind: 'policies', id: 'p', entity: undefined });
  expect(due('02:10:11', fall)).toEqual([]);
});

test('a policy of another area counts from when the street belongs to that area', () => {
  const { directory, due } = look();
  directory.apply({ kind: 'areas', id: 'island', entity: { id: 'island', name: 'Island', kind: 'district' } });
  policy(directory, 10, { areaId: 'island' });
  expect(due('02:10:12', fall)).toEqual([]);
  const entity = { id: 'street', name: 'Street', kind: 'street' as const, parentId: 'island' };
  directory.apply({ kind: 'areas', id: 'street', entity });
  expect(due('02:10:13', fall)).toEqual(['a']);
});

test('a change of the alert is judged anew, however alike it looks', () => {
  const { due } = look();
  expect(due('02:10:20', fall)).toEqual([]);
  const earlier = { ...fall.handling!, waitingSinceMs: at('02:09:45') }; // it is waited for, as above
  expect(due('02:10:21', { ...fall, revision: 2, handling: earlier })).toEqual(['a']);
  const answered = { active: [], steps: [[]] };
  expect(due('02:11', { ...fall, revision: 3, handling: answered })).toEqual([]);
});

test('the clock is set back: everybody is looked at once, and what began in the future until it is put right', () => {
  const { due } = look();
  const settled: Alert = { ...fall, id: 'b', handling: { active: [], steps: [[]] } };
  expect(due('02:10:20', fall, settled)).toEqual([]);
  expect(due('02:05', fall, settled)).toEqual(['a', 'b']);
  expect(due('02:05:01', fall, settled)).toEqual(['a']); // its run begins later than now
  const putRight = { ...fall, handling: { ...fall.handling!, waitingSinceMs: at('02:05') } }; // it is waited for
  expect(due('02:05:02', putRight, settled)).toEqual([]);
});

test('what is silenced is looked at each time, for a silence may end any time', () => {
  const { due } = look();
  const silenced: Alert = { ...fall, silenced: 'works' };
  expect(due('02:10:01', silenced)).toEqual(['a']);
  expect(due('02:10:02', silenced)).toEqual(['a']);
});

test('one that cannot be read is looked at each time and said in the log, and the others keep their times', () => {
  const { due, logged } = look();
  const broken: Alert = Object.create(fall, {
    id: { value: 'broken' },
    severity: {
      get() {
        throw new Error('no such severity');
      },
    },
  });
  expect(due('02:10:01', broken, fall)).toEqual(['broken']);
  expect(due('02:10:30', broken, fall)).toEqual(['broken', 'a']);
  expect(logged).toContain('the next deadline of an alert could not be worked out');
});
