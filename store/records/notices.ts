import type { Kysely } from 'kysely';
import type { Notice } from '../../model/notice.ts';
import type { NoticeStore } from '../contracts.ts';
import type { Tables } from './tables.ts';

const columns = ['doc', 'ended_at_ms'] as const;

/** Notices that ask the public to look for somebody. */
export function noticesIn(db: Kysely<Tables>): NoticeStore {
  return {
    async put(notice) {
      const { id, residentId, expiresAtMs } = notice;
      const row = { id, resident_id: residentId, expires_at_ms: expiresAtMs, ended_at_ms: null };
      await db
        .insertInto('notices')
        .values({ ...row, doc: JSON.stringify(notice) })
        .execute();
    },

    async byId(id) {
      const row = await db.selectFrom('notices').select(columns).where('id', '=', id).executeTakeFirst();
      return row && read(row);
    },

    async ofResident(residentId) {
      const theirs = db.selectFrom('notices').select(columns).where('resident_id', '=', residentId);
      return (await theirs.orderBy('expires_at_ms', 'desc').orderBy('id').execute()).map(read);
    },

    async running(nowMs, atMost) {
      const theirs = db.selectFrom('notices').select(columns).where('ended_at_ms', 'is', null);
      const all = theirs.where('expires_at_ms', '>', nowMs).orderBy('expires_at_ms', 'desc').orderBy('id');
      return (await all.limit(atMost).execute()).map(read);
    },

    async end(id, atMs) {
      const one = db.updateTable('notices').set({ ended_at_ms: atMs }).where('id', '=', id);
      await one.where('ended_at_ms', 'is', null).execute();
    },

    async expire(beforeMs, atMost) {
      const over = db.selectFrom('notices').select('id').where('expires_at_ms', '<', beforeMs).limit(atMost);
      const ids = (await over.execute()).map(({ id }) => id);
      if (ids.length > 0) await db.deleteFrom('notices').where('id', 'in', ids).execute();
      return ids.length;
    },

    async eraseResident(residentId) {
      const gone = await db.deleteFrom('notices').where('resident_id', '=', residentId).executeTakeFirst();
      return Number(gone.numDeletedRows);
    },
  };
}

/** What stands in a row is what we wrote there. */
function read({ doc, ended_at_ms: endedAtMs }: Pick<Tables['notices'], (typeof columns)[number]>): Notice {
  return { ...(JSON.parse(doc) as Notice), ...(endedAtMs !== null && { endedAtMs: Number(endedAtMs) }) };
}
