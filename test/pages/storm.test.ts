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

test('a storm of 500 on the wall: numbers by severity, and a map that gathers what lies together', async () => {
  const visit = await Visit.begin(town, { as: 'east', language: 'zh', screen: 'wall', at: '/wall' });
  await visit.page.locator('[data-part=map][data-state=drawn] canvas').waitFor();
  await visit.page.getByText('另有').waitFor({ state: 'attached' });
  expect(await visit.page.locator('[data-count=P2]').textContent()).toBe('200');
  await visit.screenshot('storm');
  await visit.leave();
});
