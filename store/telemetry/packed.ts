import { checkBytes, checkText } from './check.ts';

/*
 * Small numbers in few characters. Rows are text of characters 0 to 127, not bytes: measured with classic-level 3.0,
 * a row read as text costs 0.5 µs and as a Buffer 1.2 to 2 µs, and what is not ASCII would take two bytes each.
 *
 *   0..103             one character
 *   104..2663          two: 104 and more, then 7 bits
 *   2664..35431        three: 124 or 125, then 7 and 7 bits
 *   to 2^53            126, then 6 bits a character, lowest first, 64 added to all but the last
 *   any other number   127, then the 64 bits of the double in ten characters
 */

const oneCharacter = 104;
const twoCharacters = oneCharacter + 20 * 128;
const threeBegin = 124;
const threeCharacters = twoCharacters + 2 * 16_384;
const longInteger = 126;
const rawDouble = 127;
const maxScaled = 2 ** 50;

/** Version and the first four bits of the checksum in one character (`@` to `O`), then four characters of checksum. */
export const packedHead = 5;
const packedVersion = 4;

const doubleBits = new DataView(new ArrayBuffer(8));

/** Writes one row after the other into the same bytes. Whoever writes sees to it that a row stays below `rowBytes`. */
export class PackedWriter {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(rowBytes: number) {
    this.#bytes = Buffer.alloc(rowBytes);
  }

  begin(): void {
    this.#at = packedHead;
  }

  /** What was written since `begin`. */
  body(): string {
    return this.#bytes.toString('latin1', packedHead, this.#at);
  }

  /** The same behind a head that says which form it has and proves that it is whole and stands under this key. */
  sealed(key: string): string {
    const end = this.#at;
    const check = checkBytes(checkText(0, key), this.#bytes, packedHead, end);
    this.#at = 0;
    this.bits7((packedVersion << 4) | (check >>> 28));
    this.bits28(check);
    return this.#bytes.toString('latin1', 0, end);
  }

  bits7(bits: number): void {
    this.#bytes[this.#at++] = bits & 127;
  }

  /** Any whole number from 0 to 2^53. */
  uint(n: number): void {
    if (n < oneCharacter) {
      this.#bytes[this.#at++] = n;
    } else if (n < twoCharacters) {
      this.#bytes[this.#at++] = oneCharacter + ((n - oneCharacter) >> 7);
      this.#bytes[this.#at++] = (n - oneCharacter) & 127;
    } else if (n < threeCharacters) {
      this.#bytes[this.#at++] = threeBegin + ((n - twoCharacters) >> 14);
      this.#bytes[this.#at++] = ((n - twoCharacters) >> 7) & 127;
      this.#bytes[this.#at++] = (n - twoCharacters) & 127;
    } else {
      this.#bytes[this.#at++] = longInteger;
      this.#sixBits(n);
    }
  }

  /** Any whole number, near 0 in few characters on either side. */
  int(n: number): void {
    this.uint(n < 0 ? -2 * n - 1 : 2 * n);
  }

  /** Any number; in few characters when it is not negative and whole once multiplied by `scale`. */
  number(value: number, scale: number): void {
    const scaled = Math.round(value * scale);
    if (scaled >= 0 && scaled < maxScaled && scaled / scale === value) this.uint(scaled);
    else {
      this.#bytes[this.#at++] = rawDouble;
      this.double(value);
    }
  }

  double(value: number): void {
    doubleBits.setFloat64(0, value);
    this.bits32(doubleBits.getUint32(0));
    this.bits32(doubleBits.getUint32(4));
  }

  bits28(n: number): void {
    const bytes = this.#bytes;
    bytes[this.#at++] = (n >>> 21) & 127;
    bytes[this.#at++] = (n >>> 14) & 127;
    bytes[this.#at++] = (n >>> 7) & 127;
    bytes[this.#at++] = n & 127;
  }

  bits32(n: number): void {
    const bytes = this.#bytes;
    bytes[this.#at++] = n >>> 28;
    bytes[this.#at++] = (n >>> 21) & 127;
    bytes[this.#at++] = (n >>> 14) & 127;
    bytes[this.#at++] = (n >>> 7) & 127;
    bytes[this.#at++] = n & 127;
  }

  ascii(text: string): void {
    this.uint(text.length);
    this.#at += this.#bytes.write(text, this.#at, 'latin1');
  }

  #sixBits(n: number): void {
    let rest = n;
    for (; rest >= 64; rest = Math.floor(rest / 64)) this.#bytes[this.#at++] = 64 + (rest % 64);
    this.#bytes[this.#at++] = rest;
  }
}

/** Reads what `PackedWriter` wrote; whoever reads has checked that it is whole. */
export class PackedReader {
  #text = '';
  #at = 0;

  begin(text: string, at: number): void {
    this.#text = text;
    this.#at = at;
  }

  get at(): number {
    return this.#at;
  }

  skip(characters: number): void {
    this.#at += characters;
  }

  get ended(): boolean {
    return this.#at >= this.#text.length;
  }

  bits7(): number {
    return this.#text.charCodeAt(this.#at++);
  }

  uint(): number {
    const first = this.bits7();
    return first < oneCharacter ? first : this.#longer(first);
  }

  int(): number {
    const n = this.uint();
    return n % 2 === 0 ? n / 2 : -(n + 1) / 2;
  }

  number(scale: number): number {
    const first = this.bits7();
    if (first === rawDouble) return this.double();
    // + 0: nothing divided by a negative scale is -0.
    return (first < oneCharacter ? first : this.#longer(first)) / scale + 0;
  }

  double(): number {
    doubleBits.setUint32(0, this.bits32());
    doubleBits.setUint32(4, this.bits32());
    return doubleBits.getFloat64(0);
  }

  bits14(): number {
    return (this.bits7() << 7) | this.bits7();
  }

  bits28(): number {
    return (this.bits14() << 14) | this.bits14();
  }

  bits32(): number {
    const bits = bits32At(this.#text, this.#at);
    this.#at += 5;
    return bits;
  }

  ascii(): string {
    const length = this.uint();
    this.#at += length;
    return this.#text.slice(this.#at - length, this.#at);
  }

  #longer(first: number): number {
    if (first < threeBegin) return oneCharacter + ((first - oneCharacter) << 7) + this.bits7();
    if (first < longInteger) return twoCharacters + ((first - threeBegin) << 14) + this.bits14();
    let n = 0;
    for (let worth = 1; ; worth *= 64) {
      const bits = this.bits7();
      if (bits < 64) return n + bits * worth;
      n += (bits - 64) * worth;
    }
  }
}

function bits32At(text: string, at: number): number {
  const high = (text.charCodeAt(at) << 28) | (text.charCodeAt(at + 1) << 21) | (text.charCodeAt(at + 2) << 14);
  return (high | (text.charCodeAt(at + 3) << 7) | text.charCodeAt(at + 4)) >>> 0;
}

export function isPacked(value: string): boolean {
  return value.charCodeAt(0) >> 4 === packedVersion;
}

/** Is the packed value what was sealed under this key? The version counts in as part of the first character. */
export function isPackedWhole(key: string, value: string): boolean {
  return checkText(checkText(0, key), value, packedHead) === bits32At(value, 0);
}
