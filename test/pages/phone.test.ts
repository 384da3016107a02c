import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTown, type Town } from '../api/support/town.ts';
import { expectAccessible } from './support/accessible.ts';
import { type Language, Visit } from './support/visit.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
  town.clock.nowMs = Date.now();
});
afterAll(() => town.close());

/** A button and a little air. */
const oneLinePx = 60;
const barPx = async ({ page }: Visit) => (await page.locator('header').first().boundingBox())?.height ?? 0;

for (const language of ['zh', 'en'] satisfies Language[]) {
  test(`on a phone the bar of a room takes one line, and a press shows what is in it: ${language}`, async () => {
    const visit = await Visit.begin(town, { as: 'east', language, screen: 'phone' });
    const { page } = visit;
    await page.locator('[data-part=queue]').waitFor();
    expect(await barPx(visit)).toBeLessThan(oneLinePx);
    await page.locator('[data-do=menu]').click();
    await page.locator('[data-do=log-out]').waitFor();
    await expectAccessible(visit);
    await visit.expectNoSidewaysScroll();
    await visit.screenshot('phone-menu');
    await page.locator('header a[href="/notices"]').click();
    await page.waitForURL('**/notices');
    await page.locator('[data-do=log-out]').waitFor({ state: 'hidden' });
    expect(await barPx(visit)).toBeLessThan(oneLinePx);
    await visit.leave();
  });
}

test('what is said at the foot of a phone covers no button of a panel', async () => {
  const visit = await Visit.begin(town, { as: 'east', language: 'en', screen: 'phone', at: '/admin/residents/r0' });
  const { page } = visit;
  await page.locator('[data-part=panel] [name=address]').fill('12 Qianpu Road');
  await page.locator('[data-part=panel] [data-do=save]').click();
  await page.locator('.toast').waitFor();
  await visit.screenshot('phone-toast');
  const toast = await page.locator('.toast').boundingBox();
  const panel = await page.locator('[data-part=panel]').boundingBox();
  expect((panel?.y ?? 0) + (panel?.height ?? 0)).toBeLessThanOrEqual(toast?.y ?? 0);
  await page.locator('.toast').waitFor({ state: 'detached' });
  await expect.poll(async () => (await page.locator('[data-part=panel]').boundingBox())?.height).toBe(844);
  await visit.leave();
});
