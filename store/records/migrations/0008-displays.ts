import type { Migration } from 'kysely';

/** Links by which screens show the wall for months. */
export const displays: Migration = {
  async up(db) {
    await db.schema
      .createTable('displays')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('user_id', 'text', (column) => column.notNull())
      .addColumn('token_hash', 'text', (column) => column.notNull().unique())
      .addColumn('expires_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('doc', 'text', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('displays_user_id').on('displays').column('user_id').execute();
  },
};
