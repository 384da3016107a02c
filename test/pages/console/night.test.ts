import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Town } from '../../api/support/town.ts';
import { Visit } from '../support/visit.ts';
import { openStreet, queued, shownAlert } from './street.ts';

/** Three in the morning, a tired responder with a telephone, and the centre at its desk. */
let town: Town;
beforeEach(async () => {
  town = await openStreet();
});
afterEach(() => town.close());

test('all is well only while every device is heard; red is kept for emergencies', async () => {
  const visit = await Visit.begin(town, { as: 'walker', language: 'en' });
  const { page } = visit;
  const quiet = page.locator('[data-part=quiet]');
  await page.getByText('No open alerts').waitFor();
  await quiet.getByText('0 of 2').waitFor();
  await quiet.getByText('what happens there is not known').waitFor();
  expect(await page.getByText('All is well').count()).toBe(0);
  const red = await page.evaluate<string[]>(`(() => {
    const probe = document.body.appendChild(Object.assign(document.createElement('i'), { className: 'wrong' }));
    const { color } = getComputedStyle(probe);
    probe.remove();
    return [...document.querySelectorAll('main *')].filter((one) => getComputedStyle(one).color === color).map((one) => one.textContent);
  })()`);
  expect(red).toEqual([]);
  await visit.screenshot('console-night');
  await visit.leave();
});

test('on a telephone how to get in and whom to call are one press away', async () => {
  const id = await town.raise('r0', 'fall');
  const visit = await Visit.begin(town, { as: 'walker', language: 'zh', at: `/console/alert/${id}` });
  const { page } = visit;
  await shownAlert(visit, id).waitFor();
  const entry = page.getByText('门边钥匙盒').first();
  await entry.waitFor();
  expect((await entry.boundingBox())?.y).toBeGreaterThan(844);
  await page.locator('[data-do=to-person]').click();
  await expect.poll(async () => (await entry.boundingBox())?.y).toBeLessThan(600);
  await page.locator('[data-device=motion-0]').getByText('厨房').waitFor();
  await visit.leave();
});

test('in the queue whom it is about is read in full, and in whose hands it is in a sentence', async () => {
  await town.as('admin', 'PATCH', '/areas/east', { name: '前埔社区第十二网格' });
  const id = await town.raise('r0', 'zoneEnterForbidden', 'P2');
  const visit = await Visit.begin(town, { as: 'walker', language: 'en', screen: 'desk' });
  const { page } = visit;
  await page.setViewportSize({ width: 1100, height: 900 });
  await shownAlert(visit, id).waitFor();
  const isCut = await queued(visit, id)
    .locator('.whom')
    .evaluate((name) => name.scrollWidth > name.clientWidth);
  expect(isCut).toBe(false);
  for (const [key, sentence] of [
    ['c', 'Claimed by you'],
    ['g', 'you: on the way'],
    ['h', 'you: arrived'],
  ] as const) {
    await page.keyboard.press(key);
    await queued(visit, id).getByText(sentence).waitFor();
  }
  await visit.leave();
});

test('what is printed says of when it is', async () => {
  const id = await town.raise('r0', 'fall');
  const visit = await Visit.begin(town, { as: 'walker', language: 'en', screen: 'desk', at: `/console/card/${id}` });
  const { page } = visit;
  await page.locator('[data-do=hush]').click();
  await page
    .locator('[data-part=as-of]')
    .getByText(/^As of .*\d\d:\d\d:\d\d$/)
    .waitFor();
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('[data-part=as-of]').isVisible()).toBe(true);
  await page.emulateMedia({ media: 'screen' });
  await page.getByRole('link', { name: 'Hand-over', exact: true }).click();
  await page.getByText(/^Written .*, for .* On duty: 李明$/).waitFor();
  await visit.leave();
});
