import type { Reading } from '../../model/reading.ts';

/** How late the last late reading was, and when it came. */
export type Lag = { readonly lagMs: number; readonly receivedAtMs: number };

const steadyWithinMs = 15_000;
/** A buffer is emptied in seconds, and what comes out of it is ever less late. */
const spacingMs = 20_000;

/**
 * Tells a clock that stands an hour slow from a buffer being emptied: readings that arrive at their own pace and are always
 * equally late were taken when they arrived.
 *
 * @returns the reading as it should be judged, or none while it counts as late; and what to remember of it
 */
export function onTime(was: Lag | undefined, reading: Reading): { readonly reading?: Reading; readonly lag?: Lag } {
  if (!reading.late) return { reading, ...(was && { lag: was }) };
  const { takenAtMs, receivedAtMs } = reading;
  const lagMs = receivedAtMs - takenAtMs;
  if (was === undefined || Math.abs(lagMs - was.lagMs) > steadyWithinMs) return { lag: { lagMs, receivedAtMs } };
  if (receivedAtMs - was.receivedAtMs < spacingMs) return { lag: was };
  return { reading: { ...reading, takenAtMs: receivedAtMs, late: false }, lag: was };
}
