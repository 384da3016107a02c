import { toWgs84 } from '../model/datum.ts';
import type { Datum, Shape } from '../model/geo.ts';

/** A zone's shape in WGS-84, for drawing. */
export function shapeInWgs84(shape: Shape, datum: Datum): Shape {
  if (shape.type === 'circle') return { ...shape, center: toWgs84(shape.center, datum) };
  if (shape.type === 'Polygon') return { ...shape, coordinates: shape.coordinates.map((ring) => ringOf(ring, datum)) };
  return { ...shape, coordinates: shape.coordinates.map((polygon) => polygon.map((ring) => ringOf(ring, datum))) };
}

function ringOf(ring: readonly number[][], datum: Datum): number[][] {
  return ring.map(([lon = 0, lat = 0]) => {
    const point = toWgs84({ lat, lon }, datum);
    return [point.lon, point.lat];
  });
}
