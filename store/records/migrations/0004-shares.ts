import type { Migration } from 'kysely';

/** Links that show where somebody is for some hours. */
export const shares: Migration = {
  async up(db) {
    await db.schema
      .createTable('shares')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('resident_id', 'text', (column) => column.notNull())
      .addColumn('token_hash', 'text', (column) => column.notNull().unique())
      .addColumn('expires_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('revoked_at_ms', 'bigint')
      .addColumn('openings', 'integer', (column) => column.notNull())
      .addColumn('opened_at_ms', 'bigint')
      .addColumn('doc', 'text', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('shares_resident_id').on('shares').column('resident_id').execute();
    await db.schema.createIndex('shares_expires_at_ms').on('shares').column('expires_at_ms').execute();
  },
};
