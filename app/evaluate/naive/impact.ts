import type { Rule } from '../../../rules/rule.ts';
import { fromReading, raise } from '../../../rules/signals.ts';
import { plain } from './words.ts';

const limitG = 3;

/** A peak above 3 g is a fall; so is whatever the device calls one. */
export const impact: Rule<null> = {
  kind: 'naiveImpact',
  initial: null,
  step(home, state, input) {
    if (input.kind !== 'reading') return { state };
    const { id: key, facts } = input.reading;
    const isHard = facts.burst?.samples.some(([x, y, z]) => Math.hypot(x, y, z) > limitG) === true;
    if (!isHard && !facts.events?.includes('fall')) return { state };
    const claim = { type: 'fall', key, severity: 'P2', summary: plain('an impact') } as const;
    return { state, signals: [raise(home, fromReading(input.reading), claim)] };
  },
};
