import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Town } from '../../api/support/town.ts';
import { expectAccessible } from '../support/accessible.ts';
import { Visit } from '../support/visit.ts';
import { openStreet, shownAlert } from './street.ts';

let town: Town;
let id: string;
beforeAll(async () => {
  town = await openStreet();
  id = await town.raise('r0', 'fall');
});
afterAll(() => town.close());

test('who called whom is written down, her band is told to find itself, and the card for 120 is read out and printed', async () => {
  const visit = await Visit.begin(town, { as: 'walker', language: 'zh', screen: 'desk' });
  const { page } = visit;
  await shownAlert(visit, id).waitFor();
  const call = page.locator('[data-call=c0]');
  expect(await call.getAttribute('href')).toBe('tel:13800000000');
  // Nobody is rung up here.
  await page.evaluate(`addEventListener('click', (event) => event.preventDefault(), { capture: true, once: true })`);
  await call.click();
  await page.locator('[data-part=call] [name=result]').fill('女儿在路上');
  await page.locator('[data-do=write-call]').click();
  await page.locator('[data-part=history]').getByText('女儿在路上').waitFor();

  await page.locator('[data-order=locate]').click();
  await page.locator('[data-device=band-0]').getByText('立即定位：手环不在线').waitFor();

  await page.locator('[data-do=card]').click();
  const card = page.locator('[data-part=card]');
  await card.getByText('先打 120').waitFor();
  await card.getByText('地址：前埔东路 12 号').waitFor();
  await expectAccessible(visit);
  await visit.screenshot('console-card');
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('[data-part=queue]').isVisible()).toBe(false);
  expect(await page.locator('[data-do=print]').isVisible()).toBe(false);
  await visit.screenshot('console-card-printed');
  await visit.leave();
});

test('closed with a photo, made smaller; a promised call-back is handed over to the next shift and worked off', async () => {
  const visit = await Visit.begin(town, { as: 'east', language: 'en', screen: 'desk', at: `/console/alert/${id}` });
  const { page } = visit;
  await shownAlert(visit, id).waitFor();
  await page.locator('[data-do=promise]').click();
  await page.locator('[name=promise-at]').fill('2030-01-02T10:00');
  await page.locator('[name=promise-note]').fill('ask about the hip');
  await page.locator('[data-part=promise] [type=submit]').click();
  await page.locator('[data-part=history]').getByText('promised to call back').waitFor();
  await page.keyboard.press('r');
  await page.locator('[name=outcome][value=helped]').check();
  await page
    .locator('[name=photo]')
    .setInputFiles({ name: 'door.png', mimeType: 'image/png', buffer: await page.screenshot() });
  await page.locator('[data-do=confirm]').click();
  await expect.poll(async () => (await town.records.photo(id))?.type, { timeout: 20_000 }).toBe('image/jpeg');
  expect(await town.records.alert(id)).toMatchObject({ state: 'resolved', outcome: 'helped', photo: true });

  town.clock.nowMs += 60_000;
  await page.getByRole('link', { name: 'Hand-over' }).click();
  const shift = page.locator('[data-part=shift]');
  await shift.getByText('ask about the hip').waitFor();
  await expectAccessible(visit);
  await visit.screenshot('console-shift');
  await shift.locator('[name=rating]').selectOption('5');
  await shift.locator('[data-do=write-call-back]').click();
  await shift.getByText('ask about the hip').waitFor({ state: 'detached' });
  expect(await town.records.alert(id)).toMatchObject({ rating: 5 });
  await shift.locator(`a[href$="${id}"]`).first().click();
  await page.locator('[data-part=photo] img').waitFor();
  await visit.leave();
});
