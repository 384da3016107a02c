import type { Resident, VisitTier } from '../../model/people.ts';

const dayMs = 86_400_000;
/** Weekly and monthly ones are due today; daily ones tomorrow, so that an evening does not begin with alerts. */
const lastContactDaysAgo: Readonly<Record<VisitTier, number>> = { red: 0, orange: 7, yellow: 30, blue: 40, green: 40 };
const plannedDaysAgo = 60;

/** The same people, every other one of them with a plan of visits in the colour of their risk, which others kept so far. */
export function withVisits(residents: readonly Resident[], nowMs: number): Resident[] {
  const daysAgo = (days: number) => new Date(nowMs - days * dayMs).toISOString();
  return residents.map((resident, index) => {
    const { riskTier } = resident;
    if (riskTier === undefined || index % 2 === 1) return resident;
    const kept = { visitTierSince: daysAgo(plannedDaysAgo), lastContactAt: daysAgo(lastContactDaysAgo[riskTier]) };
    return { ...resident, visitTier: riskTier, ...kept };
  });
}
