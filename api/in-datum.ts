import { fromWgs84, toWgs84 } from '../model/datum.ts';
import type { Datum, LatLon, Shape } from '../model/geo.ts';

/** A centimetre; what the conversion says beyond that is noise. */
const decimals = 7;

/** A place kept in WGS-84 as it stands on a map of another datum. */
export function placeIn(at: LatLon, datum: Datum): LatLon {
  if (datum === 'WGS84') return { lat: at.lat, lon: at.lon };
  const { lat, lon } = fromWgs84({ lat: at.lat, lon: at.lon }, datum);
  return { lat: Number(lat.toFixed(decimals)), lon: Number(lon.toFixed(decimals)) };
}

/** A place of one datum in another. */
export function placeBetween(at: LatLon, from: Datum, to: Datum): LatLon {
  return from === to ? at : placeIn(toWgs84(at, from), to);
}

/** A zone's shape, for drawing on a map of a datum. */
export function shapeBetween(shape: Shape, from: Datum, to: Datum): Shape {
  if (from === to) return shape;
  const point = ([lon = 0, lat = 0]: readonly number[]): number[] => {
    const place = placeBetween({ lat, lon }, from, to);
    return [place.lon, place.lat];
  };
  const ring = (points: readonly number[][]): number[][] => points.map(point);
  if (shape.type === 'circle') return { ...shape, center: placeBetween(shape.center, from, to) };
  if (shape.type === 'Polygon') return { ...shape, coordinates: shape.coordinates.map(ring) };
  return { ...shape, coordinates: shape.coordinates.map((polygon) => polygon.map(ring)) };
}

/** The same points, on a map of a datum. */
export async function* pointsIn<T extends LatLon>(points: AsyncIterable<T>, datum: Datum): AsyncGenerator<T> {
  for await (const point of points) yield { ...point, ...placeIn({ lat: point.lat, lon: point.lon }, datum) };
}
