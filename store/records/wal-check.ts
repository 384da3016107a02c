import { readFile } from 'node:fs/promises';
import type { DamageReport } from '../contracts.ts';
import { type Synced, syncedOf } from './synced-mark.ts';
import {
  endOf,
  frameHeaderBytes,
  headerBytes,
  isFrameWhole,
  isHeaderWhole,
  isLastOfChange,
  isSalted,
  type Log,
  logOf,
  type Salts,
  saltsOf,
  sumsAt,
} from './wal-format.ts';

/*
 * SQLite reads its log (`-wal`) until the first frame that is not whole and takes that for the moment of a crash, without
 * a word. Changes behind a frame damaged later would be gone unnoticed, so the log is read before SQLite opens it.
 */

/**
 * What is certainly damaged in the log of a records file that nobody has open. Of what was not synced when the power went
 * anything may be there, so a broken frame is damage only among those that the mark beside the log says were synced.
 */
export async function checkLog(file: string): Promise<DamageReport[]> {
  const content = await readFile(`${file}-wal`).catch(() => undefined);
  if (content === undefined || content.length <= headerBytes) return [];
  const log = logOf(content);
  const where = 'the log of the records (`records.sqlite-wal`)';
  // The header is synced before the first frame is written.
  if (!isHeaderWhole(log)) return [{ what: 'its header is damaged; every change in it is lost', where }];
  const lost = changesBehindDamage(log, certainEnd(log, await syncedOf(file)));
  return lost === undefined ? [] : [{ what: `a change is damaged; it and ${lost} later ones are lost`, where }];
}

/** Up to where everything was synced; nothing is certain of a log that was begun anew since. */
function certainEnd(log: Log, synced: Synced | undefined): number {
  const [first, second] = saltsOf(log);
  if (synced?.salts[0] !== first || synced.salts[1] !== second) return headerBytes;
  return endOf(synced.frames, log.pageBytes);
}

/** Whole changes behind the first frame that is not whole; undefined when that one may never have been written. */
function changesBehindDamage(log: Log, certainEndsAt: number): number | undefined {
  const salts = saltsOf(log);
  const frameBytes = frameHeaderBytes + log.pageBytes;
  let lost: number | undefined;
  let before = sumsAt(log, 24);
  for (let at = headerBytes; at < Math.max(certainEndsAt, log.bytes.byteLength); at += frameBytes) {
    const isWhole = isWholeAt(log, at, salts) && isFrameWhole(log, at, before);
    if (!isWhole && lost === undefined && at >= certainEndsAt) return undefined;
    if (isWhole && lost !== undefined && isLastOfChange(log, at)) lost += 1;
    if (!isWhole) lost ??= 0;
    if (at + frameBytes > log.bytes.byteLength) break;
    before = sumsAt(log, at + 16);
  }
  return lost;
}

function isWholeAt(log: Log, at: number, salts: Salts): boolean {
  return at + frameHeaderBytes + log.pageBytes <= log.bytes.byteLength && isSalted(log, at, salts);
}
