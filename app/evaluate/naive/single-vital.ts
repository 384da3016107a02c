import type { Facts } from '../../../model/reading.ts';
import type { Rule } from '../../../rules/rule.ts';
import { clear, fromReading, raise } from '../../../rules/signals.ts';
import { plain } from './words.ts';

/** Since when something has been outside; null while nothing is. */
type State = number | null;

/** The limits a dementia service used (TIHM), and NEWS2's red line for oxygen. */
const limits = {
  heartRateBpm: { least: 55, most: 100 },
  temperatureC: { least: 35, most: 37.6 },
  spo2Pct: { least: 92, most: 100 },
} as const;
const names = Object.keys(limits) as (keyof typeof limits)[]; // the keys of the table

/** Any single value outside its limits. */
export const singleVital: Rule<State> = {
  kind: 'naiveSingleVital',
  initial: null,
  step(home, state, input) {
    if (input.kind !== 'reading') return { state };
    const isOutside = outside(input.reading.facts);
    if (isOutside === undefined || isOutside === (state !== null)) return { state };
    const { takenAtMs, deviceId } = input.reading;
    const key = `${deviceId}:${state ?? takenAtMs}`;
    const claim = { type: 'vitals', key, severity: 'P3', summary: plain('a value outside its limits') } as const;
    if (isOutside) return { state: takenAtMs, signals: [raise(home, fromReading(input.reading), claim)] };
    return { state: null, signals: [clear(home, fromReading(input.reading), claim)] };
  },
};

function outside(facts: Facts): boolean | undefined {
  const measured = names.filter((name) => facts[name] !== undefined);
  if (measured.length === 0) return undefined;
  return measured.some((name) => {
    const value = facts[name] ?? Number.NaN; // was measured
    return value < limits[name].least || value > limits[name].most;
  });
}
