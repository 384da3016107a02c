import { setImmediate } from 'node:timers/promises';
import { CompiledQuery, type Kysely, type Transaction } from 'kysely';
import type { AuditAnchor, AuditCheck, AuditEntry } from '../contracts.ts';
import {
  type AuditRow,
  aboutLog,
  anchorOf,
  emptyChain,
  expiredWhat,
  freshSeal,
  renamedWhat,
  rowBehind,
} from './audit-chain.ts';
import { AuditChainCheck } from './audit-check.ts';
import type { Tables } from './tables.ts';
import { isPostgres } from './which-sql.ts';

/** So many rows are read before everybody else gets a turn. */
const rowsAtATime = 2_000;

// Nearly every question is audited, and making these anew takes as long as SQLite takes for them.
const newest = CompiledQuery.raw('select "id", "link" from "audit" order by "id" desc limit 1');
const addRow = 'insert into "audit" ("id", "at_ms", "about", "doc", "salt", "seal", "link") values ';
const addRowToSqlite = `${addRow}(?, ?, ?, ?, ?, ?, ?)`;
const addRowToPostgres = `${addRow}($1, $2, $3, $4, $5, $6, $7)`;

/** Where the log stands. */
export async function auditHead(db: Kysely<Tables>): Promise<AuditAnchor> {
  const { rows } = await db.executeQuery<Pick<AuditRow, 'id' | 'link'>>(newest as CompiledQuery<AuditRow>); // as it says
  return rows[0] ? anchorOf(rows[0]) : emptyChain;
}

/** Writes entries behind the last one. */
export async function appendAudit(trx: Transaction<Tables>, entries: readonly AuditEntry[]): Promise<void> {
  const add = isPostgres(trx) ? addRowToPostgres : addRowToSqlite;
  let head = await auditHead(trx);
  for (const entry of entries) {
    const row = rowBehind(head, entry);
    const { id, at_ms, about, doc, salt, seal, link } = row;
    await trx.executeQuery(CompiledQuery.raw(add, [id, at_ms, about, doc, salt, seal, link]));
    head = anchorOf(row);
  }
}

/**
 * Entries from before, from the beginning of the log on: an entry goes when those written before it may go, so that what
 * is left hangs together; what went is written into the log itself. Returns how many.
 */
export async function expireAudit(
  trx: Transaction<Tables>,
  beforeMs: number,
  atMost: number,
  nowMs: number,
): Promise<number> {
  const oldest = trx.selectFrom('audit').select(['id', 'at_ms', 'link']).orderBy('id').limit(atMost);
  const rows = await oldest.execute();
  const firstYoung = rows.findIndex((row) => row.at_ms >= beforeMs);
  const old = firstYoung === -1 ? rows : rows.slice(0, firstYoung);
  const last = old.at(-1);
  if (last === undefined) return 0;
  const detail = { count: old.length, upTo: last.id, link: last.link };
  await appendAudit(trx, [{ atMs: nowMs, who: 'service', what: expiredWhat, about: aboutLog, detail }]);
  await trx.deleteFrom('audit').where('id', '<=', last.id).execute();
  return old.length;
}

/** Puts `pseudonym` in the place of what a person's entries are about; resolves with how many there were. */
export async function renameInAudit(
  db: Kysely<Tables>,
  residentId: string,
  pseudonym: string,
  nowMs: number,
): Promise<number> {
  const names = [residentId, `residents/${residentId}`];
  let renamed = 0;
  for (;;) {
    const theirs = db.selectFrom('audit').select(['id', 'doc']).where('about', 'in', names).orderBy('id');
    const rows = await theirs.limit(200).execute();
    if (rows.length === 0) return renamed;
    await db.transaction().execute((trx) => renameRows(trx, rows, pseudonym, nowMs));
    renamed += rows.length;
    await setImmediate();
  }
}

async function renameRows(
  trx: Transaction<Tables>,
  rows: readonly Pick<AuditRow, 'id' | 'doc'>[],
  pseudonym: string,
  nowMs: number,
): Promise<void> {
  const seals: { id: number; seal: string }[] = [];
  for (const { id, doc: before } of rows) {
    const doc = JSON.stringify({ ...(JSON.parse(before) as AuditEntry), about: pseudonym });
    const { salt, seal } = freshSeal(doc);
    await trx.updateTable('audit').set({ about: pseudonym, doc, salt }).where('id', '=', id).execute();
    seals.push({ id, seal });
  }
  const detail = { pseudonym, rows: seals };
  await appendAudit(trx, [{ atMs: nowMs, who: 'service', what: renamedWhat, about: aboutLog, detail }]);
}

/** Reads the whole log, leaving everybody else a turn now and then. */
export async function checkAudit(db: Kysely<Tables>, anchors: readonly AuditAnchor[]): Promise<AuditCheck> {
  const check = new AuditChainCheck(anchors);
  for (let after = 0; ; ) {
    const next = db.selectFrom('audit').selectAll().where('id', '>', after).orderBy('id').limit(rowsAtATime);
    const rows = await next.execute();
    for (const row of rows) check.see(row);
    const last = rows.at(-1);
    if (last === undefined) return check.end();
    after = last.id;
    await setImmediate();
  }
}
