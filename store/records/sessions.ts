import type { Kysely } from 'kysely';
import type { RecordStore, Session } from '../contracts.ts';
import type { Tables } from './tables.ts';

type Which = Parameters<RecordStore['dropSessions']>[0];

export async function putSession(db: Kysely<Tables>, session: Session): Promise<void> {
  const { tokenHash, userId, createdAtMs, expiresAtMs } = session;
  const row = { token_hash: tokenHash, user_id: userId, created_at_ms: createdAtMs, expires_at_ms: expiresAtMs };
  const update = { user_id: userId, expires_at_ms: expiresAtMs };
  const insert = db.insertInto('sessions').values(row);
  await insert.onConflict((conflict) => conflict.column('token_hash').doUpdateSet(update)).execute();
}

export async function sessionOf(db: Kysely<Tables>, tokenHash: string): Promise<Session | undefined> {
  const row = await db.selectFrom('sessions').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst();
  if (row === undefined) return undefined;
  const [createdAtMs, expiresAtMs] = [Number(row.created_at_ms), Number(row.expires_at_ms)];
  return { tokenHash, userId: row.user_id, createdAtMs, expiresAtMs };
}

/** Ends sessions; those of a user and those that are over together with the links of their screens. */
export async function dropSessions(db: Kysely<Tables>, which: Which): Promise<void> {
  if ('tokenHash' in which) {
    await db.deleteFrom('sessions').where('token_hash', '=', which.tokenHash).execute();
    return;
  }
  for (const table of ['sessions', 'displays'] as const) {
    const all = db.deleteFrom(table);
    if ('userId' in which) await all.where('user_id', '=', which.userId).execute();
    else await all.where('expires_at_ms', '<=', which.expiredAtMs).execute();
  }
}
