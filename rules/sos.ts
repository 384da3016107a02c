import type { Signal } from '../model/alert.ts';
import { stamp } from '../model/local-time.ts';
import type { Reading } from '../model/reading.ts';
import type { Household, Rule } from './rule.ts';
import { fromReading, raise } from './signals.ts';
import { whoOf, words } from './words.ts';

/**
 * Every press is a call for help: nothing is remembered, so that nothing can hold one back. Which presses belong to one
 * alert is the alerts' business. However old its time stamp, it is P1: nobody has answered it yet, and a clock that was set wrongly looks
 * the same as a press out of a buffer.
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
  return raise(home, fromReading(reading), {
    type: 'sos',
    key: reading.id,
    severity: 'P1',
    summary: reading.late ? words.sosLate(who, stamp(home.timeZone, reading.takenAtMs)) : words.sos(who),
  });
}
