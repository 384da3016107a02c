import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon';
import { distance } from '@turf/distance';
import { multiPolygon, point, polygon } from '@turf/helpers';
import { pointToLineDistance } from '@turf/point-to-line-distance';
import { polygonToLine } from '@turf/polygon-to-line';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromWgs84 } from '../../model/datum.ts';
import type { Shape } from '../../model/geo.ts';
import { prepareZone } from '../../rules/zones.ts';
import { at, homeZone, timeZone } from './support/home.ts';

const zoneOf = (shape: Shape) => prepareZone({ ...homeZone, shape }, timeZone);

type Spot = { readonly lat: number; readonly lon: number };
const place = fc.record({
  lat: fc.double({ min: -60, max: 60, noNaN: true }),
  lon: fc.double({ min: -179, max: 179, noNaN: true }),
});
const kmEast = ({ lat, lon }: Spot, km: number) => lon + km / (111.195 * Math.cos((lat * Math.PI) / 180));
const moved = (from: Spot, eastKm: number, northKm: number): [number, number] => [
  kmEast(from, eastKm),
  from.lat + northKm / 111.195,
];
const offsetKm = fc.double({ min: -15, max: 15, noNaN: true });

/** A star: vertices in order of angle round the middle, so that it never crosses itself, however jagged. */
const radiiKm = fc.array(fc.double({ min: 0.1, max: 5, noNaN: true }), { minLength: 3, maxLength: 12 });
function star(middle: Spot, radii: readonly number[], scale = 1): number[][] {
  const ring = radii.map((km, i) => {
    const angle = (2 * Math.PI * i) / radii.length;
    return moved(middle, scale * km * Math.cos(angle), scale * km * Math.sin(angle));
  });
  return [...ring, ring[0] ?? []];
}

/** Within 1 %, or a metre. */
function near(foundM: number, trueM: number): boolean {
  return Math.abs(foundM - trueM) <= Math.max(1, 0.01 * trueM);
}

/** Distance to the nearest edge, by turf. */
function edgeM(rings: number[][][], spot: [number, number]): number {
  const lines = rings.map((ring) => polygonToLine(polygon([ring])));
  const each = lines.map((line) => {
    if (line.type !== 'Feature' || line.geometry.type !== 'LineString') throw new Error('a ring is one line');
    const options = { units: 'meters', method: 'geodesic' } as const;
    return pointToLineDistance(point(spot), { ...line, geometry: line.geometry }, options);
  });
  return Math.min(...each);
}

test('a polygon with a hole agrees with turf on what is inside and how far its edge is', () => {
  fc.assert(
    fc.property(place, radiiKm, offsetKm, offsetKm, (middle, radii, eastKm, northKm) => {
      const rings = [star(middle, radii), star(middle, radii, 0.4)];
      const [lon, lat] = moved(middle, eastKm / 3, northKm / 3);
      const foundM = zoneOf({ type: 'Polygon', coordinates: rings }).signedDistanceM(lat, lon);
      const trueM = edgeM(rings, [lon, lat]);
      fc.pre(trueM > 0.01);
      return foundM < 0 === booleanPointInPolygon([lon, lat], polygon(rings)) && near(Math.abs(foundM), trueM);
    }),
    { numRuns: 400 },
  );
});

test('a multipolygon is all of its parts', () => {
  fc.assert(
    fc.property(place, radiiKm, radiiKm, offsetKm, offsetKm, (middle, one, other, eastKm, northKm) => {
      const [lon0, lat0] = moved(middle, 11, 0);
      const parts = [[star(middle, one)], [star({ lat: lat0, lon: lon0 }, other)]];
      const [lon, lat] = moved(middle, eastKm, northKm);
      const foundM = zoneOf({ type: 'MultiPolygon', coordinates: parts }).signedDistanceM(lat, lon);
      const trueM = edgeM(parts.flat(), [lon, lat]);
      fc.pre(trueM > 0.01);
      return foundM < 0 === booleanPointInPolygon([lon, lat], multiPolygon(parts)) && near(Math.abs(foundM), trueM);
    }),
    { numRuns: 400 },
  );
});

