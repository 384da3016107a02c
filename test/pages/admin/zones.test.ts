import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fromWgs84 } from '../../../model/datum.ts';
import { textOfCorners, withCorners } from '../../../web/admin/zones/corners.ts';
import { squareAround } from '../../../web/map/handles.ts';
import { inWgs84 } from '../../../web/map/places.ts';
import { depthM, warningsOf } from '../../../web/map/zone-warnings.ts';
import { openTown, type Town } from '../../api/support/town.ts';
import { expectAccessible } from '../support/accessible.ts';
import { Visit } from '../support/visit.ts';

const patient = { timeout: 8_000 };
let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());
beforeEach(() => {
  town.clock.nowMs = Date.now();
});

test('a zone that is too small for GPS is warned of with why, and widened by hand', async () => {
  const visit = await Visit.begin(town, {
    as: 'east',
    language: 'zh',
    screen: 'desk',
    at: '/admin/zones/new?resident=r0',
  });
  const { page } = visit;
  page.setDefaultTimeout(8_000);
  const radius = page.locator('[name="shape.radiusM"]');
  await radius.waitFor();
  await expect.poll(() => page.locator('[name="shape.center.lat"]').inputValue(), patient).toBe('24.4451');
  expect(await page.locator('[data-warning]').count()).toBe(0);
  await radius.fill('60');
  await page.locator('[data-warning=radius]').waitFor();
  await page.locator('[data-warning=edge]').waitFor();
  await page.locator('[data-part=map][data-state=drawn] canvas').waitFor();
  await page.locator('[data-warning=edge]').scrollIntoViewIfNeeded();
  await expectAccessible(visit);
  await visit.screenshot('admin-zone-warned');
  await radius.fill('300');
  await expect.poll(() => page.locator('[data-warning]').count(), patient).toBe(0);
  await page.locator('[data-do=save]').click();
  await page.getByText('已保存').waitFor();
  const zone = [...town.directory.zones.values()].find(({ id }) => id.startsWith('z-'));
  expect(zone).toMatchObject({
    residentId: 'r0',
    kind: 'safe',
    datum: 'WGS84',
    shape: { type: 'circle', radiusM: 300 },
  });
  await visit.leave();
});

describe('how far home is from the edge', () => {
  const home = { lat: 24.4451, lon: 118.0823 };
  const square = squareAround(home, 250);

  test('inside, outside, and in a hole', () => {
    expect(Math.round(depthM(square, home))).toBe(250);
    expect(Math.round(depthM(square, { lat: home.lat + 300 / 111_195, lon: home.lon }))).toBe(-50);
    const inner = squareAround(home, 50);
    const ring = inner.type === 'Polygon' ? inner.coordinates : [];
    const holed = square.type === 'Polygon' ? { ...square, coordinates: [...square.coordinates, ...ring] } : square;
    expect(Math.round(depthM(holed, home))).toBe(-50);
  });

  test('a wide zone is no trouble; a small, a near and a missed one are named', () => {
    const circle = (radiusM: number) => ({ type: 'circle' as const, center: home, radiusM });
    expect(warningsOf(circle(200), home)).toEqual([]);
    expect(warningsOf(circle(60), home)).toEqual([
      { what: 'radius', m: 60 },
      { what: 'edge', m: 60 },
    ]);
    expect(warningsOf(circle(60), undefined)).toEqual([{ what: 'radius', m: 60 }]);
    const away = { lat: home.lat + 500 / 111_195, lon: home.lon };
    expect(warningsOf(circle(200), away)).toEqual([{ what: 'outside', m: 300 }]);
    expect(warningsOf(squareAround(home, 80), home)).toEqual([{ what: 'edge', m: 80 }]);
  });

  test('corners are written as people say them, latitude first, and read back', () => {
    const text = square.type === 'Polygon' ? textOfCorners(square) : '';
    expect(text.split('\n')).toHaveLength(4);
    const again = square.type === 'Polygon' ? withCorners(square, text.replaceAll(', ', '，')) : undefined;
    expect(again && textOfCorners(again)).toBe(text);
    expect(square.type === 'Polygon' && withCorners(square, '24, 118\n24, 119')).toBeUndefined();
    expect(square.type === 'Polygon' && withCorners(square, `${text}\n124, 18`)).toBeUndefined();
  });

  for (const datum of ['GCJ02', 'BD09'] as const) {
    test(`a place of ${datum} is where the service says it is, within a metre`, () => {
      const back = inWgs84(fromWgs84(home, datum), datum);
      expect(Math.hypot(back.lat - home.lat, back.lon - home.lon) * 111_195).toBeLessThan(1);
    });
  }
});
