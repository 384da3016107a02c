import type { Reading } from '../model/reading.ts';
import { likenessOf } from './identity.ts';

/** More than a device may have unanswered at once; a reading leaves one or two marks. */
const marksPerDevice = 64;
/** Beyond it the device known longest is forgotten; a repeat of its is then harmless as after a restart. */
const defaultMaxDevices = 200_000;

/**
 * What each device said lately, so that a message sent again has no second effect.
 *
 * It may forget, it must never be wrong about something new: what it lets through twice is harmless, because readings are
 * stored under their id and alerts made under an id that follows from it. So nothing is kept across a restart. What was
 * remembered but not committed must be forgotten (`forget`) before the device sends it again.
 */
export class Duplicates {
  readonly #memories = new Map<string, Marks>();
  readonly #maxDevices: number;

  constructor(maxDevices = defaultMaxDevices) {
    this.#maxDevices = maxDevices;
  }

  /** Was this said before? Remembers it when not. */
  seen(reading: Reading): boolean {
    const marks = this.#marksOf(reading.deviceId);
    const id = markOf(reading.id, 0);
    if (marks.has(id)) return true;
    const likeness = likenessOf(reading);
    const key = likeness && markOf(likeness.text, likeness.number);
    if (likeness && key && marks.has(key, reading.receivedAtMs, likeness.withinMs)) return true;
    marks.add(id, reading.receivedAtMs);
    if (key) marks.add(key, reading.receivedAtMs);
    return false;
  }

  /** Everything: after a failed commit nothing remembered is certain to be on disk. */
  forget(): void {
    this.#memories.clear();
  }

  get deviceCount(): number {
    return this.#memories.size;
  }

  #marksOf(deviceId: string): Marks {
    const known = this.#memories.get(deviceId);
    if (known !== undefined) return known;
    const marks = new Marks();
    this.#memories.set(deviceId, marks);
    if (this.#memories.size > this.#maxDevices) this.#forgetOldest();
    return marks;
  }

  #forgetOldest(): void {
    const [oldest] = this.#memories.keys().take(1);
    if (oldest !== undefined) this.#memories.delete(oldest);
  }
}

/** A ring of 53-bit marks with the time of each. */
class Marks {
  readonly #marks: number[] = [];
  readonly #atMs: number[] = [];
  #next = 0;

  /** Either way round: a mark out of the future was made before the clock was set back, nobody knows how long ago. */
  has(mark: number, atMs = 0, withinMs = Number.POSITIVE_INFINITY): boolean {
    let at = this.#marks.indexOf(mark);
    while (at >= 0) {
      if (Math.abs(atMs - this.#atMs[at]!) <= withinMs) return true; // both arrays have the same length
      at = this.#marks.indexOf(mark, at + 1);
    }
    return false;
  }

  add(mark: number, atMs: number): void {
    this.#marks[this.#next] = mark;
    this.#atMs[this.#next] = atMs;
    this.#next = (this.#next + 1) % marksPerDevice;
  }
}

/**
 * cyrb53 (public domain, bryc): 53 bits of a whole number and a short text in a tenth of a microsecond. Among 64 marks of
 * one device two different ones meet once in 10^14, and a device that tries can only silence itself.
 */
function markOf(text: string, number: number): number {
  let high = 0xdeadbeef ^ number;
  let low = 0x41c6ce57 ^ (number / 4294967296);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}
