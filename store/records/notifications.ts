import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import { AppError } from '../../model/errors.ts';
import type { Notification } from '../../model/notification.ts';
import type { NotificationAbout, NotificationFilter, Page } from '../contracts.ts';
import type { Tables } from './tables.ts';

const maxPerPage = 1_000;
const idLength = 26;
const shortestPrefix = 15;

/** By its id, or a beginning of it that is long enough to be nobody else's. */
export async function notificationById(db: Kysely<Tables>, id: string): Promise<Notification | undefined> {
  if (id.length < shortestPrefix || id.length > idLength) return undefined;
  // Letters of an id are all below `~`, so this is a range of the primary key.
  const from = db.selectFrom('notifications').select('doc').where('id', '>=', id).where('id', '<=', `${id}~`);
  const row = await from.orderBy('id').limit(1).executeTakeFirst();
  return row && JSON.parse(row.doc);
}

/** Latest first, by when it was last to be tried. */
export async function pageOfNotifications(
  db: Kysely<Tables>,
  filter: NotificationFilter,
): Promise<Page<NotificationAbout>> {
  if ([filter.states, filter.residentIds].some((list) => list?.length === 0))
    return { items: [], nextCursor: undefined };
  const limit = Math.min(Math.max(filter.limit, 1), maxPerPage);
  const rows = await filtered(db, filter)
    .limit(limit + 1)
    .execute();
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    items: rows.slice(0, limit).map((row) => ({ notification: JSON.parse(row.doc), residentId: row.resident_id })),
    nextCursor: last && Buffer.from(`${last.next_attempt_at_ms}:${last.id}`).toString('base64url'),
  };
}

type Row = Pick<Tables['notifications'], 'id' | 'next_attempt_at_ms' | 'doc'> & Pick<Tables['alerts'], 'resident_id'>;

function filtered(db: Kysely<Tables>, { states, areaId, residentIds, cursor }: NotificationFilter) {
  let query: SelectQueryBuilder<Tables, 'notifications' | 'alerts', Row> = db
    .selectFrom('notifications')
    .innerJoin('alerts', 'alerts.id', 'notifications.alert_id')
    .select(['notifications.id', 'notifications.next_attempt_at_ms', 'notifications.doc', 'alerts.resident_id'])
    .orderBy('notifications.next_attempt_at_ms', 'desc')
    .orderBy('notifications.id', 'desc');
  if (states) query = query.where('notifications.state', 'in', states);
  if (residentIds) query = query.where('alerts.resident_id', 'in', residentIds);
  if (areaId !== undefined) query = query.where(sql<boolean>`replace(area_path, ${`/${areaId}/`}, '') <> area_path`);
  return cursor === undefined ? query : query.where(after(cursor));
}

function after(cursor: string) {
  const [, atMs, id = ''] = /^(\d{1,16}):(.*)$/s.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (atMs === undefined) throw new AppError('badRequest', 'cursor must be the nextCursor of the page before');
  const [at, of] = [sql.ref('notifications.next_attempt_at_ms'), sql.ref('notifications.id')];
  return sql<boolean>`(${at} < ${Number(atMs)} or (${at} = ${Number(atMs)} and ${of} < ${id}))`;
}
