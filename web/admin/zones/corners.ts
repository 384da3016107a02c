import type { Shape } from '../../service/types.ts';

type Polygon = Extract<Shape, { type: 'Polygon' }>;
const decimals = 6;
const cornersAtLeast = 3;

/** The outline of a polygon as text: a corner a line, latitude first as people say it. */
export function textOfCorners({ coordinates }: Polygon): string {
  const corners = (coordinates[0] ?? []).slice(0, -1);
  return corners.map(([lon = 0, lat = 0]) => `${lat.toFixed(decimals)}, ${lon.toFixed(decimals)}`).join('\n');
}

/** The polygon with the outline somebody wrote; undefined while it is none. */
export function withCorners(polygon: Polygon, text: string): Polygon | undefined {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const corners = lines.map(cornerOf);
  if (corners.length < cornersAtLeast || !corners.every((corner) => corner !== undefined)) return undefined;
  const [first] = corners;
  const ring = [...corners, ...(first === undefined ? [] : [first])];
  return { ...polygon, coordinates: [ring, ...polygon.coordinates.slice(1)] };
}

function cornerOf(line: string): [lon: number, lat: number] | undefined {
  const [lat, lon, ...more] = line
    .split(/[,，;\s]+/)
    .filter((part) => part !== '')
    .map(Number);
  if (lat === undefined || lon === undefined || more.length > 0) return undefined;
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? [lon, lat] : undefined;
}
