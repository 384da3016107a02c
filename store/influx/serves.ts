import type { Purpose } from '../contracts.ts';

const separator = '+';

/**
 * As a tag, because what InfluxDB deletes it finds by tags and time only: facts name their one purpose, the point that
 * counts a reading names all of them (`positions+vitals`) and goes when all have ended. A device uses a few of the fifteen
 * combinations, so series stay few.
 */
export function servesOf(purposes: readonly Purpose[]): string {
  return purposes.toSorted().join(separator);
}

export function servedBy(serves: string): readonly Purpose[] {
  return serves.split(separator) as Purpose[]; // written from purposes
}
