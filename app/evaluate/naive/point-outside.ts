import type { Reading } from '../../../model/reading.ts';
import type { Household, Rule } from '../../../rules/rule.ts';
import { clear, fromReading, raise } from '../../../rules/signals.ts';
import { plain } from './words.ts';

/** Since when it has been outside; null while inside. */
type State = number | null;

/** Every fix is the truth: outside all safe zones is an exit, the next one inside ends it. */
export const pointOutside: Rule<State> = {
  kind: 'naivePointOutside',
  initial: null,
  step(home, state, input) {
    if (input.kind !== 'reading') return { state };
    const isOutside = outside(home, input.reading);
    if (isOutside === undefined || isOutside === (state !== null)) return { state };
    const { takenAtMs, deviceId } = input.reading;
    const claim = { type: 'zoneExit', severity: 'P2', summary: plain('a point outside the zone') } as const;
    const key = `${deviceId}:${state ?? takenAtMs}`;
    if (isOutside) return { state: takenAtMs, signals: [raise(home, fromReading(input.reading), { ...claim, key })] };
    return { state: null, signals: [clear(home, fromReading(input.reading), { ...claim, key })] };
  },
};

/** Undefined when the reading has no position, or nobody drew a zone that counts now. */
function outside(home: Household, { facts, takenAtMs }: Reading): boolean | undefined {
  const { position } = facts;
  if (position === undefined) return undefined;
  const safe = home.zones.safe.filter(({ isActive }) => isActive(takenAtMs));
  if (safe.length === 0) return undefined;
  return safe.every(({ signedDistanceM }) => signedDistanceM(position.lat, position.lon) > 0);
}
