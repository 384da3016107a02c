import type { Facts } from '../../model/reading.ts';
import type { Purpose } from '../contracts.ts';
import { claimNames, claimsPresent, eventsPresent, numberFacts, positionPresent } from './fact-codes.ts';
import { readClaims } from './facts-row.ts';
import { factsFor, purposeOf, purposesOf } from './purposes.ts';
import { decodeReading, encodeReading, factsIn } from './reading-row.ts';

/*
 * What a reading's row is kept for, as a sum of bits, and the row without what its time is over for. The nightly round
 * looks at every old row, so the bits come from the row itself without making the reading.
 */

export const purposes = ['positions', 'vitals', 'motion', 'device'] as const satisfies readonly Purpose[];

export function bitOf(purpose: Purpose): number {
  return 1 << purposes.indexOf(purpose);
}

const bits = { position: bitOf('positions'), device: bitOf('device') };
const ofNumbers = numberFacts.map(({ name, bit }) => ({ present: bit, bit: bitOf(purposeOf(name)) }));
/** What each claim is kept for, at the place of its code. */
const ofClaims = claimNames.map((name) => bitOf(purposeOf(name)));

/** Of a row that is whole. */
export function servedBy(key: string, value: string): number {
  const row = factsIn(key, value);
  if ('facts' in row) return purposesOf(row.facts).reduce((sum, purpose) => sum | bitOf(purpose), 0);
  const { present, reader } = row;
  let served = (present & positionPresent) === 0 ? 0 : bits.position;
  if ((present & eventsPresent) !== 0) served |= bits.device;
  for (const number of ofNumbers) if ((present & number.present) !== 0) served |= number.bit;
  if ((present & claimsPresent) !== 0) {
    const claims = readClaims(reader, present);
    for (let code = 0; code < ofClaims.length; code += 1) if ((claims & (1 << code)) !== 0) served |= ofClaims[code]!; // as long
  }
  return served === 0 ? bits.device : served;
}

/** The row without what is kept for these purposes; undefined when it is damaged. */
export function withoutPurposes(key: string, value: string, ended: number): string | undefined {
  const reading = decodeReading(key, value);
  if (reading === undefined) return undefined;
  const facts: Facts = factsFor(reading.facts, (purpose) => (bitOf(purpose) & ended) === 0);
  return encodeReading(key, { ...reading, facts });
}
