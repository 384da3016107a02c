import { textIn } from './text.ts';

/** What can be wrong with the bytes of a packet before anybody asks what they mean. */
export type BodyProblem = 'tooShort' | 'badText' | 'excessBytes';

/** Reads the fields of one packet in order. The first problem stays; what is read after it means nothing. */
export class Body {
  problem: BodyProblem | undefined;
  readonly #bytes: Buffer;
  readonly #end: number;
  #at: number;

  constructor(bytes: Buffer, start: number, end: number) {
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
  }

  get left(): number {
    return this.problem === undefined ? this.#end - this.#at : 0;
  }

  byte(): number {
    return this.#take(1) ? this.#bytes[this.#at - 1]! : 0; // taken within the bounds
  }

  number(): number {
    return this.#take(2) ? this.#bytes.readUInt16BE(this.#at - 2) : 0;
  }

  text(): string {
    const length = this.number();
    if (!this.#take(length)) return '';
    const text = textIn(this.#bytes, this.#at - length, this.#at);
    if (text === undefined) this.problem ??= 'badText';
    return text ?? '';
  }

  /** A copy: it may be kept. */
  data(): Buffer {
    const length = this.number();
    return Buffer.from(this.#take(length) ? this.#bytes.subarray(this.#at - length, this.#at) : '');
  }

  /** Nothing may follow. */
  end(): BodyProblem | undefined {
    if (this.left > 0) this.problem = 'excessBytes';
    return this.problem;
  }

  #take(length: number): boolean {
    if (this.problem === undefined && this.#at + length > this.#end) this.problem = 'tooShort';
    if (this.problem !== undefined) return false;
    this.#at += length;
    return true;
  }
}
