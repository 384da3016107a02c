import type { Purpose } from '../contracts.ts';

const separator = '+';

/**
 * As a tag, because what InfluxDB deletes it finds by tags and time only: `positions+vitals` can go when both have
 * ended. A device uses one or two of the fifteen combinations, so series stay few.
 */
export function servesOf(purposes: readonly Purpose[]): string {
  return purposes.toSorted().join(separator);
}

export function servedBy(serves: string): readonly string[] {
  return serves.split(separator);
}
