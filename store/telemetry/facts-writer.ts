import type { Facts } from '../../model/reading.ts';
import { claimNames, claimsPresent, eventNames, eventsPresent, numberFacts, positionPresent } from './fact-codes.ts';
import type { PackedWriter } from './packed.ts';
import { writePosition } from './position-row.ts';

/** A row that could become long is not packed; nothing a device can send comes near. */
const maxEvents = 50;

type Place =
  | { readonly kind: 'number'; readonly index: number; readonly bit: number }
  | { readonly kind: 'claim'; readonly bit: number }
  | { readonly kind: 'other'; readonly bit: number };

const places = new Map<string, Place>([
  ...numberFacts.map(({ name, bit }, index) => [name, { kind: 'number', index, bit }] as const),
  ...claimNames.map((name, code) => [name, { kind: 'claim', bit: 1 << code }] as const),
  ['position', { kind: 'other', bit: positionPresent }],
  ['events', { kind: 'other', bit: eventsPresent }],
]);

/**
 * Writes the facts of one reading after the other. They are gathered in one pass over the names that are there: asking
 * for each of nineteen names in turn took three times as long.
 */
export class FactsWriter {
  readonly #numbers = new Float64Array(numberFacts.length);
  #claims = 0;
  #present = 0;

  /** What is there, as bits; undefined when only the general form can keep it. */
  gather(facts: Facts): number | undefined {
    this.#claims = 0;
    this.#present = 0;
    for (const name in facts) {
      const value = facts[name as keyof Facts]; // one of its own keys
      if (value !== undefined && !this.#take(name, value)) return undefined;
    }
    return facts.events !== undefined && facts.events.length > maxEvents ? undefined : this.#present;
  }

  /** What was gathered last. */
  write(writer: PackedWriter, { position, events }: Facts): void {
    for (let index = 0; index < numberFacts.length; index += 1) {
      const { bit, scale } = numberFacts[index]!; // in range
      if ((this.#present & bit) !== 0) writer.number(this.#numbers[index]!, scale); // as long as the list
    }
    if (this.#claims !== 0) writer.uint(this.#claims);
    if (position !== undefined) writePosition(writer, position);
    if (events === undefined) return;
    writer.uint(events.length);
    for (const event of events) writer.bits7(eventNames.indexOf(event));
  }

  #take(name: string, value: Facts[keyof Facts]): boolean {
    const place = places.get(name);
    if (place === undefined) return false;
    if (place.kind === 'claim') {
      this.#present |= claimsPresent;
      this.#claims |= value === true ? place.bit * 257 : place.bit;
      return true;
    }
    if (place.kind === 'number') this.#numbers[place.index] = Number(value);
    this.#present |= place.bit;
    return true;
  }
}
