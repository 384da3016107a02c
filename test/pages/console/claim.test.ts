import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTown, type Town } from '../../api/support/town.ts';
import { expectAccessible } from '../support/accessible.ts';
import { Visit } from '../support/visit.ts';

let town: Town;
beforeEach(async () => {
  town = await openTown();
  town.clock.nowMs = Date.now(); // the pages show ages by the clock of the answers
});
afterEach(() => town.close());

test('an SOS is worked with keys only, from the claim to the outcome', async () => {
  const visit = await Visit.begin(town, { as: 'walker', language: 'zh', screen: 'desk' });
  const { page } = visit;
  await page.getByText('现在一切平安').waitFor();
  await town.raise('r0', 'batteryLow', 'P4');
  const id = await town.raise('r0');
  await page.locator(`[data-part=alarm]`).waitFor();
  await page.keyboard.press('e');
  const shown = page.locator(`[data-part=alert][data-shown="${id}"]`);
  await shown.waitFor();
  await visit.screenshot('console-emergency');
  await expectAccessible(visit);
  for (const [key, state] of [
    ['c', 'acknowledged'],
    ['g', 'enRoute'],
    ['h', 'arrived'],
  ] as const) {
    await page.keyboard.press(key);
    await page.locator(`[data-part=alert][data-shown="${id}"][data-state=${state}]`).waitFor();
  }
  expect((await town.records.alert(id))?.assignee).toBe('u-walker');
  await page.keyboard.press('r');
  await page.locator('[data-part=resolve]').waitFor();
  await visit.screenshot('console-resolving');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  await page.keyboard.type('扶起来了 cgh');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.locator(`[data-part=queue] [data-alert="${id}"]`).waitFor({ state: 'detached' });
  expect(await town.records.alert(id)).toMatchObject({ state: 'resolved', outcome: 'helped' });
  await visit.leave();
});
