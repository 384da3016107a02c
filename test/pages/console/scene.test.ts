import { afterEach, beforeEach, test } from 'vitest';
import type { Town } from '../../api/support/town.ts';
import { expectAccessible } from '../support/accessible.ts';
import { Visit } from '../support/visit.ts';
import { openStreet, queued, raiseZoneExit, shownAlert, walksAway } from './street.ts';

let town: Town;
beforeEach(async () => {
  town = await openStreet();
});
afterEach(() => town.close());

test('one look at an alert tells why it was raised, where she is, who is near, and what to know of her', async () => {
  const visit = await Visit.begin(town, { as: 'walker', language: 'zh', screen: 'desk' });
  const { page } = visit;
  await page.getByText('没有未结警报').waitFor();
  await visit.screenshot('console-quiet');
  await walksAway(town);
  await town.raise('r0', 'batteryLow', 'P4');
  const id = await raiseZoneExit(town);

  await queued(visit, id).waitFor();
  await page.keyboard.press('k'); // up, from the battery that came first
  await shownAlert(visit, id).waitFor();
  const scene = page.locator('[data-part=scene]');
  await scene.getByText('连续 3 个定位在“Garden”外约 190 米').waitFor();
  await scene.getByText('190 米', { exact: true }).waitFor();
  await page.locator('[data-part=map][data-state=drawn] canvas').waitFor();
  await page.locator('[data-nearby=u-walker]').getByText('李明').waitFor();
  await page.getByText('青霉素过敏').waitFor();
  await page.getByText('电量 64%').waitFor();
  await expectAccessible(visit);
  await visit.expectNoSidewaysScroll();
  await visit.screenshot('console-zone-exit');
  await page.keyboard.press('c');
  await shownAlert(visit, id, 'acknowledged').waitFor();
  await page.locator('[data-part=next]').getByText('前没有出发，就收回接单').waitFor(); // as the service says
  await visit.leave();
});
