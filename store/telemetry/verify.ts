import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { AppError } from '../../model/errors.ts';
import type { CheckedPart } from '../contracts.ts';
import { DamageLog, inWords } from './damage.ts';
import { openLevel } from './opening.ts';
import { isWhole } from './rows.ts';
import { messageOf, scan } from './scan.ts';

const limits = { writeBufferBytes: 4 << 20, cacheBytes: 8 << 20, maxOverall: 10_000, maxPerDevice: 100 };

/** The first letter of a key says what the row is. */
const kinds: Readonly<Record<string, string>> = {
  r: 'readings',
  a: 'dailyRollUps',
  m: 'fineRollUps',
  n: 'dailyCounts',
  s: 'ruleStates',
  e: 'retentionMarks',
  o: 'waitingSignals',
  q: 'refusedMessages',
  c: 'commits',
  f: 'toForward',
};

/**
 * Reads every row of a telemetry folder that nobody has open: its checksum, the sequence of commits, what LevelDB itself
 * finds. Damage that keeps it from being opened at all is the only thing found then. Changes nothing.
 */
export async function verifyTelemetry(dir: string, onRows?: (rows: number) => void): Promise<CheckedPart> {
  const damage = new DamageLog();
  const counts: Record<string, number> = {};
  try {
    const { db, mark } = await openLevel(dir, limits, damage);
    try {
      await readAll(db, counts, damage, onRows);
    } finally {
      await mark.close();
      await db.close();
    }
  } catch (error) {
    damage.add({ what: messageOf(error), where: 'the telemetry folder' });
  }
  return { counts, damage: damage.reports };
}

async function readAll(
  db: ClassicLevel,
  counts: Record<string, number>,
  damage: DamageLog,
  onRows?: (rows: number) => void,
): Promise<void> {
  let rows = 0;
  for await (const [key, value] of scan(db, { gte: '', lt: '\uffff' }, damage)) {
    rows += 1;
    const kind = kinds[key[0] ?? ''] ?? 'others';
    counts[kind] = (counts[kind] ?? 0) + 1;
    if (!isWhole(key, value)) damage.add({ what: 'is damaged: its checksum is another', where: inWords(key, 'row') });
    if (rows % 10_000 === 0) onRows?.(rows);
  }
}

/**
 * LevelDB's own repair of a folder that cannot be opened: it gathers what can still be read. What was lost is not known
 * by it; count before and after.
 */
export async function repairTelemetry(dir: string): Promise<void> {
  try {
    await ClassicLevel.repair(join(dir, 'rows'));
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    throw new AppError('unavailable', `${dir} cannot be repaired (${messageOf(cause)}): restore a backup`);
  }
}
