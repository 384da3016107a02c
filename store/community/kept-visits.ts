import type { Resident } from '../../model/people.ts';
import { isContact, type Visit } from '../../model/visit.ts';

/**
 * What the service keeps of visits to her stands in her record, but is nobody's to write: since when her tier is what it
 * is, and the last contact. Somebody who is new here brings both along from where she was, as far as they are past.
 */
export function keepingVisits(resident: Resident, stored: Resident | undefined, nowMs: number): Resident {
  const { visitTierSince, lastContactAt, ...plain } = resident;
  const known = stored ?? { ...plain, ...pastOf({ visitTierSince, lastContactAt }, nowMs) };
  const since = known.visitTier === plain.visitTier ? known.visitTierSince : undefined;
  const kept = { visitTierSince: since ?? new Date(nowMs).toISOString(), lastContactAt: known.lastContactAt };
  return {
    ...plain,
    ...(plain.visitTier !== undefined && { visitTierSince: kept.visitTierSince }),
    ...(kept.lastContactAt !== undefined && { lastContactAt: kept.lastContactAt }),
  };
}

/** Her record after a visit: the latest contact counts, in whatever order they are recorded. */
export function afterVisit(resident: Resident, visit: Pick<Visit, 'outcome' | 'atMs'>): Resident {
  const { lastContactAt, ...rest } = resident;
  const isEarlier = lastContactAt !== undefined && Date.parse(lastContactAt) >= visit.atMs;
  if (!isContact(visit) || isEarlier) return resident;
  return { ...rest, lastContactAt: new Date(visit.atMs).toISOString() };
}

type Kept = { readonly [K in 'visitTierSince' | 'lastContactAt']: string | undefined };

function pastOf({ visitTierSince, lastContactAt }: Kept, nowMs: number): Kept {
  const past = (at: string | undefined) => (at !== undefined && Date.parse(at) <= nowMs ? at : undefined);
  return { visitTierSince: past(visitTierSince), lastContactAt: past(lastContactAt) };
}
