import { AppError } from '../../model/errors.ts';
import type { Resident } from '../../model/people.ts';
import { isContact, type Visit } from '../../model/visit.ts';
import { planOf } from '../../model/visit-plan.ts';
import type { VisitStore } from '../contracts.ts';

/** A visit as it is reported. */
export type NewVisit = Omit<Visit, 'plan'>;
export type RecordedVisit = { readonly visit: Visit; readonly isNew: boolean };

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

/**
 * Her record after a visit: the latest contact counts, in whatever order they are recorded. One that is still ahead was
 * recorded while the clock was wrong.
 */
export function afterVisit(resident: Resident, visit: NewVisit): Resident {
  const lastMs = lastContactMsOf(resident);
  const isEarlier = lastMs !== undefined && lastMs >= visit.atMs && lastMs <= visit.recordedAtMs;
  return isContact(visit) && !isEarlier ? lastSpokenTo(resident, visit.atMs) : resident;
}

/**
 * Her record without a visit. `leftMs`: the last contact among the visits that are left. One that she brought along from
 * elsewhere is no visit here: her plan until then has it.
 */
export function withoutVisit(resident: Resident, visit: Visit, leftMs: number | undefined): Resident {
  if (!isContact(visit) || lastContactMsOf(resident) !== visit.atMs) return resident;
  const before = [leftMs, visit.plan?.lastContactMs].filter((atMs) => atMs !== undefined);
  return lastSpokenTo(resident, before.length === 0 ? undefined : Math.max(...before));
}

function lastContactMsOf({ lastContactAt }: Resident): number | undefined {
  return lastContactAt === undefined ? undefined : Date.parse(lastContactAt);
}

function lastSpokenTo({ lastContactAt: _before, ...rest }: Resident, atMs: number | undefined): Resident {
  return { ...rest, ...(atMs !== undefined && { lastContactAt: new Date(atMs).toISOString() }) };
}

/** With her plan as it stands until then. */
export function withPlan(visit: NewVisit, resident: Resident): Visit {
  const plan = planOf(resident);
  return plan === undefined ? visit : { ...visit, plan };
}

/** The same, when it was sent before. Throws AppError `conflict` for an id that is taken, and for words that would be lost. */
export async function recordedBefore(visits: VisitStore, visit: NewVisit): Promise<Visit | undefined> {
  const before = (await visits.byId(visit.id)) ?? (await visits.same(visit));
  if (before === undefined) return undefined;
  if (!isOfThat(before, visit)) throw new AppError('conflict', `The id ${visit.id} is that of another visit.`);
  if (visit.note === undefined || visit.note === before.note) return before;
  throw new AppError('conflict', 'This visit is recorded already, with another note or none.');
}

function isOfThat(one: NewVisit, { residentId, kind, outcome }: NewVisit): boolean {
  return one.residentId === residentId && one.kind === kind && one.outcome === outcome;
}

type Kept = { readonly [K in 'visitTierSince' | 'lastContactAt']: string | undefined };

function pastOf({ visitTierSince, lastContactAt }: Kept, nowMs: number): Kept {
  const past = (at: string | undefined) => (at !== undefined && Date.parse(at) <= nowMs ? at : undefined);
  return { visitTierSince: past(visitTierSince), lastContactAt: past(lastContactAt) };
}
