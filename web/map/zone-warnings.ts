import type { LatLon, Shape } from '../service/types.ts';
import { distanceM } from './handles.ts';

/** A fix is off by tens of metres: nearer to the edge than this, sitting at home looks like leaving. */
export const safeDistanceM = 100;

/** What makes a safe zone raise false alarms. Distances in whole metres. */
export type ZoneWarning =
  | { readonly what: 'radius'; readonly m: number }
  | { readonly what: 'edge'; readonly m: number }
  | { readonly what: 'outside'; readonly m: number };

/** What is wrong with a safe zone for a home (both WGS-84). Pure; empty when GPS can keep them apart. */
export function warningsOf(shape: Shape, home: LatLon | undefined): readonly ZoneWarning[] {
  const warnings: ZoneWarning[] = [];
  if (shape.type === 'circle' && shape.radiusM < safeDistanceM)
    warnings.push({ what: 'radius', m: Math.round(shape.radiusM) });
  if (home === undefined) return warnings;
  const m = Math.round(depthM(shape, home));
  if (m < 0) warnings.push({ what: 'outside', m: -m });
  else if (m < safeDistanceM) warnings.push({ what: 'edge', m });
  return warnings;
}

/** How far a place is from the edge: positive inside, negative outside. */
export function depthM(shape: Shape, at: LatLon): number {
  if (shape.type === 'circle') return shape.radiusM - distanceM(shape.center, at);
  const polygons = shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates;
  return Math.max(...polygons.map((rings) => depthInPolygonM(rings, at)));
}

type Point = readonly number[];

function depthInPolygonM(rings: readonly (readonly Point[])[], at: LatLon): number {
  const toEdgeM = Math.min(...rings.flatMap(edgesOf).map(([from, to]) => distanceToEdgeM(at, from, to)));
  // Odd: inside the outline and in no hole.
  const crossings = rings.flatMap(edgesOf).filter(([from, to]) => isCrossed(at, from, to)).length;
  return crossings % 2 === 1 ? toEdgeM : -toEdgeM;
}

function edgesOf(ring: readonly Point[]): (readonly [LatLon, LatLon])[] {
  const places = ring.map(([lon = 0, lat = 0]) => ({ lat, lon }));
  return places.slice(1).map((to, i) => [places[i] ?? to, to] as const);
}

/** By a ray to the east. */
function isCrossed(at: LatLon, from: LatLon, to: LatLon): boolean {
  if (from.lat > at.lat === to.lat > at.lat) return false;
  return at.lon < from.lon + ((at.lat - from.lat) / (to.lat - from.lat)) * (to.lon - from.lon);
}

function distanceToEdgeM(at: LatLon, from: LatLon, to: LatLon): number {
  const shrink = Math.cos((at.lat * Math.PI) / 180);
  const [x, y] = [(to.lon - from.lon) * shrink, to.lat - from.lat];
  const lengthSquared = x * x + y * y;
  const along = ((at.lon - from.lon) * shrink * x + (at.lat - from.lat) * y) / (lengthSquared || 1);
  const share = Math.min(1, Math.max(0, along));
  const nearest = { lat: from.lat + share * (to.lat - from.lat), lon: from.lon + share * (to.lon - from.lon) };
  return distanceM(at, nearest);
}
