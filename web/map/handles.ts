import type { LatLon, Shape } from '../service/types.ts';

/** Where a shape can be taken hold of. `corner` and `edge` points move it; `between` points make a new corner. */
export type Handle = {
  readonly id: string;
  readonly kind: 'centre' | 'edge' | 'corner' | 'between';
  readonly at: LatLon;
};

type Place = readonly [lon: number, lat: number];

const metresPerDegree = 111_195;
const radiusAtLeastM = 10;
const cornersAtLeast = 3;

/** The handles of a circle or of a polygon's outline; a shape of several polygons has none. */
export function handlesOf(shape: Shape): readonly Handle[] {
  if (shape.type === 'circle') {
    const { center, radiusM } = shape;
    const dLon = radiusM / metresPerDegree / Math.cos((center.lat * Math.PI) / 180);
    const edge = { lat: center.lat, lon: center.lon + dLon };
    return [
      { id: 'centre', kind: 'centre', at: center },
      { id: 'edge', kind: 'edge', at: edge },
    ];
  }
  if (shape.type !== 'Polygon') return [];
  const corners = cornersOf(shape);
  return corners.flatMap(([lon, lat], i): Handle[] => {
    const [nextLon, nextLat] = corners[(i + 1) % corners.length] ?? [lon, lat];
    return [
      { id: `corner-${i}`, kind: 'corner', at: { lat, lon } },
      { id: `between-${i}`, kind: 'between', at: { lat: (lat + nextLat) / 2, lon: (lon + nextLon) / 2 } },
    ];
  });
}

/** The shape after a handle was dragged to a place. A `between` handle becomes the corner after its own. */
export function dragged(shape: Shape, handleId: string, to: LatLon): Shape {
  if (shape.type === 'circle') {
    if (handleId === 'centre') return { ...shape, center: to };
    return { ...shape, radiusM: Math.max(radiusAtLeastM, Math.round(distanceM(shape.center, to))) };
  }
  if (shape.type !== 'Polygon') return shape;
  const [kind, number] = handleId.split('-');
  const place: Place = [to.lon, to.lat];
  const corners = cornersOf(shape);
  const changed =
    kind === 'between' ? corners.toSpliced(Number(number) + 1, 0, place) : corners.with(Number(number), place);
  return outlined(shape, changed);
}

/** Which handle somebody holds while they drag: a new corner once it is one. */
export function heldAfter(handleId: string): string {
  const [kind, number] = handleId.split('-');
  return kind === 'between' ? `corner-${Number(number) + 1}` : handleId;
}

/** Without that corner; three stay. */
export function withoutCorner(shape: Shape, handleId: string): Shape {
  const [kind, number] = handleId.split('-');
  if (shape.type !== 'Polygon' || kind !== 'corner') return shape;
  const corners = cornersOf(shape);
  return corners.length <= cornersAtLeast ? shape : outlined(shape, corners.toSpliced(Number(number), 1));
}

/** A square around a place, to begin with. */
export function squareAround({ lat, lon }: LatLon, halfM: number): Shape {
  const dLat = halfM / metresPerDegree;
  const dLon = dLat / Math.cos((lat * Math.PI) / 180);
  const corners: Place[] = [
    [lon - dLon, lat - dLat],
    [lon + dLon, lat - dLat],
    [lon + dLon, lat + dLat],
    [lon - dLon, lat + dLat],
  ];
  return outlined({ type: 'Polygon', coordinates: [] }, corners);
}

/** Metres between two places near each other. */
export function distanceM(one: LatLon, other: LatLon): number {
  const shrink = Math.cos((one.lat * Math.PI) / 180);
  return Math.hypot(other.lat - one.lat, (other.lon - one.lon) * shrink) * metresPerDegree;
}

/** Without the last, which closes the ring. */
function cornersOf({ coordinates }: Extract<Shape, { type: 'Polygon' }>): readonly Place[] {
  return (coordinates[0] ?? []).slice(0, -1).map(([lon = 0, lat = 0]): Place => [lon, lat]);
}

/** The polygon with another outline; its holes stay. */
function outlined(polygon: Extract<Shape, { type: 'Polygon' }>, corners: readonly Place[]): Shape {
  const ring = [...corners, ...corners.slice(0, 1)].map(([lon, lat]) => [lon, lat]);
  return { type: 'Polygon', coordinates: [ring, ...polygon.coordinates.slice(1)] };
}

/** Does a place lie in a shape? Holes of a polygon are outside. */
export function isWithin(shape: Shape, at: LatLon): boolean {
  if (shape.type === 'circle') return distanceM(shape.center, at) <= shape.radiusM;
  const polygons = shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates;
  return polygons.some(
    ([outline = [], ...holes]) => isInRing(outline, at) && !holes.some((hole) => isInRing(hole, at)),
  );
}

/** Metres from a place to the nearest edge of a shape, inside or outside. */
export function edgeDistanceM(shape: Shape, at: LatLon): number {
  if (shape.type === 'circle') return Math.abs(shape.radiusM - distanceM(shape.center, at));
  const polygons = shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates;
  const sides = polygons
    .flat()
    .flatMap((ring) => ring.slice(1).map((end, i) => sideDistanceM(ring[i] ?? end, end, at)));
  return Math.min(...sides);
}

function isInRing(ring: readonly (readonly number[])[], { lat, lon }: LatLon): boolean {
  let inside = false;
  for (let i = 1; i < ring.length; i++) {
    const [[lonA = 0, latA = 0], [lonB = 0, latB = 0]] = [ring[i - 1] ?? [], ring[i] ?? []];
    if (latA > lat !== latB > lat && lon < ((lonB - lonA) * (lat - latA)) / (latB - latA) + lonA) inside = !inside;
  }
  return inside;
}

function sideDistanceM(a: readonly number[], b: readonly number[], at: LatLon): number {
  const shrink = Math.cos((at.lat * Math.PI) / 180);
  const flat = ([lon = 0, lat = 0]: readonly number[]) => [(lon - at.lon) * shrink, lat - at.lat] as const;
  const [[ax, ay], [bx, by]] = [flat(a), flat(b)];
  const [dx, dy] = [bx - ax, by - ay];
  const length2 = dx * dx + dy * dy;
  const share = length2 === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / length2));
  return Math.hypot(ax + share * dx, ay + share * dy) * metresPerDegree;
}

/** The polygon with its nth corner somewhere else; other shapes as they are. */
export function withCornerAt(shape: Shape, nth: number, at: LatLon): Shape {
  return shape.type === 'Polygon' ? outlined(shape, cornersOf(shape).with(nth, [at.lon, at.lat])) : shape;
}
