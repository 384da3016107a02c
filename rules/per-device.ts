import type { Household } from './rule.ts';

/** State kept for each device of a home, by device id. */
export type PerDevice<T> = Readonly<Record<string, T>>;

/**
 * The record with one entry put or (undefined) taken out. Devices that left the home go with it: the record never
 * holds more entries than the home has devices.
 */
export function withDevice<T>(
  home: Household,
  record: PerDevice<T>,
  deviceId: string,
  entry: T | undefined,
): PerDevice<T> {
  const kept = Object.entries(record).filter(([id]) => id !== deviceId && home.devices.has(id));
  return Object.fromEntries(entry === undefined ? kept : [...kept, [deviceId, entry]]);
}

/** The earliest of some deadlines; undefined when none is awaited. */
export function earliest(deadlinesAtMs: Iterable<number | undefined>): number | undefined {
  let found: number | undefined;
  for (const atMs of deadlinesAtMs) {
    if (atMs !== undefined && (found === undefined || atMs < found)) found = atMs;
  }
  return found;
}
