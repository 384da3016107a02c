import { describe, expect, test } from 'vitest';
import { distanceM, dragged, handlesOf, heldAfter, squareAround, withoutCorner } from '../../web/map/handles.ts';

const home = { lat: 24.4451, lon: 118.0823 };
const circle = { type: 'circle', center: home, radiusM: 200 } as const;
const cornersOf = (shape: ReturnType<typeof squareAround>) => handlesOf(shape).filter(({ kind }) => kind === 'corner');

describe('a zone is changed by hand', () => {
  test('a circle is moved by its centre and widened at its edge', () => {
    const [centre, edge] = handlesOf(circle);
    expect(centre?.at).toEqual(home);
    expect(distanceM(home, edge!.at)).toBeCloseTo(200, 3); // a circle has two handles
    expect(dragged(circle, 'centre', { lat: 24.45, lon: 118.09 })).toMatchObject({
      center: { lat: 24.45 },
      radiusM: 200,
    });
    const farther = { lat: home.lat + 350 / 111_195, lon: home.lon };
    expect(dragged(circle, 'edge', farther)).toEqual({ ...circle, radiusM: 350 });
  });

  test('a circle never becomes a point', () => {
    expect(dragged(circle, 'edge', home)).toMatchObject({ radiusM: 10 });
  });

  test('a polygon gets a corner where its side is dragged, and that corner stays in the hand', () => {
    const square = squareAround(home, 150);
    expect(cornersOf(square)).toHaveLength(4);
    const to = { lat: home.lat - 0.01, lon: home.lon };
    const five = dragged(square, 'between-0', to);
    expect(cornersOf(five)).toHaveLength(5);
    expect(heldAfter('between-0')).toBe('corner-1');
    expect(cornersOf(five)[1]?.at).toEqual(to);
    const further = dragged(five, 'corner-1', { lat: home.lat - 0.02, lon: home.lon });
    expect(cornersOf(further)).toHaveLength(5);
  });

  test('the first corner moves with the end of the outline', () => {
    const moved = dragged(squareAround(home, 150), 'corner-0', home);
    const [ring = []] = moved.type === 'Polygon' ? moved.coordinates : [];
    expect(ring[0]).toEqual([home.lon, home.lat]);
    expect(ring.at(-1)).toEqual(ring[0]);
  });

  test('a corner can be taken away as long as three stay', () => {
    const triangle = withoutCorner(squareAround(home, 150), 'corner-2');
    expect(cornersOf(triangle)).toHaveLength(3);
    expect(withoutCorner(triangle, 'corner-0')).toEqual(triangle);
  });
});
