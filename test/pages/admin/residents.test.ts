import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTown, type Town } from '../../api/support/town.ts';
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

test('a resident is found by the initials of her name, and her new contact is told first', async () => {
  const visit = await Visit.begin(town, { as: 'east', language: 'en', screen: 'desk', at: '/admin/residents' });
  const { page } = visit;
  page.setDefaultTimeout(8_000);
  await page.locator('[data-row=r0]').waitFor();
  await expectAccessible(visit);
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
