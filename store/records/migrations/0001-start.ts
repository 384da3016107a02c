import { type Kysely, type Migration, PostgresAdapter } from 'kysely';

/** Everything the first version keeps. Text, integer and bigint only, so that PostgreSQL takes the same. */
export const start: Migration = {
  async up(db) {
    await createCommunity(db);
    await createAlerts(db);
    await createService(db);
  },
};

async function createCommunity(db: Kysely<unknown>): Promise<void> {
  const entity = (name: string) =>
    db.schema
      .createTable(name)
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('doc', 'text', (column) => column.notNull());
  await entity('areas').addColumn('parent_id', 'text').execute();
  await entity('residents')
    .addColumn('area_id', 'text', (column) => column.notNull())
    .execute();
  await entity('devices')
    .addColumn('resident_id', 'text')
    .addColumn('hub_id', 'text')
    .addColumn('token_hash', 'text')
    .execute();
  await entity('zones').addColumn('resident_id', 'text').addColumn('area_id', 'text').execute();
  await entity('users')
    .addColumn('username', 'text', (column) => column.notNull().unique())
    .addColumn('password_hash', 'text')
    .execute();
  await entity('policies').execute();
  await entity('rosters')
    .addColumn('area_id', 'text', (column) => column.notNull())
    .execute();
}

async function createAlerts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('alerts')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('types', 'text', (column) => column.notNull())
    .addColumn('severity', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('resident_id', 'text', (column) => column.notNull())
    .addColumn('area_path', 'text', (column) => column.notNull())
    .addColumn('opened_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('doc', 'text', (column) => column.notNull())
    .execute();
  await index(db, 'alerts', 'opened_at_ms', 'id');
  await index(db, 'alerts', 'resident_id', 'opened_at_ms', 'id');
  await index(db, 'alerts', 'state', 'opened_at_ms', 'id');
  await db.schema
    .createTable('timeline')
    .addColumn('alert_id', 'text', (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('doc', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('timeline_pk', ['alert_id', 'position'])
    .execute();
  await db.schema
    .createTable('applied_signals')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .execute();
  await db.schema
    .createTable('notifications')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('alert_id', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('next_attempt_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('doc', 'text', (column) => column.notNull())
    .execute();
  await index(db, 'notifications', 'alert_id');
  await index(db, 'notifications', 'state', 'next_attempt_at_ms', 'id');
}

async function createService(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('sessions')
    .addColumn('token_hash', 'text', (column) => column.primaryKey())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('expires_at_ms', 'bigint', (column) => column.notNull())
    .execute();
  await index(db, 'sessions', 'user_id');
  await index(db, 'sessions', 'expires_at_ms');
  // In SQLite an integer primary key counts by itself.
  const counting = db.getExecutor().adapter instanceof PostgresAdapter ? 'bigserial' : 'integer';
  await db.schema
    .createTable('audit')
    .addColumn('id', counting, (column) => column.primaryKey())
    .addColumn('at_ms', 'bigint', (column) => column.notNull())
    .addColumn('about', 'text', (column) => column.notNull())
    .addColumn('doc', 'text', (column) => column.notNull())
    .execute();
  await index(db, 'audit', 'about', 'id');
  await db.schema
    .createTable('settings')
    .addColumn('key', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute();
}

async function index(db: Kysely<unknown>, table: string, ...columns: string[]): Promise<void> {
  await db.schema
    .createIndex([table, ...columns].join('_'))
    .on(table)
    .columns(columns)
    .execute();
}
