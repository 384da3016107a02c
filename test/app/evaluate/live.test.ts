import { expect, test } from 'vitest';
import { type Lived, live } from '../../../app/evaluate/live.ts';
import { naiveRules } from '../../../app/evaluate/naive/index.ts';
import { scoresOf } from '../../../app/evaluate/scores.ts';
import { areaRules } from '../../../rules/areas/index.ts';
import { type AnyRule, rules } from '../../../rules/index.ts';
import { fromReading, raise } from '../../../rules/signals.ts';

const few = { seed: 'few', residents: 12, days: 5 };
const service = { rules, areaRules };
const ours = live(few, service);

test('the same seed gives the same figures to the last digit, another seed other ones', () => {
  // As text: comparing thousands of records one by one takes longer than living them.
  expect(JSON.stringify(live(few, service)) === JSON.stringify(ours)).toBe(true);
  expect(JSON.stringify(live({ ...few, seed: 'other' }, service)) === JSON.stringify(ours)).toBe(false);
});

test('whoever says nothing misses everything', () => {
  const { findings, falseAlarms } = live(few, { rules: [], areaRules: [] });
  expect(falseAlarms).toEqual([]);
  expect(findings.some(({ truth }) => truth.isRequired)).toBe(true);
  expect(findings.filter(({ raise }) => raise !== undefined)).toEqual([]);
});

test('whoever says it of every message notices every exit and is wrong all day', () => {
  const crier: AnyRule = {
    kind: 'crier',
    initial: null,
    step(home, state, input) {
      if (input.kind !== 'reading' || input.reading.facts.position === undefined) return { state };
      const claim = { type: 'zoneExit', key: input.reading.id, severity: 'P2', summary: { zh: '', en: '' } } as const;
      return { state, signals: [raise(home, fromReading(input.reading), claim)] };
    },
  };
  const lived = live(few, { rules: [crier], areaRules: [] });
  const exits = scoresOf(lived, few.days).lines.find(({ type }) => type === 'zoneExit');
  expect(exits?.noticed).toBe(exits?.happened);
  expect(exits?.falseAlarms).toBeGreaterThan(0);
});

test('calls for help and smoke are noticed whatever the links, clocks and retransmissions make of them', () => {
  for (const type of ['sos', 'smoke'] as const) {
    const asked = ours.findings.filter(({ truth }) => truth.isRequired && truth.detectedBy.includes(type));
    expect(asked.filter(({ raise }) => raise === undefined)).toEqual([]);
    expect(ours.falseAlarms.filter((alarm) => alarm.type === type)).toEqual([]);
  }
});

test('naive rules are wrong far more often on the same days', () => {
  const naive = live(few, { rules: naiveRules, areaRules: [] });
  const wrong = ({ falseAlarms }: Lived, type: string) => falseAlarms.filter((alarm) => alarm.type === type).length;
  expect(wrong(naive, 'zoneExit')).toBeGreaterThan(10 * Math.max(1, wrong(ours, 'zoneExit')));
  expect(wrong(naive, 'vitals')).toBeGreaterThan(10 * Math.max(1, wrong(ours, 'vitals')));
  expect(naive.falseAlarms.length).toBeGreaterThan(ours.falseAlarms.length);
});
