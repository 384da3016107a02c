import { describe, expect, test } from 'vitest';
import { stretchesOf } from '../../../web/family/day/stays.ts';
import { usualOf, widened } from '../../../web/family/health/buckets.ts';
import { scaleOf } from '../../../web/family/health/chart.ts';
import { groupsOf, idsOf, joined, moved, placed } from '../../../web/family/people/order.ts';
import { isElsewhere, warningsOf } from '../../../web/family/settings/zone-check.ts';
import { edgeDistanceM, isWithin, squareAround } from '../../../web/map/handles.ts';

const home = { lat: 24.4451, lon: 118.0823 };
const north = (m: number) => ({ lat: home.lat + m / 111_195, lon: home.lon });
const circle = (radiusM: number, center = home) => ({ type: 'circle', center, radiusM }) as const;
const hour = 3_600_000;

describe('a safe zone that would cry wolf is warned of', () => {
  const cases = [
    { what: 'a good circle', shape: circle(300), warnings: [] },
    { what: 'a small circle', shape: circle(80), warnings: ['tooSmall', 'homeNearEdge'] },
    { what: 'a large one with the home near its edge', shape: circle(300, north(250)), warnings: ['homeNearEdge'] },
    { what: 'one that just misses the home', shape: circle(300, north(350)), warnings: ['homeOutside'] },
    { what: 'a good square', shape: squareAround(home, 200), warnings: [] },
    { what: 'a small square', shape: squareAround(home, 60), warnings: ['tooSmall', 'homeNearEdge'] },
  ];
  test.each(cases)('$what', ({ shape, warnings }) => expect(warningsOf(shape, home)).toEqual(warnings));

  test('one around the park far away need not hold the home', () => {
    expect(isElsewhere(circle(200, north(2_000)), home)).toBe(true);
    expect(isElsewhere(circle(300, north(350)), home)).toBe(false);
    expect(warningsOf(circle(300), undefined)).toEqual([]);
  });

  test('how far the edge is, and what is inside', () => {
    expect(edgeDistanceM(squareAround(home, 200), north(150))).toBeCloseTo(50, 0);
    expect(isWithin(squareAround(home, 200), north(199))).toBe(true);
    expect(isWithin(squareAround(home, 200), north(201))).toBe(false);
  });
});

describe('who is told in which turn', () => {
  const contacts = [
    { id: 'a', order: 1 },
    { id: 'b', order: 2 },
    { id: 'c', order: 2 },
    { id: 'd', order: 7 },
  ];
  const groups = groupsOf(contacts);

  test('those of one order are told at once', () => expect(idsOf(groups)).toEqual([['a'], ['b', 'c'], ['d']]));
  test('earlier and later, never beyond the ends', () => {
    expect(idsOf(moved(groups, 'd', -1))).toEqual([['a'], ['d'], ['b', 'c']]);
    expect(idsOf(moved(groups, 'a', -1))).toEqual(idsOf(groups));
  });
  test('out of a group somebody first comes to stand beside it', () => {
    expect(idsOf(moved(groups, 'c', -1))).toEqual([['a'], ['c'], ['b'], ['d']]);
    expect(idsOf(moved(groups, 'b', 1))).toEqual([['a'], ['c'], ['b'], ['d']]);
  });
  test('dragged to where another is, and joined with the turn before', () => {
    expect(idsOf(placed(groups, 'd', 'a'))).toEqual([['d'], ['a'], ['b', 'c']]);
    expect(idsOf(placed(groups, 'a', 'd'))).toEqual([['b', 'c'], ['d'], ['a']]);
    expect(idsOf(joined(groups, 'd'))).toEqual([['a'], ['b', 'c', 'd']]);
    expect(idsOf(joined(groups, 'a'))).toEqual(idsOf(groups));
  });
});

describe('a day in words', () => {
  const at = (minute: number, m: number, accuracyM = 10) => ({
    ...{ ...north(m), accuracyM, deviceId: 'band' },
    t: new Date(Date.UTC(2026, 2, 7, 4, minute)).toISOString(),
  });
  const kinds = (track: Parameters<typeof stretchesOf>[0]) => stretchesOf(track).map(({ kind }) => kind);

  test('ten minutes around one place are a stay, what lies between a way', () => {
    expect(kinds([at(0, 0), at(5, 20), at(11, 0), at(14, 200), at(17, 400), at(20, 600), at(31, 610)])).toEqual([
      'stay',
      'way',
      'stay',
    ]);
  });
  test('a fix that is off by far is no outing', () => {
    expect(kinds([at(0, 0), at(5, 900, 800), at(11, 0)])).toEqual(['stay']);
  });
  test('nothing comes of nothing', () => expect(kinds([])).toEqual([]));
});

describe('vitals', () => {
  const bucket = (h: number, mean: number) => ({ ms: h * hour, mean, min: mean - 2, max: mean + 2, count: 4 });

  test('four fifths of the hours are what is usual, and too few hours are nothing', () => {
    const hours = Array.from({ length: 101 }, (_, h) => bucket(h, h));
    expect(usualOf(hours, 'often')).toEqual([10, 90]);
    expect(usualOf(hours.slice(0, 12), 'often')).toBeUndefined();
    expect(usualOf(hours.slice(0, 12), 'seldom')).toEqual([1, 10]);
  });
  test('wider buckets keep the least and the most', () => {
    const wide = widened([bucket(0, 60), bucket(1, 80), bucket(6, 70)], 0, 6 * hour);
    expect(wide).toEqual([
      { ms: 0, mean: 70, min: 58, max: 82, count: 8 },
      { ms: 6 * hour, mean: 70, min: 68, max: 72, count: 4 },
    ]);
  });
  test('the lines of a chart are round numbers around every value', () => {
    expect(scaleOf([63, 81], 0, 1).ticks).toEqual([60, 70, 80, 90]);
    expect(scaleOf([96, 98], 0, 1).ticks).toEqual([90, 95, 100]);
    const { ticks } = scaleOf([72], 0, 1);
    expect(Math.min(...ticks)).toBeLessThan(72);
  });
});
