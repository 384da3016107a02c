import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Shape } from '../../model/geo.ts';
import { HomeZones } from '../../rules/home-zones.ts';
import { prepareZone } from '../../rules/zones.ts';
import { homeZone, lake, timeZone } from './support/home.ts';

const forbidden = (shape: Shape) => new HomeZones([prepareZone({ ...lake, shape, datum: 'WGS84' }, timeZone)]);

const lat = fc.double({ min: -89.9, max: 89.9, noNaN: true });
const lon = fc.double({ min: -180, max: 180, noNaN: true });
const near = fc.double({ min: -0.1, max: 0.1, noNaN: true });
const wrapped = (degrees: number) => ((((degrees + 180) % 360) + 360) % 360) - 180;

test('whoever is in a round forbidden zone is looked at, also near a pole and across the date line', () => {
  const radius = fc.double({ min: 10, max: 10_000, noNaN: true });
  fc.assert(
    fc.property(lat, lon, near, near, radius, (lat0, lon0, north, east, radiusM) => {
      const zones = forbidden({ type: 'circle', center: { lat: lat0, lon: lon0 }, radiusM });
      const spot = { lat: Math.max(-90, Math.min(90, lat0 + north)), lon: wrapped(lon0 + east) };
      const isIn = (zones.forbidden[0]?.signedDistanceM(spot.lat, spot.lon) ?? 0) < -0.001;
      return !isIn || zones.mayBeForbidden(spot.lat, spot.lon);
    }),
    { numRuns: 3_000 },
  );
});

test('whoever is in a forbidden zone of any shape is looked at', () => {
  const corner = fc.tuple(near, near);
  fc.assert(
    fc.property(lat, lon, fc.array(corner, { minLength: 3, maxLength: 8 }), near, near, (lat0, lon0, corners, y, x) => {
      const ring = corners.map(([north, east]) => [wrapped(lon0 + east), lat0 + north]);
      const zones = forbidden({ type: 'Polygon', coordinates: [[...ring, ring[0] ?? []]] });
      const spot = { lat: lat0 + y, lon: wrapped(lon0 + x) };
      const isIn = (zones.forbidden[0]?.signedDistanceM(spot.lat, spot.lon) ?? 0) < -0.001;
      return !isIn || zones.mayBeForbidden(spot.lat, spot.lon);
    }),
    { numRuns: 3_000 },
  );
});

test('a lake a kilometre away needs no second look, and a safe zone none at all', () => {
  const shape = { type: 'circle', center: { lat: 24.45, lon: 118.08 }, radiusM: 100 } as const;
  expect(forbidden(shape).mayBeForbidden(24.459, 118.08)).toBe(false);
  expect(forbidden(shape).mayBeForbidden(24.45, 118.09)).toBe(false);
  expect(forbidden(shape).mayBeForbidden(24.4505, 118.0805)).toBe(true);
  const safe = new HomeZones([prepareZone({ ...homeZone, shape, datum: 'WGS84' }, timeZone)]);
  expect(safe.mayBeForbidden(24.45, 118.08)).toBe(false);
});
