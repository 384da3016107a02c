import { type Kysely, type SelectQueryBuilder, sql, type Transaction } from 'kysely';
import type { Alert, TimelineEntry } from '../../model/alert.ts';
import { AppError } from '../../model/errors.ts';
import type { Notification } from '../../model/notification.ts';
import type { AlertChange, AlertFilter, DamageReport, Page } from '../contracts.ts';
import { rowsAtATime } from './community.ts';
import { readableIn } from './documents.ts';
import type { Tables } from './tables.ts';

const maxPerPage = 1_000;

/** All changes in order: of several for one alert the last is what remains, the time line keeps every one. */
export async function writeAlerts(trx: Transaction<Tables>, changes: readonly AlertChange[]): Promise<void> {
  await putAlerts(trx, [...new Map(changes.map((change) => [change.alert.id, change])).values()]);
  const entries = changes.flatMap((change) => change.entries);
  const notifications = changes.flatMap((change) => change.notifications);
  const signalIds = changes.flatMap(({ signalId }) => signalId ?? []);
  await appendTimeline(trx, entries);
  for (const some of chunks(notifications)) {
    // Its id comes from facts: one that is there already was planned by the same change before.
    await trx
      .insertInto('notifications')
      .values(some.map(notificationRow))
      .onConflict((c) => c.doNothing())
      .execute();
  }
  await writeNotifications(
    trx,
    changes.flatMap(({ answered }) => answered ?? []),
  );
  await writeApplied(trx, signalIds);
}

export async function appliedAmong(db: Kysely<Tables>, signalIds: readonly string[]): Promise<Set<string>> {
  const applied = new Set<string>();
  for (const some of chunks(signalIds)) {
    const rows = await db.selectFrom('applied_signals').select('id').where('id', 'in', some).execute();
    for (const { id } of rows) applied.add(id);
  }
  return applied;
}

export async function writeApplied(trx: Transaction<Tables>, signalIds: readonly string[]): Promise<void> {
  for (const some of chunks(signalIds)) {
    const rows = some.map((id) => ({ id, seen_at_ms: null }));
    await trx
      .insertInto('applied_signals')
      .values(rows)
      .onConflict((c) => c.doNothing())
      .execute();
  }
}

export async function writeNotifications(trx: Transaction<Tables>, changes: readonly Notification[]): Promise<void> {
  const last = [...new Map(changes.map((change) => [change.id, change])).values()];
  for (const some of chunks(last)) {
    // One that was erased meanwhile stays away: an attempt under way must not bring a person back.
    const known = await knownNotifications(trx, some);
    if (known.length === 0) continue;
    await trx
      .insertInto('notifications')
      .values(known.map(notificationRow))
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet((set) => ({
          state: set.ref('excluded.state'),
          next_attempt_at_ms: set.ref('excluded.next_attempt_at_ms'),
          doc: set.ref('excluded.doc'),
        })),
      )
      .execute();
  }
}

async function knownNotifications(trx: Transaction<Tables>, some: readonly Notification[]): Promise<Notification[]> {
  const ids = some.map(({ id }) => id);
  const rows = await trx.selectFrom('notifications').select('id').where('id', 'in', ids).execute();
  const known = new Set(rows.map(({ id }) => id));
  return some.filter(({ id }) => known.has(id));
}

async function putAlerts(trx: Transaction<Tables>, changes: readonly AlertChange[]): Promise<void> {
  for (const some of chunks(changes)) {
    await trx
      .insertInto('alerts')
      .values(some.map(alertRow))
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet((set) => ({
          types: set.ref('excluded.types'),
          severity: set.ref('excluded.severity'),
          state: set.ref('excluded.state'),
          area_path: set.ref('excluded.area_path'),
          resolved_at_ms: set.ref('excluded.resolved_at_ms'),
          doc: set.ref('excluded.doc'),
        })),
      )
      .execute();
  }
}

async function appendTimeline(trx: Transaction<Tables>, entries: readonly TimelineEntry[]): Promise<void> {
  for (const some of chunks(entries)) {
    const lines = await linesUsed(trx, new Set(some.map(({ alertId }) => alertId)));
    const rows = some.map((entry) => {
      const position = (lines.get(entry.alertId) ?? 0) + 1;
      lines.set(entry.alertId, position);
      return { alert_id: entry.alertId, position, doc: JSON.stringify(entry) };
    });
    await trx.insertInto('timeline').values(rows).execute();
  }
}

