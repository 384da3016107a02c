import type { ExpressionBuilder, Kysely } from 'kysely';
import type { Share } from '../../model/share.ts';
import type { ShareStore } from '../contracts.ts';
import type { Tables } from './tables.ts';

const columns = ['doc', 'revoked_at_ms', 'openings', 'opened_at_ms'] as const;

/** Links that show where somebody is; of the token only its hash is kept. */
export function sharesIn(db: Kysely<Tables>): ShareStore {
  return {
    async put({ openings, ...share }, tokenHash) {
      const { id, residentId, expiresAtMs } = share;
      const row = { id, resident_id: residentId, expires_at_ms: expiresAtMs, doc: JSON.stringify(share), openings };
      await db
        .insertInto('shares')
        .values({ ...row, token_hash: tokenHash, revoked_at_ms: null, opened_at_ms: null })
        .execute();
    },

    async byId(id) {
      return read(await db.selectFrom('shares').select(columns).where('id', '=', id).executeTakeFirst());
    },

    async byTokenHash(hash) {
      return read(await db.selectFrom('shares').select(columns).where('token_hash', '=', hash).executeTakeFirst());
    },

    async ofResident(residentId) {
      const theirs = db.selectFrom('shares').select(columns).where('resident_id', '=', residentId);
      const rows = await theirs.orderBy('expires_at_ms', 'desc').orderBy('id').execute();
      return rows.flatMap((row) => read(row) ?? []);
    },

    async revoke(id, atMs) {
      const one = db.updateTable('shares').set({ revoked_at_ms: atMs }).where('id', '=', id);
      await one.where('revoked_at_ms', 'is', null).execute();
    },

    async opened(id, atMs) {
      const counted = (row: ExpressionBuilder<Tables, 'shares'>) => ({
        openings: row('openings', '+', 1),
        opened_at_ms: atMs,
      });
      await db.updateTable('shares').set(counted).where('id', '=', id).execute();
    },

    async expire(beforeMs, atMost) {
      const over = db.selectFrom('shares').select('id').where('expires_at_ms', '<', beforeMs).limit(atMost);
      const ids = (await over.execute()).map(({ id }) => id);
      if (ids.length > 0) await db.deleteFrom('shares').where('id', 'in', ids).execute();
      return ids.length;
    },

    async eraseResident(residentId) {
      const gone = await db.deleteFrom('shares').where('resident_id', '=', residentId).executeTakeFirst();
      return Number(gone.numDeletedRows);
    },
  };
}

type Row = Pick<Tables['shares'], (typeof columns)[number]>;

/** What stands in a row is what we wrote there. */
function read(row: Row | undefined): Share | undefined {
  if (row === undefined) return undefined;
  const { revoked_at_ms: revokedAtMs, openings, opened_at_ms: openedAtMs } = row;
  return {
    ...(JSON.parse(row.doc) as Omit<Share, 'openings'>),
    openings: Number(openings),
    ...(revokedAtMs !== null && { revokedAtMs: Number(revokedAtMs) }),
    ...(openedAtMs !== null && { openedAtMs: Number(openedAtMs) }),
  };
}
