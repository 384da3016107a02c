/** MQTT control packet types a publisher hears. */
export const connack = 2;
export const puback = 4;
export const pubrec = 5;
export const pubcomp = 7;

const nothing = Buffer.alloc(0);

/** One answer: packet type and the two bytes after the length (the message id; for CONNACK flags and return code). */
export type OnAnswer = (type: number, word: number) => void;

/**
 * Reads what a broker answers to a publisher, without building an object for each of hundreds of thousands of packets a
 * second. Packets cut anywhere are put together again.
 */
export class AnswerReader {
  readonly #onAnswer: OnAnswer;
  #rest: Buffer = nothing;

  constructor(onAnswer: OnAnswer) {
    this.#onAnswer = onAnswer;
  }

  push(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let at = 0;
    for (let next = this.#readOne(bytes, at); next > at; next = this.#readOne(bytes, at)) at = next;
    // A copy: the chunk is reused by the next read.
    this.#rest = at === bytes.length ? nothing : Buffer.from(bytes.subarray(at));
  }

  /** Where the next packet begins; `at` itself when this one is not complete. */
  #readOne(bytes: Buffer, at: number): number {
    let length = 0;
    let cursor = at + 1;
    for (let shift = 0; ; shift += 7) {
      if (cursor >= bytes.length || shift > 21) return at;
      const digit = bytes[cursor]!;
      cursor += 1;
      length |= (digit & 0x7f) << shift;
      if (digit < 0x80) break;
    }
    const end = cursor + length;
    if (end > bytes.length) return at;
    this.#onAnswer(bytes[at]! >> 4, length >= 2 ? (bytes[cursor]! << 8) | bytes[cursor + 1]! : 0);
    return end;
  }
}
