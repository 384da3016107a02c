import { type Kysely, type Migration, sql } from 'kysely';

const rowsAtATime = 500;

/**
 * What retention searches by: when an alert ended, when a signal was first seen as applied (stamped by retention itself,
 * so that applying needs no clock), and when something was audited.
 */
export const retention: Migration = {
  async up(db) {
    await db.schema.alterTable('alerts').addColumn('resolved_at_ms', 'bigint').execute();
    await db.schema.createIndex('alerts_resolved_at_ms').on('alerts').column('resolved_at_ms').execute();
    await db.schema.alterTable('applied_signals').addColumn('seen_at_ms', 'bigint').execute();
    await db.schema.createIndex('applied_signals_seen_at_ms').on('applied_signals').column('seen_at_ms').execute();
    await db.schema.createIndex('audit_at_ms').on('audit').column('at_ms').execute();
    await fillResolved(db);
  },
};

/** Alerts that ended before there was a column for it say so in their document. */
async function fillResolved(db: Kysely<unknown>): Promise<void> {
  for (let after = ''; ; ) {
    const { rows } = await sql<{ id: string; doc: string }>`
      select id, doc from alerts where state = 'resolved' and id > ${after} order by id limit ${rowsAtATime}`.execute(
      db,
    );
    for (const { id, doc } of rows) {
      const { resolvedAtMs, updatedAtMs } = JSON.parse(doc) as { resolvedAtMs?: number; updatedAtMs: number };
      await sql`update alerts set resolved_at_ms = ${resolvedAtMs ?? updatedAtMs} where id = ${id}`.execute(db);
    }
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.id;
  }
}
