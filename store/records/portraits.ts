import type { Kysely, Transaction } from 'kysely';
import type { Photo } from '../../model/photo.ts';
import type { Tables } from './tables.ts';

/** How a resident looks, in place of the photo before. False when there is no such resident: they may have been erased meanwhile. */
export async function putPortrait(trx: Transaction<Tables>, residentId: string, photo: Photo): Promise<boolean> {
  const resident = await trx.selectFrom('residents').select('id').where('id', '=', residentId).executeTakeFirst();
  if (resident === undefined) return false;
  const insert = trx.insertInto('portraits').values({ resident_id: residentId, ...photo });
  await insert.onConflict((conflict) => conflict.column('resident_id').doUpdateSet({ ...photo })).execute();
  return true;
}

export async function portraitOf(db: Kysely<Tables>, residentId: string): Promise<Photo | undefined> {
  const found = db.selectFrom('portraits').select(['type', 'bytes']).where('resident_id', '=', residentId);
  return found.executeTakeFirst();
}

/** Resolves with how many there were of these residents. */
export async function removePortraits(db: Kysely<Tables>, residentIds: readonly string[]): Promise<number> {
  const gone = await db.deleteFrom('portraits').where('resident_id', 'in', residentIds).executeTakeFirst();
  return Number(gone.numDeletedRows);
}
