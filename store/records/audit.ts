import { setImmediate } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { AppError } from '../../model/errors.ts';
import type { AuditEntry, AuditFilter, Page } from '../contracts.ts';
import type { Tables } from './tables.ts';

/** Read at a time: SQLite works on this thread, and an SOS has its turn in between. */
const rowsAtATime = 1_000;
/** Looked through for one page; what is rarer is found by going on, page by page. */
const rowsAtMost = 50_000;
const maxPerPage = 1_000;

/**
 * Latest first. By whom and what cannot be searched by, only looked for, so a page may hold fewer than asked for (or
 * none) and still have a next one.
 */
export async function pageOfAudit(db: Kysely<Tables>, filter: AuditFilter): Promise<Page<AuditEntry>> {
  const limit = Math.min(Math.max(filter.limit, 1), maxPerPage);
  const items: AuditEntry[] = [];
  let before = filter.cursor === undefined ? undefined : idOf(filter.cursor);
  for (let seen = 0; seen < rowsAtMost; seen += rowsAtATime) {
    const rows = await someBefore(db, filter, before);
    for (const { id, doc } of rows) {
      before = Number(id);
      const entry = JSON.parse(doc) as AuditEntry; // what we wrote there
      if (isWanted(entry, filter)) items.push(entry);
      if (items.length === limit) return { items, nextCursor: String(before) };
    }
    if (rows.length < rowsAtATime) return { items, nextCursor: undefined };
    await setImmediate();
  }
  return { items, nextCursor: before === undefined ? undefined : String(before) };
}

function someBefore(db: Kysely<Tables>, { about, fromMs, toMs }: AuditFilter, before: number | undefined) {
  let query = db.selectFrom('audit').select(['id', 'doc']).orderBy('id', 'desc').limit(rowsAtATime);
  if (about !== undefined) query = query.where('about', '=', about);
  if (fromMs !== undefined) query = query.where('at_ms', '>=', fromMs);
  if (toMs !== undefined) query = query.where('at_ms', '<', toMs);
  return (before === undefined ? query : query.where('id', '<', before)).execute();
}

function isWanted(entry: AuditEntry, { who, what }: AuditFilter): boolean {
  return (who === undefined || entry.who === who) && (what === undefined || entry.what === what);
}

function idOf(cursor: string): number {
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor);
  throw new AppError('badRequest', 'cursor must be the nextCursor of the page before');
}
