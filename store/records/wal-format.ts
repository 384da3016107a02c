/*
 * SQLite's log (`-wal`): https://www.sqlite.org/fileformat2.html#the_write_ahead_log
 */

export const headerBytes = 32;
export const frameHeaderBytes = 24;

type Sums = readonly [number, number];

/** A log, or a part of one: `bytes` may begin at any frame. */
export type Log = { readonly bytes: DataView; readonly pageBytes: number; readonly isLittle: boolean };

/** Which writing of the log this is: SQLite begins it anew under other salts. */
export type Salts = readonly [number, number];

/** The log whose first bytes are given; at least a header of them. */
export function logOf(content: Uint8Array): Log {
  const bytes = viewOf(content);
  const pageBytes = bytes.getUint32(8) === 1 ? 65_536 : bytes.getUint32(8);
  return { bytes, pageBytes, isLittle: (bytes.getUint32(0) & 1) === 0 };
}

export function viewOf({ buffer, byteOffset, length }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, length);
}

export function saltsOf({ bytes }: Log): Salts {
  return [bytes.getUint32(16), bytes.getUint32(20)];
}

/** Where frames end when there are so many. */
export function endOf(frames: number, pageBytes: number): number {
  return headerBytes + frames * (frameHeaderBytes + pageBytes);
}

export function isHeaderWhole(log: Log): boolean {
  return isSumAt(log, 24, sum(log, 0, 24, [0, 0]));
}

/** Each frame has the two salts of the header it was written under. */
export function isSalted({ bytes }: Log, at: number, [first, second]: Salts): boolean {
  if (at + frameHeaderBytes > bytes.byteLength) return false;
  return bytes.getUint32(at + 8) === first && bytes.getUint32(at + 12) === second;
}

/** Is the frame what was written behind the one whose sums are given? */
export function isFrameWhole(log: Log, at: number, before: Sums): boolean {
  const ofContent = sum(log, at + frameHeaderBytes, log.pageBytes, sum(log, at, 8, before));
  return isSumAt(log, at + 16, ofContent);
}

export function isLastOfChange({ bytes }: Log, at: number): boolean {
  return bytes.getUint32(at + 4) !== 0;
}

/** At 24 in the header, at 16 in a frame. */
export function sumsAt({ bytes }: Log, at: number): Sums {
  return [bytes.getUint32(at), bytes.getUint32(at + 4)];
}

function sum({ bytes, isLittle }: Log, from: number, length: number, [first, second]: Sums): Sums {
  let [s0, s1] = [first, second];
  for (let at = from; at < from + length; at += 8) {
    s0 = (s0 + bytes.getUint32(at, isLittle) + s1) >>> 0;
    s1 = (s1 + bytes.getUint32(at + 4, isLittle) + s0) >>> 0;
  }
  return [s0, s1];
}

function isSumAt(log: Log, at: number, [s0, s1]: Sums): boolean {
  const [kept0, kept1] = sumsAt(log, at);
  return s0 === kept0 && s1 === kept1;
}
