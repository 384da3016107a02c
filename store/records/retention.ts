import type { Kysely, Transaction } from 'kysely';
import { chunks } from './alerts.ts';
import type { Tables } from './tables.ts';

/** Alerts that ended before, oldest first, with time line and notifications. Returns how many. */
export async function expireAlerts(
  trx: Transaction<Tables>,
  resolvedBeforeMs: number,
  atMost: number,
): Promise<number> {
  const ended = trx.selectFrom('alerts').select('id').where('resolved_at_ms', '<', resolvedBeforeMs);
  const rows = await ended.orderBy('resolved_at_ms').limit(atMost).execute();
  await removeAlerts(
    trx,
    rows.map(({ id }) => id),
  );
  return rows.length;
}

/** What was removed beside the alerts themselves. */
export type RemovedWithAlerts = {
  readonly timelineEntries: number;
  readonly notifications: number;
  readonly photos: number;
};

export async function removeAlerts(trx: Transaction<Tables>, ids: readonly string[]): Promise<RemovedWithAlerts> {
  let timelineEntries = 0;
  let notifications = 0;
  let photos = 0;
  for (const some of chunks(ids)) {
    const lines = await trx.deleteFrom('timeline').where('alert_id', 'in', some).executeTakeFirst();
    const tellings = await trx.deleteFrom('notifications').where('alert_id', 'in', some).executeTakeFirst();
    const pictures = await trx.deleteFrom('photos').where('alert_id', 'in', some).executeTakeFirst();
    await trx.deleteFrom('alerts').where('id', 'in', some).execute();
    timelineEntries += Number(lines.numDeletedRows);
    notifications += Number(tellings.numDeletedRows);
    photos += Number(pictures.numDeletedRows);
  }
  return { timelineEntries, notifications, photos };
}

/** Gives applied signals that have no date yet one: from it on they are kept their full time. Returns how many. */
export async function dateSignals(trx: Transaction<Tables>, nowMs: number, atMost: number): Promise<number> {
  const undated = trx.selectFrom('applied_signals').select('id').where('seen_at_ms', 'is', null);
  const rows = await undated.limit(atMost).execute();
  for (const some of chunks(rows.map(({ id }) => id))) {
    await trx.updateTable('applied_signals').set({ seen_at_ms: nowMs }).where('id', 'in', some).execute();
  }
  return rows.length;
}

/** Applied signals dated before, but those in `keep`. Returns how many. */
export async function expireSignals(
  db: Kysely<Tables>,
  seenBeforeMs: number,
  atMost: number,
  keep: ReadonlySet<string>,
): Promise<number> {
  const old = db.selectFrom('applied_signals').select('id').where('seen_at_ms', '<', seenBeforeMs);
  const rows = await old.orderBy('seen_at_ms').limit(atMost).execute();
  const ids = rows.map(({ id }) => id).filter((id) => !keep.has(id));
  for (const some of chunks(ids)) await db.deleteFrom('applied_signals').where('id', 'in', some).execute();
  return ids.length;
}
