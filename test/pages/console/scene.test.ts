import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Town } from '../../api/support/town.ts';
import { expectAccessible } from '../support/accessible.ts';
import { Visit } from '../support/visit.ts';
import { openStreet, queued, raiseZoneExit, shownAlert, walksAway } from './street.ts';

let town: Town;
beforeEach(async () => {
  town = await openStreet();
});
afterEach(() => town.close());

test('her band leaves the zone, and with keys only somebody claims it, goes, arrives and resolves it; the figures know', async () => {
  const visit = await Visit.begin(town, { as: 'walker', language: 'zh', screen: 'desk' });
  const { page } = visit;
  await page.getByText('现在一切平安').waitFor();
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
  await page.keyboard.press('g');
  await shownAlert(visit, id, 'enRoute').waitFor();
  await page.keyboard.press('h');
  await shownAlert(visit, id, 'arrived').waitFor();
  expect(await page.locator('[data-part=alert] [aria-current=step]').textContent()).toContain('已到达');
  await page.keyboard.press('r');
  await page.keyboard.press('Space'); // found, the first of the outcomes
  await page.keyboard.press('Tab');
  await page.keyboard.type('cgh 在公园门口找到'); // letters that are keys elsewhere
  await visit.screenshot('console-resolving');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await queued(visit, id).waitFor({ state: 'detached' });
  expect(await town.records.alert(id)).toMatchObject({ state: 'resolved', outcome: 'found', assignee: 'u-walker' });
  town.clock.nowMs += 1000; // a month ends before now
  const { json } = await town.as<{ arrival: { of: number } }>('admin', 'GET', '/kpi?area=east');
  expect(json).toMatchObject({ precision: { zoneExit: { of: 1, share: 1 } } });
  await visit.leave();
});
