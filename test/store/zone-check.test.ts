import { expect, test } from 'vitest';
import type { Shape } from '../../model/geo.ts';
import { checkShape } from '../../model/zone-check.ts';

type Ring = number[][];
const square = (lon: number, lat: number, size: number): Ring => [
  [lon, lat],
  [lon + size, lat],
  [lon + size, lat + size],
  [lon, lat + size],
  [lon, lat],
];
const polygon = (...coordinates: Ring[]): Shape => ({ type: 'Polygon', coordinates });
const outline = square(118, 24, 0.01);
const many = Array.from({ length: 1_100 }, (_, n) => [118 + Math.cos(n / 175), 24 + Math.sin(n / 175)]);

const good: { name: string; shape: Shape }[] = [
  { name: 'a circle', shape: { type: 'circle', center: { lat: 24, lon: 118 }, radiusM: 300 } },
  { name: 'a square', shape: polygon(outline) },
  {
    name: 'a square with two holes',
    shape: polygon(outline, square(118.001, 24.001, 0.002), square(118.005, 24.005, 0.002)),
  },
  { name: 'a point given twice', shape: polygon([outline[0]!, ...outline]) },
  { name: 'heights', shape: polygon(outline.map((point) => [...point, 12])) },
  { name: 'parts side by side', shape: { type: 'MultiPolygon', coordinates: [[outline], [square(118.01, 24, 0.01)]] } },
  { name: 'a square clockwise', shape: polygon([...outline].reverse()) },
];
for (const { name, shape } of good) {
  test(`takes ${name}`, () => expect(checkShape(shape)).toEqual([]));
}

const bad: { name: string; shape: Shape; path: string; reason: string }[] = [
  {
    name: 'a circle at 0,0',
    shape: { type: 'circle', center: { lat: 0, lon: 0 }, radiusM: 1 },
    path: 'center',
    reason: 'missing position',
  },
  {
    name: 'an open ring',
    shape: polygon([...outline.slice(0, 4), [118, 24.001]]),
    path: 'coordinates[0]',
    reason: 'not closed',
  },
  {
    name: 'a bow tie',
    shape: polygon([
      [118, 24],
      [118.01, 24.01],
      [118.01, 24],
      [118, 24.01],
      [118, 24],
    ]),
    path: 'coordinates',
    reason: 'crosses or touches itself at longitude 118.005, latitude 24.005',
  },
  {
    name: 'a spike',
    shape: polygon([
      [118, 24],
      [118.01, 24],
      [118.02, 24],
      [118.01, 24],
      [118.01, 24.01],
      [118, 24],
    ]),
    path: 'coordinates[0]',
    reason: 'back along its own edge',
  },
  {
    name: 'a line there and back',
    shape: polygon([
      [118, 24],
      [118.01, 24],
      [118.02, 24],
      [118, 24],
    ]),
    path: 'coordinates[0]',
    reason: 'back along its own edge',
  },
  {
    name: 'a single point',
    shape: polygon(Array.from({ length: 4 }, () => [118, 24])),
    path: 'coordinates[0]',
    reason: 'no area',
  },
  {
    name: 'latitude first',
    shape: polygon(outline.map(([lon = 0, lat = 0]) => [lat, lon])),
    path: 'coordinates[0][0]',
    reason: 'longitude first, these two look exchanged',
  },
  {
    name: 'a point off the earth',
    shape: polygon([[500, 24], ...outline.slice(1, 4), [500, 24]]),
    path: 'coordinates[0][0]',
    reason: 'is not [longitude',
  },
  {
    name: 'a hole outside',
    shape: polygon(outline, square(118.02, 24, 0.001)),
    path: 'coordinates[1]',
    reason: 'outside the outline',
  },
  {
    name: 'a hole across the edge',
    shape: polygon(outline, square(118.009, 24.002, 0.004)),
    path: 'coordinates',
    reason: 'crosses',
  },
  {
    name: 'a hole in a hole',
    shape: polygon(outline, square(118.001, 24.001, 0.004), square(118.002, 24.002, 0.001)),
    path: 'coordinates[2]',
    reason: 'in another hole',
  },
  {
    name: 'the 180th meridian',
    shape: polygon([
      [179, 0],
      [-179, 0],
      [-179, 1],
      [179, 1],
      [179, 0],
    ]),
    path: 'coordinates[0]',
    reason: '180th meridian',
  },
  { name: 'too many points', shape: polygon([...many, many[0]!]), path: 'coordinates', reason: 'at most 1000' },
  {
    name: 'a bad part of many',
    shape: { type: 'MultiPolygon', coordinates: [[outline], [outline.slice(0, 4)]] },
    path: 'coordinates[1][0]',
    reason: 'not closed',
  },
];
for (const { name, shape, path, reason } of bad) {
  test(`refuses ${name}`, () => {
    const [problem] = checkShape(shape);
    expect(problem?.path).toBe(path);
    expect(problem?.reason).toContain(reason);
  });
}
