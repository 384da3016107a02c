import type { Migration } from 'kysely';

/** Who went to see whom, or called. */
export const visits: Migration = {
  async up(db) {
    await db.schema
      .createTable('visits')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('resident_id', 'text', (column) => column.notNull())
      .addColumn('at_ms', 'bigint', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('outcome', 'text', (column) => column.notNull())
      .addColumn('doc', 'text', (column) => column.notNull())
      .execute();
    // A phone may send the same twice.
    await db.schema
      .createIndex('visits_resident_id_at_ms')
      .unique()
      .on('visits')
      .columns(['resident_id', 'at_ms', 'kind', 'outcome'])
      .execute();
    await db.schema.createIndex('visits_at_ms').on('visits').column('at_ms').execute();
  },
};
