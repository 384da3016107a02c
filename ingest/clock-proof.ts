import type { Reading } from '../model/reading.ts';
import type { Decoded } from './contracts.ts';

/** How a device's clock was last seen to be right, by receipt. */
type Seen = { readonly rightAtMs: number; readonly beforeGapMs: number | undefined };

const minuteMs = 60_000;
/** A clock is right when it is so close to ours. */
const rightWithinMs = 5 * minuteMs;
/** Right so long ago, it is right now. */
const holdsMs = 10 * minuteMs;
/** Silent for so long, the device may have lost its power and with it its clock. */
const gapMs = 60 * minuteMs;
/** No device keeps a buffer for longer; older is a clock's first day. */
const longestBufferMs = 30 * 24 * 60 * minuteMs;
const recordMs = 24 * 60 * minuteMs;
const defaultMaxDevices = 200_000;

/**
 * Knows of which devices the clock can be believed about yesterday. A press that says "two days ago" was pressed two days
 * ago, or just now on a device whose clock is wrong. The first is certain only when the clock is right now (a neighbour in
 * the same message, or up to ten minutes before) and was right when we last heard of the device before its silence, and
 * the press lies in between: a clock that lost its power begins at a date from before that.
 *
 * Not kept across a restart: who is not known is not believed, and the press is an emergency.
 */
export class ClockProof {
  readonly #seen = new Map<string, Seen>();
  readonly #maxDevices: number;

  constructor(maxDevices = defaultMaxDevices) {
    this.#maxDevices = maxDevices;
  }

  /** Notes whose clocks are right in one message. Before `proves` is asked about it. */
  look(decoded: readonly Decoded[], receivedAtMs: number): void {
    for (const { device, deviceClockMs } of decoded) {
      if (deviceClockMs === undefined || Math.abs(receivedAtMs - deviceClockMs) > rightWithinMs) continue;
      this.#note(device.id, receivedAtMs);
    }
  }

  /** Is it certain that this reading was taken when it says, over a day ago? */
  proves({ deviceId, takenAtMs, receivedAtMs }: Reading): boolean {
    const ageMs = receivedAtMs - takenAtMs;
    if (ageMs < recordMs || ageMs > longestBufferMs) return false;
    const seen = this.#seen.get(deviceId);
    if (seen?.beforeGapMs === undefined || Math.abs(receivedAtMs - seen.rightAtMs) > holdsMs) return false;
    return takenAtMs > seen.beforeGapMs;
  }

  #note(deviceId: string, atMs: number): void {
    const was = this.#seen.get(deviceId);
    if (was !== undefined && atMs - was.rightAtMs < minuteMs) return;
    const isGap = was !== undefined && atMs - was.rightAtMs > gapMs;
    this.#seen.set(deviceId, { rightAtMs: atMs, beforeGapMs: isGap ? was.rightAtMs : was?.beforeGapMs });
    if (this.#seen.size > this.#maxDevices) this.#forgetOldest();
  }

  #forgetOldest(): void {
    const [oldest] = this.#seen.keys().take(1);
    if (oldest !== undefined) this.#seen.delete(oldest);
  }
}
