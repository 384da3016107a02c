import type { Migration } from 'kysely';

/** Planned works, drills and tests. */
export const silences: Migration = {
  async up(db) {
    await db.schema
      .createTable('silences')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('doc', 'text', (column) => column.notNull())
      .execute();
  },
};
