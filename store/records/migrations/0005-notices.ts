import type { Migration } from 'kysely';

/** Notices that ask the public to look for somebody. */
export const notices: Migration = {
  async up(db) {
    await db.schema
      .createTable('notices')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('resident_id', 'text', (column) => column.notNull())
      .addColumn('expires_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('ended_at_ms', 'bigint')
      .addColumn('doc', 'text', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('notices_resident_id').on('notices').column('resident_id').execute();
    await db.schema.createIndex('notices_expires_at_ms').on('notices').column('expires_at_ms').execute();
  },
};
