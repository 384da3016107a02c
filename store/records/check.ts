import { DatabaseSync } from 'node:sqlite';
import type { z } from 'zod';
import { CommunityDocument } from '../../model/community.ts';
import { kindsInOrder } from '../community/entries.ts';
import type { AuditAnchor, CheckedPart, DamageReport } from '../contracts.ts';
import type { AuditRow } from './audit-chain.ts';
import { AuditChainCheck } from './audit-check.ts';

const withDocuments = [
  'alerts',
  'timeline',
  'notifications',
  'audit',
  'shares',
  'displays',
  'notices',
  'visits',
  'staged_writes',
] as const;
const others = ['sessions', 'applied_signals', 'photos', 'portraits', 'settings'] as const;
/** More than this is a broken disk, not a list to read. */
const reportsAtMost = 100;

/** Something that is said to belong to an alert, or a resident, which is not there. */
const orphans = {
  'lines of time lines': [
    'alerts',
    'select alert_id as id from timeline where alert_id not in (select id from alerts)',
  ],
  notifications: ['alerts', 'select id from notifications where alert_id not in (select id from alerts)'],
  photos: ['alerts', 'select alert_id as id from photos where alert_id not in (select id from alerts)'],
  portraits: [
    'residents',
    'select resident_id as id from portraits where resident_id not in (select id from residents)',
  ],
} as const;

/**
 * Reads every row of a records file that nobody has open: pages and indexes as SQLite checks them, each document as
 * JSON, each thing of a community against its schema. Throws what SQLite says when it is no database at all.
 */
export function checkRecords(file: string): CheckedPart {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const damage: DamageReport[] = [];
    const add = (what: string, where: string): void => {
      if (damage.length < reportsAtMost) damage.push({ what, where });
    };
    for (const { integrity_check: said } of db.prepare(`pragma integrity_check(${reportsAtMost})`).iterate()) {
      if (said !== 'ok') add(String(said), 'the records file');
    }
    const counts = { ...checkCommunity(db, add), ...checkDocuments(db, add), ...countOthers(db) };
    for (const [what, [owners, query]] of Object.entries(orphans)) checkOrphans(db, { what, owners, query }, add);
    return { counts, damage };
  } finally {
    db.close();
  }
}

type Add = (what: string, where: string) => void;
type Counts = Record<string, number>;

function checkCommunity(db: DatabaseSync, add: Add): Counts {
  const counts: Counts = {};
  for (const kind of kindsInOrder) {
    const schema: z.ZodType = CommunityDocument.shape[kind].unwrap().element;
    counts[kind] = 0;
    for (const { id, doc } of db.prepare(`select id, doc from ${kind}`).iterate()) {
      counts[kind] += 1;
      const wrong = wrongWith(String(doc), schema);
      if (wrong !== undefined) add(wrong, `${kind} ${id}`);
    }
  }
  return counts;
}

function wrongWith(doc: string, schema: z.ZodType): string | undefined {
  try {
    const parsed = schema.safeParse(JSON.parse(doc));
    const [first] = parsed.error?.issues ?? [];
    return first && `is not what it should be: ${first.path.join('.')} ${first.message}`;
  } catch {
    return 'is no JSON';
  }
}

function checkDocuments(db: DatabaseSync, add: Add): Counts {
  const counts: Counts = {};
  for (const table of withDocuments.filter((name) => isThere(db, name))) {
    counts[table] = countOf(db, table);
    for (const { row } of db.prepare(`select rowid as row from ${table} where not json_valid(doc)`).iterate()) {
      add('is no JSON', `${table}, row ${row}`);
    }
  }
  return counts;
}

/** A file of an earlier version gets a table when it is opened next. */
function isThere(db: DatabaseSync, table: string): boolean {
  return db.prepare("select 1 from sqlite_master where type = 'table' and name = ?").get(table) !== undefined;
}

/** What of the audit log in a records file is not as it was written; `anchors` are heads of it from before. */
export function checkAuditIn(file: string, anchors: readonly AuditAnchor[] = []): readonly DamageReport[] {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    return isChained(db) ? chainDamage(db, anchors) : [];
  } finally {
    db.close();
  }
}

/** A file of an earlier version is chained when it is opened next. */
function isChained(db: DatabaseSync): boolean {
  return db.prepare("select 1 from kysely_migration where name = '0007-audit-chain'").get() !== undefined;
}

function chainDamage(db: DatabaseSync, anchors: readonly AuditAnchor[]): readonly DamageReport[] {
  const check = new AuditChainCheck(anchors);
  const rows = db.prepare('select * from audit order by id').iterate();
  for (const row of rows) check.see(row as AuditRow); // the columns of the table, as the migrations made them
  return check.end().damage;
}

function countOthers(db: DatabaseSync): Counts {
  return Object.fromEntries(others.map((table) => [table, countOf(db, table)]));
}

function countOf(db: DatabaseSync, table: string): number {
  return Number(db.prepare(`select count(*) as count from ${table}`).get()?.count ?? 0);
}

type Orphans = { readonly what: string; readonly owners: string; readonly query: string };

function checkOrphans(db: DatabaseSync, { what, owners, query }: Orphans, add: Add): void {
  const count = Number(db.prepare(`select count(*) as count from (${query})`).get()?.count ?? 0);
  if (count > 0) add(`${count} belong to ${owners} that are not there`, what);
}
