import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTown, type Town } from '../api/support/town.ts';
import { crowd, storm } from './support/storm.ts';
import { Visit } from './support/visit.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
  town.clock.nowMs = Date.now();
  await crowd(town, 500);
  await storm(town, 500);
});
afterAll(() => town.close());

for (const { language, screen } of [
  { language: 'zh', screen: 'wall' },
  { language: 'en', screen: 'largeWall' },
] as const) {
  test(`a storm of 500 on the ${screen}: numbers by severity, types, and a map that gathers what lies together`, async () => {
    const visit = await Visit.begin(town, { as: 'east', language, screen, at: '/wall' });
    await visit.page.locator('[data-part=map][data-state=drawn] canvas').waitFor();
    await expect.poll(() => visit.page.textContent('[data-count=P2]')).toContain('200');
    expect(await visit.page.locator('[data-part=recent] li').count()).toBe(10);
    await visit.expectNoSidewaysScroll();
    await visit.screenshot('wall-storm');
    await visit.leave();
  });
}
