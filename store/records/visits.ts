import { type Kysely, sql, type Transaction } from 'kysely';
import type { Visit } from '../../model/visit.ts';
import type { EntityWrite, VisitPlace, VisitStore } from '../contracts.ts';
import type { Tables } from './tables.ts';

/** Writes and removes those that come with residents. */
export async function writeVisits(trx: Transaction<Tables>, changes: readonly EntityWrite[]): Promise<void> {
  for (const { visit } of changes) {
    if (visit === undefined) continue;
    if ('put' in visit) await trx.insertInto('visits').values(rowOf(visit.put)).execute();
    else await trx.deleteFrom('visits').where('id', '=', visit.remove).execute();
  }
}

function rowOf(visit: Visit): Tables['visits'] {
  const { id, residentId, kind, outcome, atMs } = visit;
  return { id, resident_id: residentId, at_ms: atMs, kind, outcome, doc: JSON.stringify(visit) };
}

/** Who went to see whom, or called. */
export function visitsIn(db: Kysely<Tables>): VisitStore {
  const stored = () => db.selectFrom('visits').select('doc');
  return {
    async byId(id) {
      const row = await stored().where('id', '=', id).executeTakeFirst();
      return row && read(row);
    },

    async same({ residentId, kind, outcome, atMs }) {
      const theirs = stored().where('resident_id', '=', residentId).where('at_ms', '=', atMs);
      const row = await theirs.where('kind', '=', kind).where('outcome', '=', outcome).executeTakeFirst();
      return row && read(row);
    },

    async lastContactMs(residentId, { without }) {
      const theirs = db.selectFrom('visits').select('at_ms').where('resident_id', '=', residentId);
      const contacts = theirs.where('outcome', '!=', 'notReached').where('id', '!=', without);
      const row = await contacts.orderBy('at_ms', 'desc').limit(1).executeTakeFirst();
      return row && Number(row.at_ms);
    },

    async ofResident({ residentId, before, limit }) {
      const theirs = stored().where('resident_id', '=', residentId);
      const some = before === undefined ? theirs : theirs.where(standsAt('<', before));
      const rows = await some.orderBy('at_ms', 'desc').orderBy('id', 'desc').limit(limit).execute();
      return rows.map(read);
    },

    async after(place, limit) {
      const some = stored().where(standsAt('>', place));
      return (await some.orderBy('at_ms').orderBy('id').limit(limit).execute()).map(read);
    },

    async expire(beforeMs, atMost) {
      const over = db.selectFrom('visits').select('id').where('at_ms', '<', beforeMs).limit(atMost);
      const ids = (await over.execute()).map(({ id }) => id);
      if (ids.length > 0) await db.deleteFrom('visits').where('id', 'in', ids).execute();
      return ids.length;
    },

    eraseResident: (residentId) => removeVisits(db, [residentId]),
  };
}

/** Everything recorded of these residents; how much it was. */
export async function removeVisits(db: Kysely<Tables>, residentIds: readonly string[]): Promise<number> {
  const gone = await db.deleteFrom('visits').where('resident_id', 'in', residentIds).executeTakeFirst();
  return Number(gone.numDeletedRows);
}

/** In order of time, and of ids at one moment. */
function standsAt(side: '<' | '>', { atMs, id }: VisitPlace) {
  return sql<boolean>`(at_ms, id) ${sql.raw(side)} (${atMs}, ${id})`;
}

/** What stands in a row is what we wrote there. */
function read({ doc }: { readonly doc: string }): Visit {
  return JSON.parse(doc) as Visit;
}
