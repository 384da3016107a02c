import type { RecordStore } from '../store/contracts.ts';
import type { PostgresOptions } from '../store/records/postgres/open.ts';

/** As `openPostgresRecords`. Who keeps records in a file does not wait for what speaks to PostgreSQL to be loaded. */
export async function openDatabase(url: string, options?: PostgresOptions): Promise<RecordStore> {
  const { openPostgresRecords } = await import('../store/records/postgres/open.ts');
  return openPostgresRecords(url, options);
}
