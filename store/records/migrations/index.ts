import { type Kysely, type Migration, Migrator, sql } from 'kysely';
import { start } from './0001-start.ts';
import { retention } from './0002-retention.ts';
import { silences } from './0003-silences.ts';
import { shares } from './0004-shares.ts';
import { notices } from './0005-notices.ts';
import { photos } from './0006-photos.ts';
import { auditChain } from './0007-audit-chain.ts';
import { displays } from './0008-displays.ts';
import { portraits } from './0009-portraits.ts';
import { staged } from './0010-staged.ts';
import { visits } from './0011-visits.ts';

/** In order of name; one that was ever released is never changed. */
const migrations: Record<string, Migration> = {
  '0001-start': start,
  '0002-retention': retention,
  '0003-silences': silences,
  '0004-shares': shares,
  '0005-notices': notices,
  '0006-photos': photos,
  '0007-audit-chain': auditChain,
  '0008-displays': displays,
  '0009-portraits': portraits,
  '0010-staged': staged,
  '0011-visits': visits,
};

/** Brings the tables up to date, each migration in a transaction. Throws what the database said. */
export async function migrate<T>(db: Kysely<T>): Promise<void> {
  await refuseNewer(db);
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

/** What a later version added is unknown here, and would be lost or misread. */
async function refuseNewer<T>(db: Kysely<T>): Promise<void> {
  const isNew = !(await db.introspection.getTables({ withInternalKyselyTables: true })).some(
    ({ name }) => name === 'kysely_migration',
  );
  if (isNew) return;
  const done = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  const newer = done.rows.find(({ name }) => !Object.hasOwn(migrations, name));
  if (newer !== undefined) throw new Error(`a later version has changed it (${newer.name}): use that version`);
}
