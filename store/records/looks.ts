import { type Kysely, sql } from 'kysely';
import type { AuditAnchor, AuditEntry } from '../contracts.ts';
import { appendAudit, auditHead } from './audit-log.ts';
import type { Tables } from './tables.ts';

/*
 * People look all the time: a page that is open asks every few seconds. An entry of a look is written and not synced, so
 * that it costs the main thread 0.1 ms instead of a wait for the disk, in which an SOS would wait, too. It outlives
 * `kill -9`; a power cut may take those after the last write that was synced.
 */

/** One look more is synced, and with it those before: what a power cut tears stays few enough to be told from damage. */
export const looksUnsyncedAtMost = 8;

export type NoteLooks = (entries: readonly AuditEntry[]) => Promise<void>;

/** Writes looks behind the last entry of the audit log, mostly without waiting for the disk. */
export function looksIn(db: Kysely<Tables>): NoteLooks {
  let unsynced = 0;
  return async (entries) => {
    if (unsynced < looksUnsyncedAtMost) {
      unsynced += 1;
      return appendUnsynced(db, entries);
    }
    unsynced = 0; // those that come while this one is written stand behind it
    await db
      .transaction()
      .execute((trx) => appendAudit(trx, entries))
      .catch((error: unknown) => {
        unsynced = looksUnsyncedAtMost;
        throw error;
      });
  };
}

function appendUnsynced(db: Kysely<Tables>, entries: readonly AuditEntry[]): Promise<void> {
  // One connection from here on: nobody else writes in between.
  return db.connection().execute(async (connection) => {
    await sql`pragma synchronous = normal`.execute(connection);
    try {
      await connection.transaction().execute((trx) => appendAudit(trx, entries));
    } finally {
      await sql`pragma synchronous = full`.execute(connection);
    }
  });
}

/** Where the log stands, all of it on disk: an anchor must not lead what a power cut leaves. */
export async function syncedHead(db: Kysely<Tables>): Promise<AuditAnchor> {
  await sql`pragma wal_checkpoint(passive)`.execute(db);
  return auditHead(db);
}
