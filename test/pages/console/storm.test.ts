import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTown, type Town } from '../../api/support/town.ts';
import { expectAccessible } from '../support/accessible.ts';
import { crowd, storm } from '../support/storm.ts';
import { Visit } from '../support/visit.ts';
import { queued, shownAlert } from './street.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
  town.clock.nowMs = Date.now();
  await crowd(town, 500);
  await storm(town, 500);
});
afterAll(() => town.close());

const rowsAtMost = 40;

test('a storm of 500: all are counted, what is in sight is drawn, gravest and longest waiting first', async () => {
  const visit = await Visit.begin(town, { as: 'east', language: 'zh', screen: 'desk' });
  const { page } = visit;
  const rows = page.locator('[data-part=queue] [data-alert]');
  await shownAlert(visit, (await rows.first().getAttribute('data-alert')) ?? '').waitFor();
  expect(await page.locator('[data-part=queue] li').first().getAttribute('aria-setsize')).toBe('500');
  expect(await rows.count()).toBeLessThan(rowsAtMost);
  expect(await page.title()).toContain('(100) 紧急');
  const inOrder = await page
    .locator('[data-part=queue] [data-alert]')
    .evaluateAll((all) => all.map((row) => row.textContent ?? ''));
  expect(inOrder.every((text) => text.includes('紧急'))).toBe(true);
  await expectAccessible(visit);
  await visit.screenshot('console-storm');

  await page.locator('[data-do=hush]').click();
  await page.locator('[data-filter=P4]').click();
  await expect.poll(() => page.locator('[data-part=queue] li').first().getAttribute('aria-setsize')).toBe('100');
  await page.locator('[data-part=queue] .holder').evaluate((list) => list.scrollTo(0, list.scrollHeight));
  await page.locator('[data-part=queue] li[aria-posinset="100"]').waitFor();
  const id = await town.raise('r0');
  await page.locator('[data-part=alarm]').waitFor();
  await page.locator('[data-filter=P4]').click();
  await page.locator('[name=queue-search]').fill('王秀英');
  await queued(visit, id).waitFor();
  await visit.leave();
});

test('in groups a storm is understood at once; what can wait is acknowledged together, what cannot is not', async () => {
  const visit = await Visit.begin(town, { as: 'east', language: 'en', screen: 'desk' });
  const { page } = visit;
  await page.locator('[data-do=groups]').click();
  const groups = page.locator('[data-group]');
  await groups.first().waitFor();
  expect(await groups.first().textContent()).toContain('Called for help');
  expect(await groups.count()).toBe(5);
  await visit.screenshot('console-storm-groups');
  await groups.first().click();
  await page.locator('[data-part=group]').waitFor();
  expect(await page.locator('[data-do=acknowledge-all]').count()).toBe(0);
  await page.locator('[data-do=all-groups]').click();
  await page.locator('[data-group*=notWorn]').click();
  await page.getByText('Acknowledge all (100)').click();
  await page.getByText('100 acknowledged').waitFor();
  const { json } = await town.as<{ items: readonly unknown[] }>(
    'east',
    'GET',
    '/alerts?type=notWorn&state=acknowledged',
  );
  expect(json.items.length).toBe(100);
  await visit.leave();
});
