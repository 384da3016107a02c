import { mkdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { AppError } from '../../model/errors.ts';
import { CommitCheck, type CommitRecord, decodeCommit } from './commits.ts';
import { ConfirmedMark, type FoundMark, readMark } from './confirmed.ts';
import type { DamageLog } from './damage.ts';
import { isReadingKey, lastRolledKey, rangeOfPrefix } from './keys.ts';
import { Latest } from './latest.ts';
import { Outbox } from './outbox.ts';
import { QuarantineIndex, type QuarantineLimits } from './quarantine.ts';
import { decodeJson } from './rows.ts';
import { codeOf, firstKey, getMany, messageOf, scan } from './scan.ts';
import { UnrolledDays } from './unrolled.ts';

export type LevelOptions = {
  /** LevelDB's log and memory table; also how much it reads again when it opens. */
  readonly writeBufferBytes: number;
  readonly cacheBytes: number;
};

/** Everything that lives as long as LevelDB is open. */
export type Opened = {
  readonly db: ClassicLevel;
  readonly mark: ConfirmedMark;
  readonly outbox: Outbox;
  readonly quarantine: QuarantineIndex;
  readonly last: CommitRecord;
  readonly unrolled: UnrolledDays;
  readonly latest: Latest;
};

/**
 * Opens `{dir}/rows` (LevelDB) and `{dir}/confirmed`, and checks that every confirmed commit is there.
 * Throws AppError `unavailable` in words when it cannot be opened at all; holes go into `damage`.
 */
export async function openLevel(
  dir: string,
  options: LevelOptions & QuarantineLimits,
  damage: DamageLog,
): Promise<Opened> {
  const rowsDir = join(dir, 'rows');
  const markFile = join(dir, 'confirmed');
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const found = await readMark(markFile);
    const db = await openDatabase(rowsDir, options, found);
    try {
      await reportRecovery(rowsDir, damage);
      await refuseOlder(db, dir, damage);
      const indexes = await readIndexes(db, options, found, damage);
      const mark = await ConfirmedMark.open(markFile);
      return { db, mark, ...indexes, unrolled: new UnrolledDays(await lastRolled(db, damage)), latest: new Latest() };
    } catch (error) {
      await db.close();
      throw error;
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('unavailable', sentence(dir, error));
  }
}

/** How LevelDB writes tables; whoever else opens the folder to compact it must say the same. */
export const tableForm = {
  compression: true,
  // One resident's readings lie together: larger blocks are 3 % smaller on disk and a track touches fewer.
  blockSize: 16 * 1024,
} as const;

async function openDatabase(rowsDir: string, options: LevelOptions, found: FoundMark): Promise<ClassicLevel> {
  const db = new ClassicLevel(rowsDir, {
    // Where commits were confirmed before, an empty database would be a loss, not a start.
    createIfMissing: found.found === 'none',
    ...tableForm,
    writeBufferSize: options.writeBufferBytes,
    cacheSize: options.cacheBytes,
  });
  await db.open();
  return db;
}

/** Rows of an earlier form would look damaged, and what is written beside them would never meet them. */
async function refuseOlder(db: ClassicLevel, dir: string, damage: DamageLog): Promise<void> {
  const key = await firstKey(db, rangeOfPrefix('r'), damage);
  if (key === undefined || isReadingKey(key)) return;
  const what = `the readings in ${dir} have a form of an earlier version, which this one does not read`;
  throw new AppError('unavailable', `${what}: move that folder away to begin an empty history; the records stay`);
}

async function readIndexes(
  db: ClassicLevel,
  limits: QuarantineLimits,
  found: FoundMark,
  damage: DamageLog,
): Promise<Pick<Opened, 'outbox' | 'quarantine' | 'last'>> {
  if (found.found === 'unreadable') {
    damage.add({ what: 'the note of the last confirmed commit is damaged', where: 'the file `confirmed`' });
  }
  const check = new CommitCheck((report) => damage.add(report));
  for await (const [key, value] of scan(db, rangeOfPrefix('c'), damage)) check.next(key, decodeCommit(key, value));
  const outbox = new Outbox();
  for await (const [key] of scan(db, rangeOfPrefix('o'), damage)) outbox.found(key);
  const quarantine = new QuarantineIndex(limits);
  // What a lower limit would evict now goes with the next commits.
  for await (const [key] of scan(db, rangeOfPrefix('q'), damage)) quarantine.admit(key);
  return { outbox, quarantine, last: check.end(found.found === 'mark' ? found.record : undefined) };
}

/** When the note of it is damaged, any day may have been rolled up; before the first roll-up none was. */
async function lastRolled(db: ClassicLevel, damage: DamageLog): Promise<number> {
  const values = await getMany(db, [lastRolledKey], damage);
  const [value] = values;
  if (values.length > 0 && value === undefined) return Number.NEGATIVE_INFINITY;
  return decodeJson<readonly number[]>(lastRolledKey, value ?? '')?.[0] ?? Number.POSITIVE_INFINITY;
}

/**
 * LevelDB goes on past damaged parts of its log and only says so in its own log file. Of a record that was being written as
 * the power went the end may be on disk and the beginning not: that alone is no damage, and whether a confirmed commit is
 * missing the commits themselves say.
 */
async function reportRecovery(rowsDir: string, damage: DamageLog): Promise<void> {
  const log = await readFile(join(rowsDir, 'LOG'), 'utf8').catch(() => '');
  const dropped = [...log.matchAll(/(\S+): dropping (\d+) bytes; (.*)/g)];
  if (dropped.every(([, , , reason]) => reason?.includes('missing start of fragmented record'))) return;
  for (const [, file, bytes, reason] of dropped) {
    damage.add({
      what: `${bytes} bytes were dropped on opening: ${reason}`,
      where: `the file ${basename(file ?? '')}`,
    });
  }
}

function sentence(dir: string, error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  if (codeOf(cause) === 'LEVEL_LOCKED') return `the telemetry folder ${dir} is in use by another process`;
  return `the telemetry folder ${dir} cannot be opened (${messageOf(cause)}): restore it from a backup, or move it away to start empty`;
}
