import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { community, openTown, type Town } from '../../api/support/town.ts';
import { expectAccessible } from '../support/accessible.ts';
import { Visit } from '../support/visit.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());
beforeEach(() => {
  town.clock.nowMs = Date.now();
});

test('long names in large text on a phone: nothing is cut off, nothing stands out to the side', async () => {
  const name = '欧阳'.repeat(40);
  const [first] = community.residents;
  await town.parts.administration.importDocument({
    residents: [{ ...first, id: 'long', name, address: 'A'.repeat(300) }],
  });
  const visit = await Visit.begin(town, { as: 'admin', language: 'zh', screen: 'phone', at: '/admin/residents' });
  const { page } = visit;
  page.setDefaultTimeout(8_000);
  await page.locator('[data-do=menu]').click();
  await page.locator('[data-do=large]').click();
  await page.locator('[data-row=long]').waitFor();
  await visit.expectNoSidewaysScroll();
  await visit.screenshot('admin-long-names');
  await page.locator('[data-row=long] a').click();
  await page.locator('[data-part=panel] [name=address]').waitFor();
  await visit.expectNoSidewaysScroll();
  await expectAccessible(visit);
  await visit.screenshot('admin-long-name');

  // Escape closes the question, and the panel stays.
  await page.locator('[data-do=remove]').click();
  await page.locator('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });
  expect(await page.locator('[data-part=panel]').count()).toBe(1);
  await visit.leave();
});

test('a resident is found by the initials of her name, and her new contact is told first', async () => {
  const visit = await Visit.begin(town, { as: 'east', language: 'en', screen: 'desk', at: '/admin/residents' });
  const { page } = visit;
  page.setDefaultTimeout(8_000);
  await page.locator('[data-row=r0]').waitFor();
  await expectAccessible(visit);
  // Beside a name and an address without an end (the story before) the words of the other columns stay whole.
  const area = page.locator('[data-row=r0] td').nth(1);
  expect((await area.innerText()).trim()).toBe('East Street');
  expect((await area.boundingBox())?.width).toBeGreaterThan(90);
  await visit.screenshot('admin-residents');

  await page.fill('[name=search]', 'wxy');
  await page.locator('[data-row=r0] a').click();
  const panel = page.locator('[data-part=panel]');
  await panel.locator('[data-do=add-contact]').click();
  await panel.locator('[name="contacts.1.name"]').fill('王强');
  await panel.locator('[name="contacts.1.phone"]').fill('13900000000');
  await panel.locator('[data-contact]').nth(1).locator('[data-do=earlier]').click();
  await visit.screenshot('admin-resident');
  await expectAccessible(visit);
  await panel.locator('[data-do=save]').click();
  await page.getByText('Saved: 王秀英').waitFor();

  const contacts = town.directory.residents.get('r0')?.contacts ?? [];
  expect(contacts.map(({ name, order }) => [name, order])).toEqual([
    ['王强', 0],
    ['Daughter', 1],
  ]);
  // The key of the daughter's channel was never shown, and is still there.
  expect(contacts[1]?.channels[0]?.secret).toMatch(/^whsec_/);
  await visit.leave();
});
