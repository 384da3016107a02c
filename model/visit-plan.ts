import { instantOfDay, localDay } from './local-time.ts';
import type { Resident, VisitTier } from './people.ts';
import type { VisitPlan } from './visit.ts';

const dayMs = 86_400_000;
/** On the wall in the community's time zone: to be done by then, and overdue when nobody has by then. */
const dueMinute = 18 * 60;
const overdueMinute = 20 * 60;

type Rhythm = { readonly every: { readonly days: number } | { readonly months: number }; readonly graceDays: number };

/** How often each colour is contacted, and how many days later it is overdue (at 20:00). */
const rhythms: Readonly<Record<VisitTier, Rhythm>> = {
  red: { every: { days: 1 }, graceDays: 0 },
  orange: { every: { days: 7 }, graceDays: 1 },
  yellow: { every: { months: 1 }, graceDays: 3 },
  blue: { every: { months: 3 }, graceDays: 7 },
  green: { every: { months: 6 }, graceDays: 14 },
};

/** A contact that is planned: on which day (days since 1970-01-01), by when, and from when it is overdue. */
export type DueVisit = { readonly day: number; readonly dueAtMs: number; readonly overdueAtMs: number };

/** `due`: today is the day, or the days of grace run. */
export type VisitState = 'notDue' | 'due' | 'overdue';

/** The plan of a resident; undefined when nobody is to visit her, or nothing says since when. */
export function planOf(resident: Resident | undefined): VisitPlan | undefined {
  const { visitTier: tier, visitTierSince, lastContactAt, awayUntil } = resident ?? {};
  if (tier === undefined || visitTierSince === undefined) return undefined;
  return {
    tier,
    sinceMs: Date.parse(visitTierSince),
    ...(lastContactAt !== undefined && { lastContactMs: Date.parse(lastContactAt) }),
    ...(awayUntil !== undefined && { awayUntilMs: Date.parse(awayUntil) }),
  };
}

/** From when the plan counts: the last contact, or when it was set. */
export function countsFromMs({ sinceMs, lastContactMs = sinceMs }: VisitPlan): number {
  return Math.max(sinceMs, lastContactMs);
}

/**
 * The next contact when there is none before: the day a period after the last one. What would be due before she is back
 * is due on the first whole day on which she is. `after`: so many periods later still, when nobody came.
 */
export function dueVisit(plan: VisitPlan, timeZone: string, after = 0): DueVisit {
  const { every, graceDays } = rhythms[plan.tier];
  const regular = later(localDay(timeZone, countsFromMs(plan)), every, 1);
  const backDay = plan.awayUntilMs === undefined ? regular : localDay(timeZone, plan.awayUntilMs - 1) + 1;
  const day = later(Math.max(regular, backDay), every, after);
  return {
    day,
    dueAtMs: instantOfDay(timeZone, day, dueMinute),
    overdueAtMs: instantOfDay(timeZone, day + graceDays, overdueMinute),
  };
}

/** How it stands with a contact at a moment. */
export function visitState({ day, overdueAtMs }: DueVisit, timeZone: string, nowMs: number): VisitState {
  if (nowMs >= overdueAtMs) return 'overdue';
  return localDay(timeZone, nowMs) >= day ? 'due' : 'notDue';
}

/** How many planned contacts were overdue by `nowMs` without one. */
export function missedBy(plan: VisitPlan, timeZone: string, nowMs: number): number {
  const { every } = rhythms[plan.tier];
  const first = dueVisit(plan, timeZone);
  if (nowMs < first.overdueAtMs) return 0;
  // Never too many, for a month is at most so long: from there on they are counted one by one.
  const longestDays = 'days' in every ? every.days : every.months * 31;
  let missed = Math.max(1, Math.floor((nowMs - first.overdueAtMs) / dayMs / longestDays) - 1);
  while (dueVisit(plan, timeZone, missed).overdueAtMs <= nowMs) missed += 1;
  return missed;
}

function later(day: number, every: Rhythm['every'], times: number): number {
  return 'days' in every ? day + every.days * times : monthsLater(day, every.months * times);
}

/** The same date; the last of the month where that has none. */
function monthsLater(day: number, months: number): number {
  const from = new Date(day * dayMs);
  const [year, month] = [from.getUTCFullYear(), from.getUTCMonth() + months];
  const lastDate = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(from.getUTCDate(), lastDate)) / dayMs;
}
