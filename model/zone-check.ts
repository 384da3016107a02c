import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon';
import { firstCrossing } from './crossing.ts';
import type { Problem } from './errors.ts';
import type { LatLon, Shape } from './geo.ts';

/** Looking for crossings compares every edge with every other; a street's outline has far fewer points. */
const maxShapePoints = 1_000;
/** About a tenth of a square metre, in square degrees at the equator. */
const leastAreaDeg2 = 1e-11;

type Point = readonly number[];
type Ring = readonly Point[];

/**
 * What is wrong with a shape that has the right form: open rings, points off the earth or in the wrong order, edges that
 * cross, holes outside. Paths are relative to the shape. Pure; empty when it can be used.
 */
export function checkShape(shape: Shape): Problem[] {
  switch (shape.type) {
    case 'circle':
      return checkPlace(shape.center, 'center');
    case 'Polygon':
      return checkPolygons([{ rings: shape.coordinates, path: 'coordinates' }]);
    case 'MultiPolygon':
      return checkPolygons(shape.coordinates.map((rings, index) => ({ rings, path: `coordinates[${index}]` })));
  }
}

/** Positions that nobody can mean. */
export function checkPlace({ lat, lon }: LatLon, path: string): Problem[] {
  return lat === 0 && lon === 0 ? [{ path, reason: 'is 0,0: that is what a missing position looks like' }] : [];
}

function checkPolygons(polygons: readonly { readonly rings: readonly Ring[]; readonly path: string }[]): Problem[] {
  const points = polygons.reduce((sum, { rings }) => sum + rings.reduce((count, ring) => count + ring.length, 0), 0);
  if (points > maxShapePoints) {
    return [
      { path: 'coordinates', reason: `has ${points} points, at most ${maxShapePoints} are possible: simplify it` },
    ];
  }
  return polygons.flatMap(({ rings, path }) => checkPolygon(rings, path));
}

/** Each step needs the ones before: crossings mean nothing while a ring is open. */
function checkPolygon(rings: readonly Ring[], path: string): Problem[] {
  const each = rings.flatMap((ring, index) => checkRing(ring, `${path}[${index}]`));
  if (each.length > 0) return each;
  const clean = rings.map(withoutRepeats);
  const crossings = checkCrossings(clean, path);
  if (crossings.length > 0) return crossings;
  // Not earlier: the two halves of a bow tie cancel out.
  const empty = clean.findIndex((ring) => areaDeg2(ring) < leastAreaDeg2);
  return empty >= 0 ? [{ path: `${path}[${empty}]`, reason: 'encloses no area' }] : checkHoles(clean, path);
}

function checkRing(ring: Ring, path: string): Problem[] {
  const problems = ring.flatMap((point, index) => checkPoint(point, `${path}[${index}]`));
  if (problems.length > 0) return problems;
  if (!samePoint(ring[0], ring.at(-1))) {
    return [{ path, reason: 'is not closed: the last point must be the same as the first' }];
  }
  const lons = ring.map(([lon = 0]) => lon);
  const span = Math.max(...lons) - Math.min(...lons);
  return span > 180
    ? [{ path, reason: 'spans more than 180 degrees of longitude: split it at the 180th meridian' }]
    : [];
}

function checkPoint([lon = 0, lat = 0]: Point, path: string): Problem[] {
  if (Math.abs(lon) <= 180 && Math.abs(lat) <= 90) return [];
  const swapped = Math.abs(lon) <= 90 && Math.abs(lat) <= 180;
  const hint = swapped ? ': GeoJSON has longitude first, these two look exchanged' : '';
  return [{ path, reason: `[${lon}, ${lat}] is not [longitude -180..180, latitude -90..90]${hint}` }];
}

function checkCrossings(rings: readonly Ring[], path: string): Problem[] {
  const spike = rings.findIndex(doublesBack);
  if (spike >= 0) return [{ path: `${path}[${spike}]`, reason: 'runs back along its own edge' }];
  const crossing = firstCrossing(rings);
  if (crossing === undefined) return [];
  return [{ path, reason: `crosses or touches itself at longitude ${crossing[0]}, latitude ${crossing[1]}` }];
}

function checkHoles(rings: readonly Ring[], path: string): Problem[] {
  const [outline, ...holes] = rings;
  return holes.flatMap((hole, index) => {
    const at = `${path}[${index + 1}]`;
    // No edges cross here, so one point speaks for the whole ring.
    if (!isWithin(hole, outline)) return [{ path: at, reason: 'is a hole that lies outside the outline' }];
    const nested = holes.some((other) => other !== hole && isWithin(hole, other));
    return nested ? [{ path: at, reason: 'is a hole that lies in another hole' }] : [];
  });
}

function isWithin(inner: Ring, outer: Ring | undefined): boolean {
  const [lon = 0, lat = 0] = inner[0] ?? [];
  return outer !== undefined && booleanPointInPolygon([lon, lat], polygonOf([outer]));
}

function polygonOf(rings: readonly Ring[]) {
  return { type: 'Polygon' as const, coordinates: rings.map((ring) => ring.map((point) => [...point])) };
}

/** A point given twice in a row is common in exports and harmless, but looks like a crossing. */
function withoutRepeats(ring: Ring): Ring {
  return ring.filter((point, index) => index === 0 || !samePoint(point, ring[index - 1]));
}

/** Edges that lie on their neighbour: parallel edges are what a test for crossings cannot see. */
function doublesBack(ring: Ring): boolean {
  const corners = ring.slice(0, -1);
  return corners.some((corner, index) => {
    const before = corners.at(index - 1) ?? corner;
    const after = corners[(index + 1) % corners.length] ?? corner;
    const [x1, y1] = difference(corner, before);
    const [x2, y2] = difference(after, corner);
    return x1 * y2 - x2 * y1 === 0 && x1 * x2 + y1 * y2 < 0;
  });
}

function difference([lonA = 0, latA = 0]: Point, [lonB = 0, latB = 0]: Point): readonly [number, number] {
  return [lonA - lonB, latA - latB];
}

function samePoint(a: Point | undefined, b: Point | undefined): boolean {
  return a !== undefined && b !== undefined && a[0] === b[0] && a[1] === b[1];
}

/** Shoelace formula, relative to the first point so that small shapes far from 0,0 keep their digits. */
function areaDeg2(ring: Ring): number {
  const origin = ring[0] ?? [];
  let doubled = 0;
  for (let index = 1; index < ring.length; index += 1) {
    const [x1, y1] = difference(ring[index - 1] ?? [], origin);
    const [x2, y2] = difference(ring[index] ?? [], origin);
    doubled += x1 * y2 - x2 * y1;
  }
  return Math.abs(doubled) / 2;
}
