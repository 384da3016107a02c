import type { LatLon } from '../../model/geo.ts';
import { degreesEast, metresPerDegree, shrinkAt } from '../geometry.ts';
import type { Household } from '../rule.ts';

/**
 * Where somebody goes when they go out: squares of 150 m round the home, `[squares east, squares north, day of the last visit,
 * day of the first]`, the latest visit last. Days count from `sinceDay`, which counts from 1970. Kept for 28 days, at most
 * `visitsAtMost`.
 */
export type UsualPlaces = { readonly sinceDay: number; readonly visits: readonly Visit[] };
type Visit = readonly [east: number, north: number, last: number, first: number];
type Place = LatLon & { readonly atMs: number };

const squareM = 150;
const dayMs = 24 * 3_600_000;
const keptDays = 28;
/** Until so long after the first visit nobody knows what is usual. */
const learningDays = 14;
const visitsAtMost = 48;

export function isKnownLongEnough({ sinceDay }: UsualPlaces, atMs: number): boolean {
  return sinceDay > 0 && dayOf(atMs) - sinceDay >= learningDays;
}

/** Was somebody within about 150 m of here in four weeks, before today? A way that is new today is not usual yet. */
export function isUsual(home: Household, usual: UsualPlaces, place: Place): boolean {
  const square = squareOf(home, place);
  if (square === undefined) return true;
  return usualVisits(usual, place.atMs).some(
    ([east, north]) => Math.abs(east - square[0]) <= 1 && Math.abs(north - square[1]) <= 1,
  );
}

/** Metres to the nearest usual square, about. */
export function nearestUsualM(home: Household, usual: UsualPlaces, place: Place): number {
  const square = squareOf(home, place);
  if (square === undefined) return 0;
  const squares = usualVisits(usual, place.atMs).map(([e, n]) => Math.hypot(e - square[0], n - square[1]));
  return squareM * Math.min(...squares);
}

function usualVisits({ sinceDay, visits }: UsualPlaces, atMs: number): readonly Visit[] {
  const today = dayOf(atMs) - sinceDay;
  return visits.filter(([, , last, first]) => first < today && today - last <= keptDays);
}

/** The places with this visit; the same object when it was noted today already. */
export function visited(home: Household, usual: UsualPlaces, place: Place): UsualPlaces {
  const square = squareOf(home, place);
  if (square === undefined) return usual;
  const sinceDay = usual.sinceDay || dayOf(place.atMs);
  const today = dayOf(place.atMs) - sinceDay;
  const known = usual.visits.find(([east, north]) => east === square[0] && north === square[1]);
  if (known !== undefined && known[2] >= today) return usual;

  const kept = usual.visits.filter((visit) => visit !== known && today - visit[2] <= keptDays);
  const first = known && today - known[2] <= keptDays ? known[3] : today;
  const visits: readonly Visit[] = [...kept, [square[0], square[1], today, first]];
  return { sinceDay, visits: visits.slice(-visitsAtMost) };
}

function dayOf(atMs: number): number {
  return Math.floor(atMs / dayMs);
}

/** Undefined when nobody knows where home is. */
function squareOf({ home }: Household, { lat, lon }: LatLon): readonly [number, number] | undefined {
  if (home === undefined) return undefined;
  const east = (degreesEast(home.lon, lon) * shrinkAt(home.lat) * metresPerDegree) / squareM;
  const north = ((lat - home.lat) * metresPerDegree) / squareM;
  return [Math.round(east) || 0, Math.round(north) || 0]; // never -0, which JSON does not know
}
