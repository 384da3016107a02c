import { type Kysely, type Migration, Migrator } from 'kysely';
import { start } from './0001-start.ts';
import { retention } from './0002-retention.ts';
import { silences } from './0003-silences.ts';
import { shares } from './0004-shares.ts';
import { notices } from './0005-notices.ts';
import { photos } from './0006-photos.ts';

/** In order of name; one that was ever released is never changed. */
const migrations: Record<string, Migration> = {
  '0001-start': start,
  '0002-retention': retention,
  '0003-silences': silences,
  '0004-shares': shares,
  '0005-notices': notices,
  '0006-photos': photos,
};

/** Brings the tables up to date, each migration in a transaction. Throws what the database said. */
export async function migrate<T>(db: Kysely<T>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}