async function linesUsed(trx: Transaction<Tables>, alertIds: ReadonlySet<string>): Promise<Map<string, number>> {
  const rows = await trx
    .selectFrom('timeline')
    .select(({ fn }) => ['alert_id', fn.max('position').as('last')])
    .where('alert_id', 'in', [...alertIds])
    .groupBy('alert_id')
    .execute();
  return new Map(rows.map(({ alert_id, last }) => [alert_id, Number(last)]));
}

/** Newest first, as far as they can be read; the rest is added to `damage`. The cursor holds the last alert shown, so that alerts which open meanwhile move nothing. */
export async function pageOfAlerts(
  db: Kysely<Tables>,
  filter: AlertFilter,
  damage: DamageReport[],
): Promise<Page<Alert>> {
  const { states, severities, types, residentIds } = filter;
  // An empty list allows nothing: a family without residents sees no alert, not all of them.
  if ([states, severities, types, residentIds].some((list) => list?.length === 0)) {
    return { items: [], nextCursor: undefined };
  }
  const limit = Math.min(Math.max(filter.limit, 1), maxPerPage);
  const rows = await filtered(db, filter)
    .limit(limit + 1)
    .execute();
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    items: readableIn('alerts', rows.slice(0, limit), damage),
    nextCursor: last && cursorOf(Number(last.opened_at_ms), last.id),
  };
}

type AlertQuery = SelectQueryBuilder<Tables, 'alerts', Pick<Tables['alerts'], 'id' | 'opened_at_ms' | 'doc'>>;

function filtered(db: Kysely<Tables>, filter: AlertFilter): AlertQuery {
  let query: AlertQuery = db
    .selectFrom('alerts')
    .select(['id', 'opened_at_ms', 'doc'])
    .orderBy('opened_at_ms', 'desc')
    .orderBy('id', 'desc');
  if (filter.states) query = query.where('state', 'in', filter.states);
  if (filter.severities) query = query.where('severity', 'in', filter.severities);
  if (filter.types) query = query.where(ofAnyType(filter.types));
  if (filter.residentIds) query = query.where('resident_id', 'in', filter.residentIds);
  if (filter.fromMs !== undefined) query = query.where('opened_at_ms', '>=', filter.fromMs);
  if (filter.toMs !== undefined) query = query.where('opened_at_ms', '<', filter.toMs);
  if (filter.areaId !== undefined) query = query.where(underArea(filter.areaId));
  if (filter.cursor !== undefined) query = query.where(after(filter.cursor));
  return query;
}

/** A fall that became an SOS is still found as a fall. */
function ofAnyType(types: readonly string[]) {
  const holds = types.map((type) => sql`replace(types, ${`/${type}/`}, '') <> types`);
  return sql<boolean>`(${sql.join(holds, sql` or `)})`;
}

/** Not `like`: SQLite's ignores case, and `_` is a letter of ids and a wildcard there. */
function underArea(areaId: string) {
  return sql<boolean>`replace(area_path, ${`/${areaId}/`}, '') <> area_path`;
}

function after(cursor: string) {
  const { openedAtMs, id } = readCursor(cursor);
  return sql<boolean>`(opened_at_ms < ${openedAtMs} or (opened_at_ms = ${openedAtMs} and id < ${id}))`;
}

function cursorOf(openedAtMs: number, id: string): string {
  return Buffer.from(`${openedAtMs}:${id}`).toString('base64url');
}

function readCursor(cursor: string): { readonly openedAtMs: number; readonly id: string } {
  const [, openedAtMs, id = ''] = /^(\d{1,16}):(.*)$/s.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (openedAtMs === undefined) throw new AppError('badRequest', 'cursor must be the nextCursor of the page before');
  return { openedAtMs: Number(openedAtMs), id };
}

function alertRow({ alert, areaPath }: AlertChange): Tables['alerts'] {
  return {
    id: alert.id,
    types: `/${alert.types.join('//')}/`,
    severity: alert.severity,
    state: alert.state,
    resident_id: alert.residentId,
    area_path: `/${areaPath.map((id) => `${id}/`).join('')}`,
    opened_at_ms: alert.openedAtMs,
    resolved_at_ms: alert.state === 'resolved' ? (alert.resolvedAtMs ?? alert.updatedAtMs) : null,
    doc: JSON.stringify(alert),
  };
}

function notificationRow(notification: Notification): Tables['notifications'] {
  return {
    id: notification.id,
    alert_id: notification.alertId,
    state: notification.state,
    next_attempt_at_ms: notification.nextAttemptAtMs,
    doc: JSON.stringify(notification),
  };
}

/** No statement is larger than the databases take. */
export function chunks<T>(items: readonly T[]): T[][] {
  const all: T[][] = [];
  for (let start = 0; start < items.length; start += rowsAtATime) all.push(items.slice(start, start + rowsAtATime));
  return all;
}
