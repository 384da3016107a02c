import { expect, test } from 'vitest';
import { fromWgs84 } from '../../model/datum.ts';
import { fromMap, ontoMap } from '../../web/map/datum.ts';

const places = [
  { name: 'Xiamen', lat: 24.4451, lon: 118.0823 },
  { name: 'Beijing', lat: 39.9087, lon: 116.3975 },
  { name: 'Urumqi', lat: 43.8256, lon: 87.6168 },
  { name: 'Sanya', lat: 18.2528, lon: 109.5119 },
  { name: 'Berlin', lat: 52.52, lon: 13.405 },
];

for (const { name, ...place } of places) {
  test(`the pages shift ${name} onto a Chinese map as the service does, and back`, () => {
    const shown = ontoMap(place, 'GCJ02');
    const expected = fromWgs84(place, 'GCJ02');
    expect(shown.lat).toBeCloseTo(expected.lat, 8);
    expect(shown.lon).toBeCloseTo(expected.lon, 8);
    const back = fromMap(shown, 'GCJ02');
    expect(back.lat).toBeCloseTo(place.lat, 6);
    expect(back.lon).toBeCloseTo(place.lon, 6);
    expect(ontoMap(place, 'WGS84')).toEqual(place);
  });
}