test('a circle agrees with the great circle', () => {
  fc.assert(
    fc.property(place, offsetKm, offsetKm, fc.double({ min: 10, max: 5000, noNaN: true }), (center, x, y, radiusM) => {
      const [lon, lat] = moved(center, x, y);
      const trueM = distance([center.lon, center.lat], [lon, lat], { units: 'meters' });
      const foundM = zoneOf({ type: 'circle', center, radiusM }).signedDistanceM(lat, lon);
      return near(foundM + radiusM, trueM);
    }),
  );
});

test('a ring that is not closed, or says a corner twice, is the same zone', () => {
  const [a, b, c] = [
    [118.08, 24.44],
    [118.09, 24.44],
    [118.09, 24.45],
  ] as const;
  const rings = [
    [a, b, c, a],
    [a, b, c],
    [a, a, b, b, c, a],
  ];
  const found = rings.map((ring) =>
    zoneOf({ type: 'Polygon', coordinates: [ring.map((vertex) => [...vertex])] }).signedDistanceM(24.442, 118.087),
  );
  expect(found[0]).toBeLessThan(0);
  expect(found[1]).toBeCloseTo(found[0] ?? 0, 6);
  expect(found[2]).toBeCloseTo(found[0] ?? 0, 6);
});

test('a zone on the date line is where it is', () => {
  const ring = [
    [179.99, -17.01],
    [-179.99, -17.01],
    [-179.99, -16.99],
    [179.99, -16.99],
    [179.99, -17.01],
  ];
  const zone = zoneOf({ type: 'Polygon', coordinates: [ring] });
  expect(zone.signedDistanceM(-17, 179.995)).toBeLessThan(-400);
  expect(zone.signedDistanceM(-17, -179.995)).toBeLessThan(-400);
  expect(zone.signedDistanceM(-17, -179.98)).toBeCloseTo(1063, -1);
});

for (const datum of ['GCJ02', 'BD09'] as const) {
  test(`a zone drawn on a ${datum} map is where its people are`, () => {
    const center = { lat: 39.914266, lon: 116.403988 };
    const drawn = fromWgs84(center, datum);
    const around = [-0.002, 0.002].flatMap((lon) => [-0.002, 0.002].map((lat) => [drawn.lon + lon, drawn.lat + lat]));
    const [sw, nw, se, ne] = around.map((vertex) => [...vertex]) as [number[], number[], number[], number[]];
    const shapes: Shape[] = [
      { type: 'circle', center: drawn, radiusM: 200 },
      { type: 'Polygon', coordinates: [[sw, se, ne, nw, sw]] },
    ];
    for (const shape of shapes) {
      const zone = prepareZone({ ...homeZone, shape, datum }, timeZone);
      expect(zone.signedDistanceM(center.lat, center.lon)).toBeLessThan(-165);
      expect(zone.signedDistanceM(drawn.lat, drawn.lon)).toBeGreaterThan(200);
    }
  });
}

test('preparing a zone leaves the record as it was', () => {
  const ring = [
    [116.4, 39.9],
    [116.41, 39.9],
    [116.41, 39.91],
    [116.4, 39.9],
  ];
  const zone = { ...homeZone, datum: 'GCJ02' as const, shape: { type: 'Polygon' as const, coordinates: [ring] } };
  const before = structuredClone(zone);
  prepareZone(zone, timeZone);
  expect(zone).toEqual(before);
});

test('a zone with a schedule counts only then', () => {
  const zone = prepareZone({ ...homeZone, schedule: { from: '22:00', to: '06:00' } }, timeZone);
  expect(['21:59', '22:00', '05:59', '06:00'].map((time) => zone.isActive(at(time)))).toEqual([
    false,
    true,
    true,
    false,
  ]);
});
