import type { Kysely } from 'kysely';
import type { RecordStore } from '../contracts.ts';
import type { Tables } from './tables.ts';

type Which = Parameters<RecordStore['dropSessions']>[0];

/** Ends sessions; those of a user and those that are over together with the links of their screens. */
export async function dropSessionsIn(db: Kysely<Tables>, which: Which): Promise<void> {
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
