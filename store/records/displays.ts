import type { Kysely } from 'kysely';
import type { Display } from '../../model/display.ts';
import type { DisplayStore } from '../contracts.ts';
import type { Tables } from './tables.ts';

/** Screens on walls; of the token only its hash is kept. */
export function displaysIn(db: Kysely<Tables>): DisplayStore {
  const all = db.selectFrom('displays').select('doc');
  return {
    async put(display, tokenHash) {
      const { id, userId, expiresAtMs } = display;
      const row = { id, user_id: userId, expires_at_ms: expiresAtMs, doc: JSON.stringify(display) };
      await db
        .insertInto('displays')
        .values({ ...row, token_hash: tokenHash })
        .execute();
    },

    async byId(id) {
      return read(await all.where('id', '=', id).executeTakeFirst());
    },

    async byTokenHash(hash) {
      return read(await all.where('token_hash', '=', hash).executeTakeFirst());
    },

    async ofUser(userId) {
      const rows = await all.where('user_id', '=', userId).orderBy('expires_at_ms', 'desc').orderBy('id').execute();
      return rows.flatMap((row) => read(row) ?? []);
    },

    async remove(id) {
      await db.deleteFrom('displays').where('id', '=', id).execute();
    },
  };
}

/** What stands in a row is what we wrote there. */
function read(row: { readonly doc: string } | undefined): Display | undefined {
  return row && (JSON.parse(row.doc) as Display);
}
