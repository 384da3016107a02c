import { degreesEast, shrinkAt } from '../model/distance.ts';
import type { LatLon } from '../model/geo.ts';

export { degreesEast, distanceM, metresPerDegree, shrinkAt } from '../model/distance.ts';

/** Degrees clockwise from north, 0 to 360, of the straight way from one point to another nearby. */
export function bearingDeg(from: LatLon, to: LatLon): number {
  const east = degreesEast(from.lon, to.lon) * shrinkAt((from.lat + to.lat) / 2);
  return ((Math.atan2(east, to.lat - from.lat) * 180) / Math.PI + 360) % 360;
}
