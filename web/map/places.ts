import type { LatLon, Shape } from '../service/types.ts';
import { fromMap } from './datum.ts';

/** Which earth numbers were measured on; records say it beside their places. */
export type Datum = 'WGS84' | 'GCJ02' | 'BD09';

const bdTurn = (Math.PI * 3000) / 180;
/** A centimetre. */
const decimals = 7;

/** The place in WGS-84, as everything on our maps is. */
export function inWgs84(at: LatLon, datum: Datum): LatLon {
  if (datum === 'WGS84') return at;
  const { lat, lon } = fromMap(datum === 'BD09' ? gcj02OfBd09(at) : at, 'GCJ02');
  return { lat: Number(lat.toFixed(decimals)), lon: Number(lon.toFixed(decimals)) };
}

export function shapeInWgs84(shape: Shape, datum: Datum): Shape {
  if (datum === 'WGS84') return shape;
  const ring = (points: readonly (readonly number[])[]) =>
    points.map(([lon = 0, lat = 0]) => {
      const at = inWgs84({ lat, lon }, datum);
      return [at.lon, at.lat];
    });
  if (shape.type === 'circle') return { ...shape, center: inWgs84(shape.center, datum) };
  if (shape.type === 'Polygon') return { ...shape, coordinates: shape.coordinates.map(ring) };
  return { ...shape, coordinates: shape.coordinates.map((polygon) => polygon.map(ring)) };
}

/** Baidu shifts what is shifted already, by a public formula. */
function gcj02OfBd09(at: LatLon): LatLon {
  const [x, y] = [at.lon - 0.0065, at.lat - 0.006];
  const z = Math.hypot(x, y) - 0.000_02 * Math.sin(y * bdTurn);
  const angle = Math.atan2(y, x) - 0.000_003 * Math.cos(x * bdTurn);
  return { lat: z * Math.sin(angle), lon: z * Math.cos(angle) };
}
