import type { Signal } from '../model/alert.ts';
import type { Reading } from '../model/reading.ts';
import { stamp } from './local-time.ts';
import type { Household, Rule } from './rule.ts';
import { fromReading, raise } from './signals.ts';
import { whoOf, words } from './words.ts';

/** A press this old is told, but nobody runs any more. */
const historyAfterMs = 24 * 3_600_000;

/**
 * Every press is a call for help: nothing is remembered, so that nothing can hold one back. Which presses belong to one
 * alert is the alerts' business.
 */
export const sos: Rule<null> = {
  kind: 'sos',
  initial: null,
  step(home, state, input) {
    if (input.kind !== 'reading' || !input.reading.facts.events?.includes('sos')) return { state };
    return { state, signals: [press(home, input.reading)] };
  },
};

function press(home: Household, reading: Reading): Signal {
  const who = whoOf(home, reading.deviceId);
  const isHistory = reading.receivedAtMs - reading.takenAtMs >= historyAfterMs;
  return raise(home, fromReading(reading), {
    type: 'sos',
    key: reading.id,
    severity: isHistory ? 'P4' : 'P1',
    summary: reading.late ? words.sosLate(who, stamp(home.timeZone, reading.takenAtMs)) : words.sos(who),
  });
}
