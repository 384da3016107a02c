import type { UsableFix } from './fixes.ts';
import type { Household } from './rule.ts';

/** Does the home have a safe zone at all? Without one nobody can be outside. */
export function hasSafeZone(home: Household): boolean {
  return home.zones.safe.length > 0;
}

/**
 * Several rules ask the same of the same reading: the last answer is kept. It follows from its question alone, so nothing
 * but time is saved by it.
 */
let asked: { readonly home: Household; readonly lat: number; readonly lon: number; readonly atMs: number } | undefined;
let answerM = 0;

type Place = Pick<UsableFix, 'lat' | 'lon' | 'atMs'>;

/** Metres outside the nearest safe zone that counts at the time of the fix; minus infinity when none does. */
export function metresOutside(home: Household, { lat, lon, atMs }: Place): number {
  if (asked?.home === home && asked.atMs === atMs && asked.lat === lat && asked.lon === lon) return answerM;
  asked = { home, lat, lon, atMs };
  answerM = measuredM(home, asked);
  return answerM;
}

function measuredM(home: Household, { lat, lon, atMs }: Place): number {
  let least = Number.POSITIVE_INFINITY;
  for (const prepared of home.zones.safe) {
    if (!prepared.isActive(atMs)) continue;
    least = Math.min(least, prepared.signedDistanceM(lat, lon));
  }
  return least === Number.POSITIVE_INFINITY ? Number.NEGATIVE_INFINITY : least;
}

/** Outside by more than the fix can be wrong, and by more than anybody would call the edge. */
export function isClearlyOutside(outsideM: number, accuracyM: number): boolean {
  return outsideM > Math.max(50, accuracyM);
}

/** How many metres the home lies inside the edge of its zone; undefined when nobody knows. */
export function homeDepthM(home: Household, atMs: number): number | undefined {
  return home.home && -measuredM(home, { ...home.home, atMs });
}
