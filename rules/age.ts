import type { Reading } from '../model/reading.ts';

const recordMs = 24 * 3_600_000;

/**
 * Is this a record of something that was over a day ago, rather than news? Only when the device's clock was seen to be right:
 * a clock that was set wrongly looks the same as a buffer, and then it happened a moment ago. `docs/LATE-DATA.md` has the
 * policy and `docs/decisions/` why.
 */
export function isRecord({ takenAtMs, receivedAtMs, clockProven }: Reading): boolean {
  return clockProven === true && receivedAtMs - takenAtMs >= recordMs;
}
