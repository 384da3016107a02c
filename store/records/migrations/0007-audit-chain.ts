import { type Kysely, type Migration, sql } from 'kysely';
import type { AuditAnchor } from '../../contracts.ts';
import { type AuditRow, anchorOf, chainedRow, emptyChain } from '../audit-chain.ts';

const rowsAtATime = 500;

/** Each entry of the audit log hangs on the one before. What was written until now is chained as it is found. */
export const auditChain: Migration = {
  async up(db) {
    for (const column of ['salt', 'seal', 'link']) {
      await db.schema
        .alterTable('audit')
        .addColumn(column, 'text', (of) => of.notNull().defaultTo(''))
        .execute();
    }
    await chainAll(db);
  },
};

async function chainAll(db: Kysely<unknown>): Promise<void> {
  let head: AuditAnchor = emptyChain;
  for (;;) {
    const { rows } = await sql<Pick<AuditRow, 'id' | 'at_ms' | 'about' | 'doc'>>`
      select id, at_ms, about, doc from audit where id > ${head.id} order by id limit ${rowsAtATime}`.execute(db);
    for (const found of rows) {
      const row = chainedRow(head, found);
      const { id, salt, seal, link } = row;
      await sql`update audit set salt = ${salt}, seal = ${seal}, link = ${link} where id = ${id}`.execute(db);
      head = anchorOf(row);
    }
    if (rows.length === 0) return;
  }
}
