import type { LatLon } from './geo.ts';

/** Mean radius of the earth (IUGG). */
const earthRadiusM = 6_371_008.8;
export const metresPerDegree = (earthRadiusM * Math.PI) / 180;

/** Degrees between two longitudes, the short way round: -180 to 180. */
export function degreesEast(fromLon: number, toLon: number): number {
  const degrees = toLon - fromLon;
  return degrees >= -180 && degrees <= 180 ? degrees : ((((degrees + 180) % 360) + 360) % 360) - 180;
}

/** How much shorter a degree of longitude is at this latitude than at the equator. */
export function shrinkAt(lat: number): number {
  return Math.cos((lat * Math.PI) / 180);
}

/** Metres between two points, on a plane laid at their middle latitude: within 0.1 % up to 100 km, away from the poles. */
export function distanceM(a: LatLon, b: LatLon): number {
  const east = degreesEast(a.lon, b.lon) * shrinkAt((a.lat + b.lat) / 2);
  const north = b.lat - a.lat;
  return Math.sqrt(east * east + north * north) * metresPerDegree;
}
