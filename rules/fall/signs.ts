import type { Reading } from '../../model/reading.ts';
import type { Household } from '../rule.ts';
import type { Verdict } from './judge.ts';
import type { Doubt, Pending } from './state.ts';

/** What a sensor sees right after the fall is the fall. */
export const settlingMs = 15_000;
/** An arm that waves counts some steps too. */
export const walkingSteps = 20;
export const helpWithinMs = 120_000;
/** A burst that is movement for more than half of its time is life. */
const livelyShare = 0.5;

/** By the clock of the device that fell, when it is the one that speaks. */
export function sinceFall({ fellAtMs, aheadMs = 0, deviceId }: Pending | Doubt, reading: Reading): number {
  return reading.takenAtMs - (reading.deviceId === deviceId ? aheadMs : 0) - fellAtMs;
}

/** Somebody moves: as a sensor says, or as the model says of a burst. */
export function hasMoved(home: Household, { kind, facts }: Reading, verdict: Verdict | undefined): boolean {
  if (verdict !== undefined) return verdict.features.movingShare > livelyShare;
  if (facts.motion !== true) return false;
  // A sensor on the wall cannot tell the cat from the person.
  return kind !== 'motionSensor' || home.resident?.hasPet !== true;
}
