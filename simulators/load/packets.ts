import { generate } from 'mqtt-packet';
import type { Profile } from './profiles.ts';

export type Qos = 0 | 1 | 2;

/** Message ids are cell numbers plus one, so a ring cannot be larger than there are ids. */
const maxCells = 65_535;

const timeDigits = 13;
/** Cells of one device that share a round of `seq`: its last three digits. */
const cellsPerRound = 1000;

/**
 * PUBLISH packets of one connection, ready to be sent again and again. Sending patches two numbers in place: the time `t`
 * and `seq`. A cell may be reused once it was acknowledged, so no byte is ever copied.
 */
export type PacketRing = {
  readonly bytes: Buffer;
  readonly cells: number;
  /** `cells + 1` offsets: cell n is `bytes[starts[n] .. starts[n + 1]]`. */
  readonly starts: Int32Array;
  /** Where the digits of `t` begin, by cell. */
  readonly timeAt: Int32Array;
};

/**
 * Builds the ring for the devices that share one connection (taking turns, cell by cell).
 *
 * `seq` of a message is `(startMs + round) * 1000 + cell`: it grows for every device and, because it starts from the clock,
 * never repeats one of an earlier run, which the service would rightly ignore as a retransmission.
 */
export function packetRing(
  deviceIds: readonly string[],
  window: number,
  qos: Qos,
  profile: Profile,
  startMs: number,
): PacketRing {
  const cells = ringSize(deviceIds.length, window, profile.cycle);
  const packets = Array.from({ length: cells }, (_, cell) => packetOf(deviceIds, cell, qos, profile, startMs));
  const starts = new Int32Array(cells + 1);
  packets.forEach(({ bytes }, cell) => {
    starts[cell + 1] = starts[cell]! + bytes.length;
  });
  const timeAt = Int32Array.from(packets, ({ timeAt }, cell) => starts[cell]! + timeAt);
  return { bytes: Buffer.concat(packets.map(({ bytes }) => bytes)), cells, starts, timeAt };
}

/** Enough for the window and the profile's cycle, and the same number for each device so that their turns never change. */
function ringSize(devices: number, window: number, cycle: number): number {
  const perDevice = Math.ceil(Math.max(window, cycle) / devices);
  const cells = perDevice * devices;
  if (cells > maxCells) throw new RangeError(`a connection can carry at most ${maxCells} devices, got ${devices}`);
  return cells;
}

function packetOf(deviceIds: readonly string[], cell: number, qos: Qos, profile: Profile, startMs: number) {
  const deviceId = deviceIds[cell % deviceIds.length]!;
  const { lane, facts } = profile.message(cell);
  const seq = startMs * cellsPerRound + (Math.floor(cell / deviceIds.length) % cellsPerRound);
  const payload = Buffer.from(JSON.stringify({ t: startMs, seq, ...facts }));
  const topic = `v1/devices/${deviceId}/${lane}`;
  const bytes = generate({ cmd: 'publish', topic, payload, qos, messageId: cell + 1, dup: false, retain: false });
  return { bytes, timeAt: bytes.length - payload.length + '{"t":'.length };
}

/** Makes a cell a new message: the time of sending (13 ASCII digits) and the next `seq`. */
export function renew(ring: PacketRing, cell: number, time: Uint8Array): void {
  const at = ring.timeAt[cell]!;
  const { bytes } = ring;
  for (let digit = 0; digit < timeDigits; digit += 1) bytes[at + digit] = time[digit]!;
  increment(bytes, at + timeDigits + ',"seq":'.length + timeDigits - 1);
}

/** Adds one to the decimal number whose last ASCII digit is at `last`. */
function increment(bytes: Uint8Array, last: number): void {
  let at = last;
  while (bytes[at] === 0x39) {
    bytes[at] = 0x30;
    at -= 1;
  }
  bytes[at]! += 1;
}

/** The wall clock as ASCII digits, rewritten only when the millisecond changes. */
export class ClockText {
  readonly digits = Buffer.alloc(timeDigits);
  #shownMs = -1;

  show(nowMs: number): Uint8Array {
    if (nowMs !== this.#shownMs) {
      this.digits.write(String(nowMs), 'latin1');
      this.#shownMs = nowMs;
    }
    return this.digits;
  }
}
