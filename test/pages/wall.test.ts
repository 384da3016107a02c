import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTown, type Town } from '../api/support/town.ts';
import { expectAccessible } from './support/accessible.ts';
import { city } from './support/city.ts';
import { Visit } from './support/visit.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
  town.clock.nowMs = Date.now();
  await city(town, 400);
});
afterAll(() => town.close());

const drawn = (visit: Visit) => visit.page.locator('[data-part=map][data-state=drawn] canvas').waitFor();
const shows = (visit: Visit, areaId: string) => visit.page.locator(`[data-area="${areaId}"]`).waitFor();

test('a quiet day: all is well, by the figures of the whole city', async () => {
  const visit = await Visit.begin(town, { as: 'admin', language: 'zh', screen: 'wall', at: '/wall' });
  await shows(visit, 'city');
  await drawn(visit);
  await visit.page.locator('[data-part=well]').waitFor();
  expect(await visit.page.textContent('[data-count=P1]')).toContain('0');
  await expectAccessible(visit);
  await visit.expectNoSidewaysScroll();
  await visit.screenshot('wall-quiet');
  await visit.leave();
});
