import { Kysely } from 'kysely';
import type { DamageReport, RecordStore } from '../../contracts.ts';
import { CommunityWrites } from '../community-writes.ts';
import type { SyncLog } from '../group-sync.ts';
import { migrate } from '../migrations/index.ts';
import { SqlRecords } from '../sql-records.ts';
import type { Tables } from '../tables.ts';
import { postgresDialect } from './dialect.ts';
import { PostgresEngine } from './engine.ts';
import { openingRefusal } from './in-words.ts';
import { Link } from './link.ts';
import { RecordsPool } from './pool.ts';
import { serverOf } from './server.ts';

export type PostgresOptions = {
  /** Told when the records are away and when they are back. */
  readonly log?: SyncLog;
  /** Epoch ms; the machine's when absent. */
  readonly clock?: () => number;
  /** A database without records is refused instead of begun. */
  readonly mustExist?: boolean;
};

const silent: SyncLog = { warn: () => undefined, error: () => undefined };

/**
 * The records in a PostgreSQL database, made and migrated when needed: `postgres://user:password@host:port/database`.
 * Throws AppError `unavailable` with a sentence when it cannot be used, or another service uses it.
 */
export async function openPostgresRecords(url: string, options: PostgresOptions = {}): Promise<RecordStore> {
  const { log = silent, clock = Date.now, mustExist = false } = options;
  const server = serverOf(url);
  const link = await Link.open({ server, log, clock, mustExist });
  const db = new Kysely<Tables>({ dialect: postgresDialect(new RecordsPool(link)) });
  try {
    const damage: DamageReport[] = [];
    await migrate(db);
    const community = new CommunityWrites(db, damage);
    await community.begin();
    return new SqlRecords({ db, damage, engine: new PostgresEngine(link, server), community });
  } catch (error) {
    await link.close();
    throw openingRefusal(error, server);
  }
}
