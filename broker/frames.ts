const nothing = Buffer.alloc(0);

export type FrameProblem = 'packetTooLarge' | 'badLength';

/**
 * Cuts a stream of bytes into MQTT packets without decoding them.
 *
 * After `next` says `whole`, the packet is `bytes[bodyStart, bodyEnd)` with its first byte in `head`; the view holds until
 * the next `feed`. A packet that arrives in one piece is never copied; one that arrives in crumbs is copied a bounded
 * number of times, because the buffer doubles.
 */
export class Frames {
  bytes: Buffer = nothing;
  head = 0;
  bodyStart = 0;
  bodyEnd = 0;
  #start = 0;
  #end = 0;
  #ours = false;

  feed(chunk: Buffer): void {
    if (this.#start !== this.#end) this.#append(chunk);
    else {
      this.bytes = chunk;
      this.#ours = false;
      this.#start = 0;
      this.#end = chunk.length;
    }
  }

  /** `limitOf(head)` bounds the whole packet in bytes and is asked as soon as its length is known. */
  next(limitOf: (head: number) => number): 'whole' | 'incomplete' | FrameProblem {
    const { bytes } = this;
    const start = this.#start;
    let length = 0;
    for (let digit = 0; digit < 4; digit++) {
      const at = start + 1 + digit;
      if (at >= this.#end) return this.#incomplete();
      const byte = bytes[at]!; // within the bounds just checked
      length += (byte & 0x7f) << (7 * digit);
      if (byte < 0x80) return this.#cut(bytes[start]!, at + 1, at + 1 + length, limitOf);
    }
    return 'badLength';
  }

  #cut(head: number, bodyStart: number, bodyEnd: number, limitOf: (head: number) => number) {
    if (bodyEnd - this.#start > limitOf(head)) return 'packetTooLarge';
    if (bodyEnd > this.#end) return this.#incomplete();
    this.head = head;
    this.bodyStart = bodyStart;
    this.bodyEnd = bodyEnd;
    this.#start = bodyEnd;
    return 'whole';
  }

  #incomplete(): 'incomplete' {
    if (this.#start === this.#end) this.drop();
    return 'incomplete';
  }

  /** Bytes that wait for the rest of their packet, or for permission to be read. */
  get waiting(): number {
    return this.#end - this.#start;
  }

  /** The first byte of what waits. */
  get firstByte(): number | undefined {
    return this.waiting > 0 ? this.bytes[this.#start] : undefined;
  }

  drop(): void {
    this.bytes = nothing;
    this.#start = 0;
    this.#end = 0;
    this.#ours = false;
  }

  #append(chunk: Buffer): void {
    const needed = this.waiting + chunk.length;
    if (!this.#ours || this.#end + chunk.length > this.bytes.length) this.#grow(needed);
    chunk.copy(this.bytes, this.#end);
    this.#end += chunk.length;
  }

  #grow(needed: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(64, needed, 2 * this.waiting));
    this.bytes.copy(larger, 0, this.#start, this.#end);
    this.#end -= this.#start;
    this.#start = 0;
    this.bytes = larger;
    this.#ours = true;
  }
}
