import type { LatLon } from '../model/geo.ts';

const metresPerDegree = 111_320;

/** The place `eastM` and `northM` away; flat earth, good to centimetres within a community. */
export function moved({ lat, lon }: LatLon, eastM: number, northM: number): LatLon {
  return { lat: lat + northM / metresPerDegree, lon: lon + eastM / metresPerLonDegree(lat) };
}

/** Bearing in radians, counter-clockwise from east. */
export function towards(from: LatLon, bearingRad: number, metres: number): LatLon {
  return moved(from, Math.cos(bearingRad) * metres, Math.sin(bearingRad) * metres);
}

export function metresBetween(a: LatLon, b: LatLon): number {
  return Math.hypot((a.lat - b.lat) * metresPerDegree, (a.lon - b.lon) * metresPerLonDegree(a.lat));
}

/** A closed GeoJSON ring (longitude first, counter-clockwise) of `corners` corners around a place. */
export function ringAround(center: LatLon, radiusM: number, corners: number): number[][] {
  const ring = Array.from({ length: corners }, (_, corner) => {
    const { lat, lon } = towards(center, (2 * Math.PI * corner) / corners, radiusM);
    return [Number(lon.toFixed(7)), Number(lat.toFixed(7))];
  });
  return [...ring, [...ring[0]!]]; // corners is at least 3
}

function metresPerLonDegree(lat: number): number {
  return metresPerDegree * Math.cos((lat * Math.PI) / 180);
}
