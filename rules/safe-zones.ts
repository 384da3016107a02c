import type { UsableFix } from './fixes.ts';
import type { Household } from './rule.ts';

/** Does the home have a safe zone at all? Without one nobody can be outside. */
export function hasSafeZone(home: Household): boolean {
  return home.zones.some(({ zone }) => zone.kind === 'safe');
}

/** Metres outside the nearest safe zone that counts at the time of the fix; minus infinity when none does. */
export function metresOutside(home: Household, { lat, lon, atMs }: UsableFix): number {
  let least = Number.POSITIVE_INFINITY;
  for (const prepared of home.zones) {
    if (prepared.zone.kind !== 'safe' || !prepared.isActive(atMs)) continue;
    least = Math.min(least, prepared.signedDistanceM(lat, lon));
  }
  return least === Number.POSITIVE_INFINITY ? Number.NEGATIVE_INFINITY : least;
}

/** Outside by more than the fix can be wrong, and by more than anybody would call the edge. */
export function isClearlyOutside(outsideM: number, accuracyM: number): boolean {
  return outsideM > Math.max(50, accuracyM);
}
