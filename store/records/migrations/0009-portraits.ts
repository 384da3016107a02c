import { type Migration, PostgresAdapter } from 'kysely';

/** How a resident looks: one photo of each, gone with them. */
export const portraits: Migration = {
  async up(db) {
    const binary = db.getExecutor().adapter instanceof PostgresAdapter ? 'bytea' : 'blob';
    await db.schema
      .createTable('portraits')
      .addColumn('resident_id', 'text', (column) => column.primaryKey())
      .addColumn('type', 'text', (column) => column.notNull())
      .addColumn('bytes', binary, (column) => column.notNull())
      .execute();
  },
};
