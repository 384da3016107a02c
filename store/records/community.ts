import { type Kysely, sql, type Transaction } from 'kysely';
import type { EntityKind, EntityOf } from '../../model/community.ts';
import type { Directory, EntityChange } from '../../model/directory.ts';
import { AppError } from '../../model/errors.ts';
import { kindsInOrder } from '../community/entries.ts';
import type { DamageReport, EntityWrite } from '../contracts.ts';
import { readableIn } from './documents.ts';
import { removePortraits } from './portraits.ts';
import type { Tables } from './tables.ts';
import { removeVisits, writeVisits } from './visits.ts';

/** Rows of one statement; SQLite takes 32,766 values, PostgreSQL 65,535. */
export const rowsAtATime = 500;

type Row = Record<string, string | null> & { id: string; token_hash?: string | null; password_hash?: string };

/** Fills the directory with everything stored that can be read; the rest is added to `damage`. */
export async function loadCommunity(db: Kysely<Tables>, directory: Directory, damage: DamageReport[]): Promise<void> {
  for (const kind of kindsInOrder) {
    const rows = await db.selectFrom(kind).select(['id', 'doc']).orderBy('id').execute();
    for (const entity of readableIn<{ readonly id: string }>(kind, rows, damage)) {
      // We wrote it from a checked entity of this kind.
      directory.apply({ kind, id: entity.id, entity } as EntityChange);
    }
  }
  const hashes = db.selectFrom('devices').select(['id', 'token_hash']).where('token_hash', 'is not', null);
  for (const { id, token_hash } of await hashes.execute()) {
    if (token_hash !== null) directory.tokenHashes.set(id, token_hash);
  }
}

/** Writes in order; neighbours of one kind go into one statement. `rest`: SQLite works on this thread, others have a turn. */
export async function writeCommunity(
  trx: Transaction<Tables>,
  changes: readonly EntityWrite[],
  rest: () => Promise<void>,
): Promise<void> {
  for (const group of grouped(changes)) {
    await rest();
    const { kind, entity } = group[0]!; // a group is never empty
    if (entity === undefined) await removeAll(trx, kind, group);
    else await putAll(trx, kind, group);
  }
}

async function putAll(trx: Transaction<Tables>, kind: EntityKind, group: readonly EntityWrite[]): Promise<void> {
  const rows = group.map(rowOf);
  const columns = Object.keys(rows[0]!).filter((column) => column !== 'id');
  await sql`insert into ${sql.table(kind)} (${sql.join(['id', ...columns].map((name) => sql.ref(name)))})
    values ${sql.join(rows.map((row) => sql`(${sql.join(Object.values(row))})`))}
    on conflict (id) do update set ${sql.join(
      columns.map((name) => sql`${sql.ref(name)} = ${sql.ref(`excluded.${name}`)}`),
    )}`.execute(trx);
  const withNewPassword = group.filter((change) => change.passwordHash !== undefined).map(({ id }) => id);
  if (withNewPassword.length > 0) await dropSessionsOf(trx, withNewPassword);
  if (kind === 'residents') await writeVisits(trx, group);
}

async function removeAll(trx: Transaction<Tables>, kind: EntityKind, group: readonly EntityWrite[]): Promise<void> {
  const ids = group.map(({ id }) => id);
  await trx.deleteFrom(kind).where('id', 'in', ids).execute();
  if (kind === 'users') await dropSessionsOf(trx, ids);
  // Whoever gets the same id later is somebody else.
  if (kind !== 'residents') return;
  await trx.deleteFrom('shares').where('resident_id', 'in', ids).execute();
  await trx.deleteFrom('notices').where('resident_id', 'in', ids).execute();
  await removeVisits(trx, ids);
  await removePortraits(trx, ids);
}

async function dropSessionsOf(trx: Transaction<Tables>, userIds: readonly string[]): Promise<void> {
  for (const table of ['sessions', 'displays'] as const)
    await trx.deleteFrom(table).where('user_id', 'in', userIds).execute();
}

/** Runs of changes that one statement can write: same kind, same columns, no id twice. */
function grouped(changes: readonly EntityWrite[]): EntityWrite[][] {
  const groups: EntityWrite[][] = [];
  let ids = new Set<string>();
  let shape = '';
  for (const change of changes) {
    const own = shapeOf(change);
    if (own !== shape || ids.has(change.id) || ids.size >= rowsAtATime) {
      groups.push([]);
      ids = new Set();
      shape = own;
    }
    groups.at(-1)!.push(change); // the first change differs from the empty shape
    ids.add(change.id);
  }
  return groups;
}

function shapeOf({ kind, entity, tokenHash, passwordHash }: EntityWrite): string {
  return [kind, entity !== undefined, tokenHash !== undefined, passwordHash !== undefined].join();
}

function rowOf(change: EntityWrite): Row {
  const row: Row = { id: change.id, doc: JSON.stringify(change.entity), ...columnsOf(change) };
  if (change.kind === 'devices' && change.tokenHash !== undefined) row.token_hash = change.tokenHash;
  if (change.kind === 'users' && change.passwordHash !== undefined) row.password_hash = change.passwordHash;
  return row;
}

const searched: { readonly [K in EntityKind]: (entity: EntityOf[K]) => Record<string, string | null> } = {
  areas: ({ parentId }) => ({ parent_id: parentId ?? null }),
  residents: ({ areaId }) => ({ area_id: areaId }),
  devices: ({ residentId, hubId }) => ({ resident_id: residentId ?? null, hub_id: hubId ?? null }),
  zones: ({ residentId, areaId }) => ({ resident_id: residentId ?? null, area_id: areaId ?? null }),
  users: ({ username }) => ({ username }),
  policies: () => ({}),
  silences: () => ({}),
  rosters: ({ areaId }) => ({ area_id: areaId }),
};

function columnsOf({ kind, entity }: EntityChange): Record<string, string | null> {
  // The table pairs each kind with its entity; TypeScript cannot follow that through the union.
  return (searched[kind] as (entity: unknown) => Record<string, string | null>)(entity);
}

/** The door checks this before; two people saving at once can still meet here. */
export function refuseTakenUsername(error: unknown): never {
  if (error instanceof Error && /unique.*username/i.test(error.message)) throw usernameTaken();
  throw error;
}

/** The same, asked before anything is written: would one of these meet another's name, in their order? */
export async function refuseTakenUsernames(db: Kysely<Tables>, changes: readonly EntityWrite[]): Promise<void> {
  const users = changes.flatMap((change) => (change.kind === 'users' ? [change] : []));
  if (users.length === 0) return;
  const stored = await db.selectFrom('users').select(['id', 'username']).execute();
  const ownerOf = new Map(stored.map(({ id, username }) => [username, id]));
  const nameOf = new Map(stored.map(({ id, username }) => [id, username]));
  for (const { id, entity } of users) {
    const before = nameOf.get(id);
    if (before !== undefined) ownerOf.delete(before);
    nameOf.delete(id);
    if (entity === undefined) continue;
    if (ownerOf.has(entity.username)) throw usernameTaken();
    ownerOf.set(entity.username, id);
    nameOf.set(id, entity.username);
  }
}

function usernameTaken(): AppError {
  return new AppError('conflict', 'a username of these is already taken by another user');
}
