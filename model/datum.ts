import gcoordModule from 'gcoord';
import type { Datum, LatLon } from './geo.ts';

/** The package is CommonJS without a `default`; its types describe the ES module build. */
const gcoord = gcoordModule as unknown as typeof gcoordModule.default;

/** Where the shift of the Chinese datums is defined; the same box as in gcoord. */
const shifted = { minLon: 72.004, maxLon: 137.8347, minLat: 0.8293, maxLat: 55.8271 };
/** Two rounds are enough inside the box; the bound is for its edge. */
const maxRounds = 8;
const closeEnoughDeg = 1e-6;

/**
 * The same place in WGS-84, within half a metre. Total: every latitude and longitude in range gives one in range.
 * Outside the box where the shift is defined GCJ02 is WGS-84.
 */
export function toWgs84(at: LatLon, datum: Datum): LatLon {
  if (datum === 'WGS84') return at;
  return unshift(datum === 'BD09' ? fromBd09(at) : at);
}

/** The same place on a Chinese map, for display or for a device that speaks that datum. */
export function fromWgs84(at: LatLon, datum: Datum): LatLon {
  return datum === 'WGS84' ? at : forward(at, datum);
}

function forward({ lat, lon }: LatLon, datum: 'GCJ02' | 'BD09'): LatLon {
  const [toLon, toLat] = gcoord.transform([lon, lat], gcoord.WGS84, gcoord[datum]);
  return onEarth(toLat, toLon);
}

function fromBd09({ lat, lon }: LatLon): LatLon {
  const [toLon, toLat] = gcoord.transform([lon, lat], gcoord.BD09, gcoord.GCJ02);
  return onEarth(toLat, toLon);
}

/**
 * Our own inverse of GCJ02: the one of gcoord 1.0.7 repeats until it converges, and a few metres from the western edge
 * of the box it never does. A device could hang the service with one position.
 */
function unshift(gcj: LatLon): LatLon {
  if (!isShifted(gcj)) return gcj;
  let { lat, lon } = gcj;
  for (let round = 0; round < maxRounds; round++) {
    const back = forward({ lat, lon }, 'GCJ02');
    lat -= back.lat - gcj.lat;
    lon -= back.lon - gcj.lon;
    if (Math.abs(back.lat - gcj.lat) < closeEnoughDeg && Math.abs(back.lon - gcj.lon) < closeEnoughDeg) break;
  }
  // At the edge there may be no preimage: then the rounds leave the box or wander, and the shifted value is the honest one.
  return isShifted({ lat, lon }) ? onEarth(lat, lon) : gcj;
}

function isShifted({ lat, lon }: LatLon): boolean {
  return lon >= shifted.minLon && lon <= shifted.maxLon && lat >= shifted.minLat && lat <= shifted.maxLat;
}

/** BD09 adds a constant everywhere, which may step over a pole or the date line. */
function onEarth(lat: number, lon: number): LatLon {
  return { lat: Math.min(90, Math.max(-90, lat)), lon: Math.min(180, Math.max(-180, lon)) };
}
