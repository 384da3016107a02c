import type { MapPoint } from '../map/shapes.ts';
import type { Severity } from '../service/types.ts';
import type { Dot } from './areas.ts';

const isSeverity = (value: unknown): value is Severity => typeof value === 'string' && /^P[1-5]$/.test(value);

/** Rows of the service as points; the gravest come first, so that they are the ones which are listed in words. Pure. */
export function pointsOf(rows: readonly Dot[]): readonly MapPoint[] {
  const points = rows.map(pointOf);
  const grave = points.filter(({ look }) => isSeverity(look)).sort((a, b) => (a.look < b.look ? -1 : 1));
  return [...grave, ...points.filter(({ look }) => !isSeverity(look))];
}

function pointOf([id, name, , lat, lon, , t, severity]: Dot): MapPoint {
  const look = isSeverity(severity) ? severity : t === null ? 'home' : 'person';
  return { id: String(id), label: String(name), at: { lat: Number(lat), lon: Number(lon) }, look };
}
