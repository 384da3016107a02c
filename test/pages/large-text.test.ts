import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTown, type Town } from '../api/support/town.ts';
import { morning, tenDays } from './family/support.ts';
import { expectAccessible } from './support/accessible.ts';
import { expectFits } from './support/fits.ts';
import { type Language, type Screen, Visit } from './support/visit.ts';

/** Who turned large text on finds every room as readable and as accessible as without it. */
let town: Town;
let emergency = '';
beforeAll(async () => {
  town = await openTown();
  town.clock.nowMs = Date.now();
  await tenDays(town);
  await morning(town);
  emergency = await town.raise('r0', 'sos');
});
afterAll(() => town.close());

const before = `localStorage.setItem('anju.largeText', 'yes')`;
const windows: readonly { readonly language: Language; readonly screen: Screen }[] = [
  { language: 'zh', screen: 'phone' },
  { language: 'en', screen: 'desk' },
];
const isShown = `document.querySelector('.loading') === null && !document.querySelector('[data-part=map][data-state=loading]')`;

async function expectReadable(visit: Visit, what: string): Promise<void> {
  await expect.poll(() => visit.page.evaluate<boolean>(isShown), { timeout: 15_000 }).toBe(true);
  expect(await visit.page.evaluate('document.documentElement.hasAttribute("data-large")')).toBe(true);
  await visit.screenshot(`large-text-${what}`);
  await expectAccessible(visit);
  await visit.expectNoSidewaysScroll();
}

for (const { language, screen } of windows) {
  const begin = async (as: string, at: string) => {
    const visit = await Visit.begin(town, { as, at, language, screen, before });
    visit.page.setDefaultTimeout(10_000);
    return visit;
  };

  test(`the family: ${language}, ${screen}`, async () => {
    const visit = await begin('daughter', '/family');
    const { page } = visit;
    for (const tab of ['now', 'day', 'health', 'people', 'settings']) {
      await page.locator(`[data-tab-of=${tab}]`).click();
      await page.locator(`[data-tab=${tab}]`).waitFor();
      if (tab === 'now') await page.locator(`[data-alert="${emergency}"]`).waitFor();
      await expectReadable(visit, `family-${tab}`);
      await expectFits(visit, tab);
    }
    await visit.leave();
  });

  test(`the console and the wall: ${language}, ${screen}`, async () => {
    const visit = await begin('east', `/console/alert/${emergency}`);
    const { page } = visit;
    await page.locator('[data-part=alert]').waitFor();
    await expectReadable(visit, 'console');
    await page.goto(`${town.url}/console/shift`);
    await expectReadable(visit, 'console-shift');
    await page.goto(`${town.url}/wall`);
    await page.locator('[data-area]').waitFor();
    await expectReadable(visit, 'wall');
    await visit.leave();
  });

  test(`the administration: ${language}, ${screen}`, async () => {
    const visit = await begin('admin', '/admin');
    const { page } = visit;
    for (const section of ['residents', 'devices', 'users', 'areas', 'duty', 'audit']) {
      await page.goto(`${town.url}/admin/${section}`);
      await page.locator('.content h2').first().waitFor();
      await expectReadable(visit, `admin-${section}`);
    }
    await expectFits(visit, 'audit, and every section beside it');
    for (const at of ['residents/r0', 'policies/policy-0', 'zones/zone-0', 'devices/band-0']) {
      await page.goto(`${town.url}/admin/${at}`);
      await page.locator('[data-part=panel] [data-do=save]').waitFor();
      await expectReadable(visit, `admin-${at.replace('/', '-')}`);
    }
    await visit.leave();
  });
}
