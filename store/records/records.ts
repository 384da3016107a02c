import { Kysely, sql } from 'kysely';
import { AppError } from '../../model/errors.ts';
import type { RecordStore } from '../contracts.ts';
import { type LogLimits, usualLimits } from './checkpoints.ts';
import { CommunityWrites } from './community-writes.ts';
import { Durability } from './durability.ts';
import type { SyncLog } from './group-sync.ts';
import { migrate } from './migrations/index.ts';
import { SqlRecords } from './sql-records.ts';
import { nodeSqliteDialect, openSqlite } from './sqlite-dialect.ts';
import { SqliteEngine } from './sqlite-engine.ts';
import type { Tables } from './tables.ts';
import { checkLog } from './wal-check.ts';

export type RecordsOptions = {
  /** Told when the disk does not take the records. */
  readonly log?: SyncLog;
  readonly limits?: LogLimits;
  /** Open for long: everything that will be needed is started at once. */
  readonly isServing?: boolean;
};

const silent: SyncLog = { warn: () => undefined, error: () => undefined };

/**
 * The records in an SQLite file, made and migrated when needed; `:memory:` for one that is gone with the process.
 * Throws AppError `unavailable` with a sentence when the file cannot be used.
 */
export async function openRecords(file: string, options: RecordsOptions = {}): Promise<RecordStore> {
  try {
    return await opened(file, options);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError(
      'unavailable',
      `the records file ${file} cannot be opened (${reason}): restore it from a backup`,
    );
  }
}

async function opened(file: string, options: RecordsOptions): Promise<RecordStore> {
  const { log = silent, limits = usualLimits, isServing = false } = options;
  const damage = await checkLog(file);
  let disk: Durability | undefined;
  const dialect = nodeSqliteDialect(openSqlite(file), () => disk?.written());
  const db = new Kysely<Tables>({ dialect });
  try {
    if (damage.length > 0) await requireWhole(db);
    await migrate(db);
    if (file !== ':memory:') {
      await beginLog(db);
      const holdWrites = (work: () => Promise<void>) => dialect.holdWrites(work);
      disk = await Durability.open({ file, frames: () => framesIn(db), holdWrites, limits, log }, isServing);
    }
    const community = new CommunityWrites(db, damage);
    await community.begin();
    return new SqlRecords({ db, damage, engine: new SqliteEngine({ db, file, disk }), community });
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

/** Nobody waits for the disk when the log gets its header now. A number that nobody uses is set to what it is. */
async function beginLog(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ user_version: number }>`pragma user_version`.execute(db);
  await sql`pragma user_version = ${sql.lit(rows[0]?.user_version ?? 0)}`.execute(db);
}

/** Committed, in SQLite's log. */
async function framesIn(db: Kysely<Tables>): Promise<number> {
  const { rows } = await sql<{ log: number }>`pragma wal_checkpoint(noop)`.execute(db);
  return Number(rows[0]?.log ?? 0);
}

/** Pages of lost changes may have reached the file itself, and then nothing in it can be relied on. */
async function requireWhole(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ quick_check: string }>`pragma quick_check(1)`.execute(db);
  const said = rows[0]?.quick_check ?? 'it cannot be checked';
  if (said !== 'ok') throw new Error(`its log is damaged, and with it the file: ${said}`);
}
