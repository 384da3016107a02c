import { localDay } from './local-time.ts';
import { isContact, type Visit, type VisitPlan } from './visit.ts';
import { countsFromMs, dueVisit, missedBy } from './visit-plan.ts';

/** The goal for planned contacts that were made in time. */
export const visitTarget = 0.98;

/** What became of one planned contact, and when that was decided: when it was made, or when it was overdue. */
export type VisitCase = { readonly residentId: string; readonly atMs: number; readonly isOnTime: boolean };

/**
 * What became of the contacts planned for one resident, from what is recorded of them.
 *
 * @param visits every visit since `fromMs`, in any order: they are judged by when they were, not by when they were recorded
 * @param plan as it stands at `nowMs`; undefined when nobody is to visit her any more
 */
export function casesOf(
  residentId: string,
  visits: readonly Visit[],
  plan: VisitPlan | undefined,
  { timeZone, fromMs, nowMs }: { readonly timeZone: string; readonly fromMs: number; readonly nowMs: number },
): readonly VisitCase[] {
  const contacts = visits.filter(isContact);
  const all = [...contacts, ...visits.map((visit) => visit.plan)].flatMap((one) => contactOf(one) ?? []);
  const known = all.sort((a, b) => a - b);
  const closed = contacts.flatMap((contact) => {
    if (contact.plan === undefined) return [];
    const lastContactMs = known.findLast((atMs) => atMs < contact.atMs);
    const { lastContactMs: _later, ...stood } = contact.plan;
    const asItWas = lastContactMs === undefined ? stood : { ...stood, lastContactMs };
    return [
      ...missedOf(asItWas, timeZone, { fromMs, untilMs: contact.atMs }),
      ...keptBy(asItWas, timeZone, contact.atMs),
    ];
  });
  const open = plan === undefined ? [] : missedOf(plan, timeZone, { fromMs, untilMs: nowMs });
  return [...closed, ...open].map((one) => ({ residentId, ...one }));
}

type Case = Omit<VisitCase, 'residentId'>;

function contactOf(one: Visit | VisitPlan | undefined): number | undefined {
  return one !== undefined && 'atMs' in one ? one.atMs : one?.lastContactMs;
}

type Range = { readonly fromMs: number; readonly untilMs: number };

/** Those that were overdue by then, and not before the range. */
function missedOf(plan: VisitPlan, timeZone: string, { fromMs, untilMs }: Range): Case[] {
  const before = missedBy(plan, timeZone, fromMs - 1);
  const length = Math.max(0, missedBy(plan, timeZone, untilMs) - before);
  return Array.from({ length }, (_, i) => ({
    atMs: dueVisit(plan, timeZone, before + i).overdueAtMs,
    isOnTime: false,
  }));
}

/** The one a contact keeps: not when it is the second of a day, nor when it only makes up for one that was missed. */
function keptBy(plan: VisitPlan, timeZone: string, atMs: number): Case[] {
  const missed = missedBy(plan, timeZone, atMs);
  const isNext = localDay(timeZone, atMs) > localDay(timeZone, countsFromMs(plan));
  const isDay = localDay(timeZone, atMs) >= dueVisit(plan, timeZone, missed).day;
  const isKept = atMs >= plan.sinceMs && (missed === 0 ? isNext : isDay);
  return isKept ? [{ atMs, isOnTime: true }] : [];
}
