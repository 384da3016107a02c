import type { Mutable } from '../model/mutable.ts';
import { type Reading, subjectOf } from '../model/reading.ts';
import type { Decoded } from './contracts.ts';
import { identityOf } from './identity.ts';

/** 2015-01-01: no device in use was set to a time before; a clock that says so was never set. */
const earliestBelievedMs = Date.UTC(2015, 0, 1);
/** A clock further ahead of ours is wrong; the other way round it may be a buffer being emptied. */
const latestAheadMs = 5 * 60_000;
/** Older than this on arrival is history being told, not news. */
const lateAfterMs = 10 * 60_000;

/**
 * Settles whose, when and which: the reading as everything past the codecs knows it. A clock that cannot be believed
 * gives way to the time of receipt and is kept beside it. `_topic` says nothing that the lane does not.
 */
export function normalise(decoded: Decoded, _topic: string, receivedAtMs: number): Reading {
  const { device, lane, deviceClockMs, seq, facts } = decoded;
  const byDevice = deviceClockMs !== undefined && isBelievable(deviceClockMs, receivedAtMs);
  const takenAtMs = byDevice ? Math.trunc(deviceClockMs) : receivedAtMs;
  const reading: Mutable<Reading> = {
    id: identityOf(decoded, { takenAtMs, receivedAtMs, byDevice }),
    deviceId: device.id,
    kind: device.kind,
    subjectId: subjectOf(device.id, device.residentId),
    lane,
    takenAtMs,
    receivedAtMs,
    late: receivedAtMs - takenAtMs > lateAfterMs,
    facts,
  };
  // Put in one by one: spread from what may be nothing costs more than all the rest.
  if (deviceClockMs !== undefined && !byDevice) reading.deviceClockMs = deviceClockMs;
  if (seq !== undefined) reading.seq = seq;
  return reading;
}

function isBelievable(clockMs: number, receivedAtMs: number): boolean {
  return clockMs >= earliestBelievedMs && clockMs <= receivedAtMs + latestAheadMs;
}
