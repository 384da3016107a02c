import { type DataTypeNode, type Dialect, PostgresAdapter, PostgresDialect, PostgresQueryCompiler } from 'kysely';
import type { RecordsPool } from './pool.ts';

/** Text is compared byte by byte, as SQLite does: pages of lists and ranges of ids go by that order, in every language. */
class RecordsQueryCompiler extends PostgresQueryCompiler {
  protected override visitDataType(node: DataTypeNode): void {
    this.append(node.dataType === 'text' ? 'text collate "C"' : node.dataType);
  }
}

/** Nobody else migrates: whoever opens the records has the database's lock. */
class RecordsAdapter extends PostgresAdapter {
  override async acquireMigrationLock(): Promise<void> {}
  override async releaseMigrationLock(): Promise<void> {}
}

/** Kysely's PostgreSQL with what differs here. */
export function postgresDialect(pool: RecordsPool): Dialect {
  const usual = new PostgresDialect({ pool });
  return {
    createDriver: () => usual.createDriver(),
    createIntrospector: (db) => usual.createIntrospector(db),
    createAdapter: () => new RecordsAdapter(),
    createQueryCompiler: () => new RecordsQueryCompiler(),
  };
}
