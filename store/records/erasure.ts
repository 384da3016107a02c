import { setImmediate } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { withoutMentions } from '../../model/mentions.ts';
import type { ErasedRecords } from '../contracts.ts';
import { renameInAudit } from './audit-log.ts';
import { noticesIn } from './notices.ts';
import { removePortraits } from './portraits.ts';
import { removeAlerts } from './retention.ts';
import { sharesIn } from './shares.ts';
import type { Tables } from './tables.ts';
import { visitsIn } from './visits.ts';

/** So many rows in one transaction: an SOS waits for one of them at most. */
const alertsAtATime = 200;
const rowsAtATime = 2_000;

/**
 * Everything the records say of one resident beside the community itself: alerts, time lines, notifications, shares,
 * notices, visits, their photo, marks of applied signals that name them. Audit entries stay, under `pseudonym`: who looked at what must not vanish.
 * Can be repeated: a second time finds what a crash left.
 */
export async function eraseResident(
  db: Kysely<Tables>,
  residentId: string,
  pseudonym: string,
  nowMs: number,
): Promise<ErasedRecords> {
  const alerts = await eraseAlerts(db, residentId);
  await eraseMentions(db, residentId);
  const signals = await eraseSignals(db, residentId);
  const auditEntries = await renameInAudit(db, residentId, pseudonym, nowMs);
  const shares = await sharesIn(db).eraseResident(residentId);
  const notices = await noticesIn(db).eraseResident(residentId);
  const visits = await visitsIn(db).eraseResident(residentId);
  const portraits = await removePortraits(db, [residentId]);
  return { ...alerts, signals, shares, notices, visits, portraits, auditEntries };
}

async function eraseAlerts(
  db: Kysely<Tables>,
  residentId: string,
): Promise<Pick<ErasedRecords, 'alerts' | 'timelineEntries' | 'notifications' | 'photos'>> {
  const sum = { alerts: 0, timelineEntries: 0, notifications: 0, photos: 0 };
  for (;;) {
    const theirs = db.selectFrom('alerts').select('id').where('resident_id', '=', residentId);
    const ids = (await theirs.limit(alertsAtATime).execute()).map(({ id }) => id);
    if (ids.length === 0) return sum;
    const removed = await db.transaction().execute((trx) => removeAlerts(trx, ids));
    sum.alerts += ids.length;
    sum.timelineEntries += removed.timelineEntries;
    sum.notifications += removed.notifications;
    sum.photos += removed.photos;
    await setImmediate();
  }
}

/** An alert of an area stays, without them in its lists. */
async function eraseMentions(db: Kysely<Tables>, residentId: string): Promise<void> {
  const mark = JSON.stringify({ residentId }).slice(1, -1);
  const mentions = sql<boolean>`replace(doc, ${mark}, '') <> doc`;
  const ofAreas = db.selectFrom('alerts').select('id').where(sql<boolean>`substr(resident_id, 1, 1) = '@'`);
  const alerts = await db
    .selectFrom('alerts')
    .select(['id', 'doc'])
    .where('id', 'in', ofAreas)
    .where(mentions)
    .execute();
  for (const { id, doc } of alerts) {
    await db
      .updateTable('alerts')
      .set({ doc: without(doc, residentId) })
      .where('id', '=', id)
      .execute();
  }
  const lines = db.selectFrom('timeline').select(['alert_id', 'position', 'doc']).where('alert_id', 'in', ofAreas);
  for (const { alert_id, position, doc } of await lines.where(mentions).execute()) {
    const change = db.updateTable('timeline').set({ doc: without(doc, residentId) });
    await change.where('alert_id', '=', alert_id).where('position', '=', position).execute();
  }
}

function without(doc: string, residentId: string): string {
  return JSON.stringify(withoutMentions(JSON.parse(doc), residentId));
}

/** Ids of signals are made of facts, the resident's id among them; no index helps to find it inside. */
async function eraseSignals(db: Kysely<Tables>, residentId: string): Promise<number> {
  let erased = 0;
  for (let after = ''; ; ) {
    const next = db.selectFrom('applied_signals').select('id').where('id', '>', after);
    const ids = (await next.orderBy('id').limit(rowsAtATime).execute()).map(({ id }) => id);
    const theirs = ids.filter((id) => id.split(':').includes(residentId));
    for (const id of theirs) await db.deleteFrom('applied_signals').where('id', '=', id).execute();
    erased += theirs.length;
    const last = ids.at(-1);
    if (last === undefined) return erased;
    after = last;
    await setImmediate();
  }
}

/**
 * Leaves nothing of what was deleted in the file. Deleting overwrites with zeros, but when SQLite moves rows between
 * pages a copy may stay in the gap; only rewriting the whole file is certain. That holds everybody up (about 10 ms for
 * each MB), so a file larger than `atMostBytes` is left for the next start. `cutLog` leaves nothing in the log either.
 * Resolves with whether all of that was done.
 */
export async function rewriteFile(
  db: Kysely<Tables>,
  atMostBytes: number,
  cutLog: () => Promise<boolean>,
): Promise<boolean> {
  const { rows } = await sql<{ bytes: number }>`
    select page_count * page_size as bytes from pragma_page_count(), pragma_page_size()`.execute(db);
  const isSmall = Number(rows[0]?.bytes ?? 0) <= atMostBytes;
  if (isSmall) await sql`vacuum`.execute(db);
  const isCut = await cutLog();
  return isSmall && isCut;
}
