import type { Resident } from '../../model/people.ts';
import type { Region } from './area-rule.ts';

/** Whose homes are not heard: counts, and the residents themselves as far as there is room, those at risk first. */
export type Affected = {
  readonly count: number;
  /** How many of them are to be called. */
  readonly toCall: number;
  /** `[resident id, rank]`, lowest rank first. */
  readonly known: readonly (readonly [residentId: string, rank: number])[];
};

export const nobody: Affected = { count: 0, toCall: 0, known: [] };

/** Residents remembered; past them the count may hold a home twice. */
const knownAtMost = 256;
const notAtRisk = 9;

/** Whom to call first: red, orange, then who lives alone. */
function rankOf(resident: Resident | undefined): number {
  if (resident?.riskTier === 'red') return 0;
  if (resident?.riskTier === 'orange') return 1;
  return resident?.livesAlone === true ? 2 : notAtRisk;
}

export function withHome(region: Region, homes: Affected, residentId: string): Affected {
  if (homes.known.some(([id]) => id === residentId)) return homes;
  return inserted(homes, residentId, rankOf(region.resident(residentId)));
}

function inserted({ count, toCall, known }: Affected, residentId: string, rank: number): Affected {
  const at = known.findIndex((other) => other[1] > rank);
  const place = at < 0 ? known.length : at;
  return {
    count: count + 1,
    toCall: toCall + (rank === notAtRisk ? 0 : 1),
    known: known.toSpliced(place, 0, [residentId, rank] as const).slice(0, knownAtMost),
  };
}

/** Both together; homes lie in one area or the other. */
export function affected(one: Affected, other: Affected): Affected {
  const known = [...one.known, ...other.known].sort((a, b) => a[1] - b[1]).slice(0, knownAtMost);
  return { count: one.count + other.count, toCall: one.toCall + other.toCall, known };
}

export function without(homes: Affected, residentId: string): Affected {
  const known = homes.known.filter(([id]) => id !== residentId);
  return known.length === homes.known.length ? homes : { ...homes, known };
}

/** Whom to call, first things first. */
export function callList(region: Region, { known }: Affected, atMost: number) {
  const found = known.filter(([, rank]) => rank !== notAtRisk).flatMap(([id]) => region.resident(id) ?? []);
  return found.slice(0, atMost).map(({ id, name, riskTier, livesAlone }) => ({
    residentId: id,
    name,
    ...(riskTier && { riskTier }),
    ...(livesAlone && { livesAlone }),
  }));
}
