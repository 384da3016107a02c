import { readFile } from 'node:fs/promises';
import type { DamageReport } from '../contracts.ts';
import { looksUnsyncedAtMost } from './looks.ts';

/*
 * SQLite reads its log (`-wal`) until the first frame that is not whole and takes that for the moment of a crash, without
 * a word. Changes behind a frame damaged later would be gone unnoticed, so the log is read before SQLite opens it.
 * Format: https://www.sqlite.org/fileformat2.html#the_write_ahead_log
 */

/** So many changes behind a broken one are still a crash: the looks that are not synced, and one on its way. */
const crashLosesAtMost = looksUnsyncedAtMost + 2;
const headerBytes = 32;
const frameHeaderBytes = 24;

type Sums = readonly [number, number];
type Log = { readonly bytes: DataView; readonly pageBytes: number; readonly isLittle: boolean };

/**
 * What is certainly damaged in the log of a records file that nobody has open. Each change but a few looks is synced before
 * the next one is written, so a broken frame with more changes than those behind it is no crash; with fewer it may be.
 */
export async function checkLog(file: string): Promise<DamageReport[]> {
  const content = await readFile(`${file}-wal`).catch(() => undefined);
  if (content === undefined || content.length <= headerBytes) return [];
  const bytes = new DataView(content.buffer, content.byteOffset, content.length);
  const pageBytes = bytes.getUint32(8) === 1 ? 65_536 : bytes.getUint32(8);
  const log = { bytes, pageBytes, isLittle: (bytes.getUint32(0) & 1) === 0 };
  const where = 'the log of the records (`records.sqlite-wal`)';
  // The header is synced before the first frame is written.
  if (!isSumAt(log, 24, sum(log, 0, 24, [0, 0])))
    return [{ what: 'its header is damaged; every change in it is lost', where }];
  const lost = changesBehindDamage(log);
  return lost < crashLosesAtMost ? [] : [{ what: `a change is damaged; it and ${lost} later ones are lost`, where }];
}

/** Whole changes that stand behind the first frame that is not whole. */
function changesBehindDamage(log: Log): number {
  let isDamaged = false;
  let lost = 0;
  let before = sumsAt(log, 24);
  const frameBytes = frameHeaderBytes + log.pageBytes;
  for (let at = headerBytes; at + frameBytes <= log.bytes.byteLength; at += frameBytes) {
    // From here on an older one, overwritten up to here. Damage may hit the salts of one frame, not those of the next.
    if (!isSalted(log, at) && !isSalted(log, at + frameBytes)) break;
    const isWhole = isSalted(log, at) && isSumAt(log, at + 16, sumOfFrame(log, at, before));
    if (isWhole && isDamaged && isLastOfChange(log, at)) lost += 1;
    isDamaged ||= !isWhole;
    before = sumsAt(log, at + 16);
  }
  return lost;
}

/** Each frame has the two salts of the header it was written under. */
function isSalted({ bytes }: Log, at: number): boolean {
  if (at + frameHeaderBytes > bytes.byteLength) return false;
  return bytes.getUint32(at + 8) === bytes.getUint32(16) && bytes.getUint32(at + 12) === bytes.getUint32(20);
}

function isLastOfChange({ bytes }: Log, at: number): boolean {
  return bytes.getUint32(at + 4) !== 0;
}

function sumOfFrame(log: Log, at: number, before: Sums): Sums {
  return sum(log, at + frameHeaderBytes, log.pageBytes, sum(log, at, 8, before));
}

function sum({ bytes, isLittle }: Log, from: number, length: number, [first, second]: Sums): Sums {
  let [s0, s1] = [first, second];
  for (let at = from; at < from + length; at += 8) {
    s0 = (s0 + bytes.getUint32(at, isLittle) + s1) >>> 0;
    s1 = (s1 + bytes.getUint32(at + 4, isLittle) + s0) >>> 0;
  }
  return [s0, s1];
}

function sumsAt({ bytes }: Log, at: number): Sums {
  return [bytes.getUint32(at), bytes.getUint32(at + 4)];
}

function isSumAt(log: Log, at: number, [s0, s1]: Sums): boolean {
  const [kept0, kept1] = sumsAt(log, at);
  return s0 === kept0 && s1 === kept1;
}
