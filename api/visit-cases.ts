import { setImmediate } from 'node:timers/promises';
import { AppError } from '../model/errors.ts';
import type { Visit } from '../model/visit.ts';
import { casesOf, type VisitCase } from '../model/visit-cases.ts';
import { planOf } from '../model/visit-plan.ts';
import type { TimeRange, VisitPlace } from '../store/contracts.ts';
import type { ApiParts } from './parts.ts';

/** Visits read, and visits and residents gone through, before an SOS has its turn. */
const visitsATurn = 1_000;
const goneATurn = 1_000;
/** Visits one set of figures may be made of. */
const visitsAtMost = 500_000;

type Asked = { readonly range: TimeRange; readonly residentIds: ReadonlySet<string> };
type Parts = Pick<ApiParts, 'records' | 'directory' | 'timeZone' | 'clock'>;

/** What became of the contacts planned for these residents within the range. */
export async function visitCases(parts: Parts, { range, residentIds }: Asked): Promise<readonly VisitCase[]> {
  const visits = await visitsFor(parts, { range, residentIds });
  const cases: VisitCase[] = [];
  let gone = 0;
  for (const id of residentIds) {
    const theirs = visits.get(id) ?? [];
    gone += 1 + theirs.length;
    if (gone >= goneATurn) {
      gone = 0;
      await setImmediate();
    }
    const plan = planOf(parts.directory.residents.get(id));
    if (plan === undefined && theirs.length === 0) continue;
    const all = casesOf(id, theirs, plan, { timeZone: parts.timeZone, fromMs: range.fromMs, nowMs: parts.clock() });
    cases.push(...all.filter(({ atMs }) => atMs >= range.fromMs && atMs < range.toMs));
  }
  return cases;
}

/** By resident. */
async function visitsFor({ records }: Parts, { range, residentIds }: Asked) {
  const found = new Map<string, Visit[]>();
  let count = 0;
  for (let place: VisitPlace | undefined = { atMs: range.fromMs, id: '' }; place !== undefined; ) {
    const page: Visit[] = await records.visits().after(place, visitsATurn);
    for (const visit of page) {
      if (!residentIds.has(visit.residentId) || !saysOf(visit, range)) continue;
      count += 1;
      const theirs = found.get(visit.residentId);
      if (theirs === undefined) found.set(visit.residentId, [visit]);
      else theirs.push(visit);
    }
    if (count > visitsAtMost)
      throw new AppError('badRequest', `More than ${visitsAtMost} visits: ask for a shorter range.`);
    place = page.at(-1);
    await setImmediate();
  }
  return found;
}

/** Within the range; or it ends what was missed within it, because nobody had been there since. */
function saysOf({ atMs, plan }: Visit, { toMs }: TimeRange): boolean {
  return atMs < toMs || (plan !== undefined && (plan.lastContactMs ?? 0) < toMs);
}
