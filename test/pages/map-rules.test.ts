import { describe, expect, test } from 'vitest';
import { overlap, placesOf } from '../../web/map/label-places.ts';
import { stepTo } from '../../web/map/many-points.ts';
import type { MapPoint } from '../../web/map/shapes.ts';

const frame = { left: 0, top: 0, right: 1000, bottom: 600 };
const around = { frame, signs: [], circles: [], gapPx: 20 };
const label = (id: string, x: number, y: number, isGrave = false) => ({
  id,
  at: { x, y },
  widthPx: 180,
  heightPx: 44,
  isGrave,
});
const box = (x: number, y: number, halfPx = 20) => ({
  left: x - halfPx,
  top: y - halfPx,
  right: x + halfPx,
  bottom: y + halfPx,
});

describe('where the names of areas lie on the map', () => {
  test('above what they name, where there is room', () => {
    expect(placesOf([label('a', 500, 300)], around).get('a')).toEqual([0, -42]);
  });

  test('twelve areas close together: no name covers another, each is near its place', () => {
    const labels = Array.from({ length: 12 }, (_, i) =>
      label(`a${i}`, 300 + (i % 4) * 110, 200 + Math.floor(i / 4) * 70),
    );
    const places = placesOf(labels, around);
    const boxes = labels.flatMap(({ id, at }) => {
      const [x, y] = places.get(id) ?? [];
      if (x === undefined || y === undefined) return [];
      return [{ left: at.x + x - 90, right: at.x + x + 90, top: at.y + y - 22, bottom: at.y + y + 22 }];
    });
    expect(boxes.length).toBeGreaterThanOrEqual(8);
    for (const [i, one] of boxes.entries())
      for (const other of boxes.slice(i + 1)) expect(overlap(one, other)).toBe(false);
  });

  test('an emergency is never covered, and its area is named before all others', () => {
    const signs = [box(500, 258)];
    const places = placesOf([label('calm', 500, 300), label('grave', 500, 300, true)], { ...around, signs });
    expect(places.get('grave')).toEqual([0, 42]);
    expect(places.get('calm')).not.toEqual([0, 42]);
  });

  test('a circle with a number is covered only where there is no other place', () => {
    const circles = [box(500, 258)];
    expect(placesOf([label('a', 500, 300)], { ...around, circles }).get('a')).toEqual([0, 42]);
    const everywhere = [{ left: 0, top: 0, right: 1000, bottom: 600 }];
    expect(placesOf([label('a', 500, 300)], { ...around, circles: everywhere }).get('a')).toEqual([0, -42]);
  });

  test('rather than cover a circle a name goes as far away as it may', () => {
    const circle = box(500, 300, 70);
    const [x = 0, y = 0] = placesOf([label('a', 500, 300)], { ...around, circles: [circle] }).get('a') ?? [];
    const placed = { left: 410 + x, right: 590 + x, top: 278 + y, bottom: 322 + y };
    expect(overlap(placed, circle)).toBe(false);
  });

  test('a name stays where it was, until a circle or an emergency comes there', () => {
    const below = { ...label('a', 500, 300), now: [0, 42] as const };
    expect(placesOf([below], around).get('a')).toEqual([0, 42]);
    for (const thing of [{ circles: [box(500, 342)] }, { signs: [box(500, 342)] }])
      expect(placesOf([below], { ...around, ...thing }).get('a')).toEqual([0, -42]);
  });

  test('a name that finds no place is left out, as is one whose place is not in sight', () => {
    const narrow = { ...around, frame: { ...frame, right: 100 } };
    expect(placesOf([label('a', 50, 300)], narrow).has('a')).toBe(false);
    expect(placesOf([label('a', 1500, 300)], around).has('a')).toBe(false);
  });
});

describe('what the map is told of thousands of points', () => {
  const point = (id: string, lat = 24.4, look: MapPoint['look'] = 'person'): MapPoint => ({
    id,
    label: id,
    at: { lat, lon: 118 },
    look,
  });
  const table = (...points: MapPoint[]) => new Map(points.map((one) => [one.id, one]));

  test('those who came, moved, look different or left; of all others nothing', () => {
    const shown = table(point('sits'), point('walks'), point('falls'), point('leaves'));
    const wanted = table(point('sits'), point('walks', 24.5), point('falls', 24.4, 'P2'), point('comes'));
    const { remove, add } = stepTo(wanted, shown, 100);
    expect(remove).toEqual(['leaves']);
    expect(add.map(({ id }) => id)).toEqual(['walks', 'falls', 'comes']);
  });

  test('very many a slice after the other', () => {
    const wanted = table(...Array.from({ length: 25 }, (_, i) => point(`n${i}`)));
    const shown = new Map<string, MapPoint>();
    const slices: number[] = [];
    for (let step = stepTo(wanted, shown, 10); step.add.length > 0; step = stepTo(wanted, shown, 10)) {
      slices.push(step.add.length);
      for (const one of step.add) shown.set(one.id, one);
    }
    expect(slices).toEqual([10, 10, 5]);
  });
});
