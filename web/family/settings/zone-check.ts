import { distanceM, edgeDistanceM, isWithin } from '../../map/handles.ts';
import type { LatLon, Shape } from '../../service/types.ts';

/** Errors of a fix agree for minutes: within that of an edge a band at home looks outside (docs/LOCATION.md). */
export const leastM = 100;

export type ZoneWarning = 'tooSmall' | 'homeOutside' | 'homeNearEdge';

/** What makes a safe zone cry wolf, or miss her. Pure; in order of weight. */
export function warningsOf(shape: Shape, home: LatLon | undefined): readonly ZoneWarning[] {
  const warnings: ZoneWarning[] = [];
  if (radiusOf(shape) < leastM) warnings.push('tooSmall');
  if (home !== undefined && !isWithin(shape, home)) warnings.push('homeOutside');
  else if (home !== undefined && edgeDistanceM(shape, home) < leastM) warnings.push('homeNearEdge');
  return warnings;
}

/** A zone around somewhere else need not hold the home. Pure. */
export function isElsewhere(shape: Shape, home: LatLon | undefined): boolean {
  return home !== undefined && !isWithin(shape, home) && edgeDistanceM(shape, home) > leastM;
}

/** Of a polygon: that of a circle as large. */
function radiusOf(shape: Shape): number {
  if (shape.type === 'circle') return shape.radiusM;
  const polygons = shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates;
  const areaM2 = polygons.reduce((sum, [outline = []]) => sum + ringAreaM2(outline), 0);
  return Math.sqrt(areaM2 / Math.PI);
}

function ringAreaM2(ring: readonly (readonly number[])[]): number {
  const [originLon = 0, originLat = 0] = ring[0] ?? [];
  const flat = ring.map(([lon = 0, lat = 0]) => ({
    x: Math.sign(lon - originLon) * distanceM({ lat: originLat, lon: originLon }, { lat: originLat, lon }),
    y: Math.sign(lat - originLat) * distanceM({ lat: originLat, lon: originLon }, { lat, lon: originLon }),
  }));
  const doubled = flat.slice(1).reduce((sum, { x, y }, i) => {
    const before = flat[i] ?? { x, y };
    return sum + before.x * y - x * before.y;
  }, 0);
  return Math.abs(doubled) / 2;
}
