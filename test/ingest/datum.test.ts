import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromWgs84, toWgs84 } from '../../model/datum.ts';
import { Datum, type LatLon } from '../../model/geo.ts';

const metresPerDegree = 111_320;

function metresBetween(one: LatLon, other: LatLon): number {
  const eastM = (one.lon - other.lon) * Math.cos((one.lat * Math.PI) / 180) * metresPerDegree;
  return Math.hypot((one.lat - other.lat) * metresPerDegree, eastM);
}

test('the published vector: Beijing in WGS-84 and BD09', () => {
  const wgs = { lat: 39.914266, lon: 116.403988 };
  const bd = { lat: 39.921966, lon: 116.416616 };
  expect(metresBetween(fromWgs84(wgs, 'BD09'), bd)).toBeLessThan(0.2);
  expect(metresBetween(toWgs84(bd, 'BD09'), wgs)).toBeLessThan(0.5);
});

test('in Shanghai a Chinese map is about 480 m off', () => {
  const shanghai = { lat: 31.2304, lon: 121.4737 };
  expect(metresBetween(toWgs84(shanghai, 'GCJ02'), shanghai)).toBeGreaterThan(400);
  expect(metresBetween(toWgs84(shanghai, 'GCJ02'), shanghai)).toBeLessThan(560);
});

test('WGS-84 stays as it is, and so does GCJ02 outside China', () => {
  const paris = { lat: 48.8583, lon: 2.2951 };
  for (const datum of ['WGS84', 'GCJ02'] as const) {
    expect(toWgs84(paris, datum)).toEqual(paris);
    expect(fromWgs84(paris, datum)).toEqual(paris);
  }
});

const inChina = fc.record({
  lat: fc.double({ min: 18, max: 53, noNaN: true }),
  lon: fc.double({ min: 74, max: 135, noNaN: true }),
});

test('there and back again is within half a metre', () => {
  fc.assert(
    fc.property(inChina, fc.constantFrom(...Datum.options), (place, datum) => {
      expect(metresBetween(toWgs84(fromWgs84(place, datum), datum), place)).toBeLessThan(0.5);
    }),
  );
});

const edgeLon = fc.oneof(
  fc.double({ min: 71.99, max: 72.02, noNaN: true }),
  fc.double({ min: 137.82, max: 137.85, noNaN: true }),
  fc.double({ min: -180, max: 180, noNaN: true }),
);
const edgeLat = fc.oneof(
  fc.double({ min: 0.81, max: 0.85, noNaN: true }),
  fc.double({ min: 55.81, max: 55.84, noNaN: true }),
  fc.double({ min: -90, max: 90, noNaN: true }),
);

test('every position on earth ends, quickly and on earth: no device can hang the service with one', () => {
  fc.assert(
    fc.property(fc.record({ lat: edgeLat, lon: edgeLon }), fc.constantFrom(...Datum.options), (place, datum) => {
      const { lat, lon } = toWgs84(place, datum);
      expect(Math.abs(lat)).toBeLessThanOrEqual(90);
      expect(Math.abs(lon)).toBeLessThanOrEqual(180);
    }),
    { numRuns: 3000 },
  );
});

test('a few metres inside the western edge there may be no such place: the answer is near and comes at once', () => {
  expect(toWgs84({ lat: 33.757803, lon: 72.005111 }, 'GCJ02').lat).toBeCloseTo(33.76, 1);
});

test('the constant of BD09 does not step over a pole or the date line', () => {
  expect(toWgs84({ lat: -90, lon: -180 }, 'BD09')).toEqual({ lat: -90, lon: -180 });
});
