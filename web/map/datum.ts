import type { LatLon } from '../service/types.ts';

/*
 * Chinese maps show every place shifted by 265 to 689 m (GCJ-02). Places stay WGS-84 everywhere in the pages; they are shifted
 * on their way onto such a map and back from it. The formula is public; the tests compare it with the service's own.
 */

/** Where the shift is defined. */
const box = { minLon: 72.004, maxLon: 137.8347, minLat: 0.8293, maxLat: 55.8271 };
const earthA = 6_378_245;
const eccentricity = 0.006_693_421_622_965_943;
/** The shift hardly changes over its own length: three rounds are within a millimetre. */
const rounds = 3;

export type MapDatum = 'WGS84' | 'GCJ02';

/** Where a place is drawn on a map of this datum. */
export function ontoMap(at: LatLon, datum: MapDatum): LatLon {
  if (datum === 'WGS84' || !isInBox(at)) return at;
  const { dLat, dLon } = shiftAt(at);
  return { lat: at.lat + dLat, lon: at.lon + dLon };
}

/** Which place was pointed at on a map of this datum. */
export function fromMap(shown: LatLon, datum: MapDatum): LatLon {
  if (datum === 'WGS84' || !isInBox(shown)) return shown;
  let at = shown;
  for (let round = 0; round < rounds; round++) {
    const { dLat, dLon } = shiftAt(at);
    at = { lat: shown.lat - dLat, lon: shown.lon - dLon };
  }
  return at;
}

function isInBox({ lat, lon }: LatLon): boolean {
  return lon >= box.minLon && lon <= box.maxLon && lat >= box.minLat && lat <= box.maxLat;
}

function shiftAt({ lat, lon }: LatLon): { dLat: number; dLon: number } {
  const [x, y] = [lon - 105, lat - 35];
  const phi = (lat / 180) * Math.PI;
  const w = 1 - eccentricity * Math.sin(phi) ** 2;
  const dLat = (northShift(x, y) * 180) / (((earthA * (1 - eccentricity)) / (w * Math.sqrt(w))) * Math.PI);
  const dLon = (eastShift(x, y) * 180) / ((earthA / Math.sqrt(w)) * Math.cos(phi) * Math.PI);
  return { dLat, dLon };
}

const sine = (turns: number) => Math.sin(turns * Math.PI);
const fine = (x: number) => ((20 * sine(6 * x) + 20 * sine(2 * x)) * 2) / 3;

function northShift(x: number, y: number): number {
  const smooth = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x));
  return (
    smooth + fine(x) + ((20 * sine(y) + 40 * sine(y / 3)) * 2) / 3 + ((160 * sine(y / 12) + 320 * sine(y / 30)) * 2) / 3
  );
}

function eastShift(x: number, y: number): number {
  const smooth = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x));
  return (
    smooth + fine(x) + ((20 * sine(x) + 40 * sine(x / 3)) * 2) / 3 + ((150 * sine(x / 12) + 300 * sine(x / 30)) * 2) / 3
  );
}
