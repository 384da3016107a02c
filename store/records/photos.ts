import type { Kysely, Transaction } from 'kysely';
import type { Photo } from '../../model/photo.ts';
import type { Tables } from './tables.ts';

/** The photo of an alert, in place of the one before. False when there is no such alert: it may have been erased meanwhile. */
export async function putPhoto(trx: Transaction<Tables>, alertId: string, photo: Photo): Promise<boolean> {
  const alert = await trx.selectFrom('alerts').select('id').where('id', '=', alertId).executeTakeFirst();
  if (alert === undefined) return false;
  const insert = trx.insertInto('photos').values({ alert_id: alertId, ...photo });
  await insert.onConflict((conflict) => conflict.column('alert_id').doUpdateSet({ ...photo })).execute();
  return true;
}

export async function photoOf(db: Kysely<Tables>, alertId: string): Promise<Photo | undefined> {
  const found = db.selectFrom('photos').select(['type', 'bytes']).where('alert_id', '=', alertId);
  return found.executeTakeFirst();
}
