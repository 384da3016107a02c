import type { Migration } from 'kysely';

/** Pieces of a large import, until they are carried out. */
export const staged: Migration = {
  async up(db) {
    await db.schema
      .createTable('staged_writes')
      .addColumn('position', 'integer', (column) => column.primaryKey())
      .addColumn('doc', 'text', (column) => column.notNull())
      .execute();
  },
};
