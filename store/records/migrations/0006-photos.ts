import { type Migration, PostgresAdapter } from 'kysely';

/** What was seen at the door: one photo of an alert, gone with it. */
export const photos: Migration = {
  async up(db) {
    const binary = db.getExecutor().adapter instanceof PostgresAdapter ? 'bytea' : 'blob';
    await db.schema
      .createTable('photos')
      .addColumn('alert_id', 'text', (column) => column.primaryKey())
      .addColumn('type', 'text', (column) => column.notNull())
      .addColumn('bytes', binary, (column) => column.notNull())
      .execute();
  },
};
