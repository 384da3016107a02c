import { afterEach, beforeEach, expect, test } from 'vitest';
import type { OrderBook } from '../../../app/order-book.ts';
import { openTown, type Town } from '../../api/support/town.ts';
import { openLine } from '../support/line.ts';
import { Visit } from '../support/visit.ts';
import { morning } from './support.ts';

/** A daughter in a hurry, with one thumb and a poor network. */
let town: Town;
beforeEach(async () => {
  town = await openTown();
  town.clock.nowMs = Date.now();
  await morning(town);
});
afterEach(() => town.close());

test('what was just said does not lie over call, locate and ring', async () => {
  for (const type of ['fall', 'zoneExit', 'notWorn'] as const) await town.raise('r0', type, 'P3'); // more than a screen
  const visit = await Visit.begin(town, { as: 'daughter', language: 'zh', at: '/family/settings' });
  const { page } = visit;
  await page.locator('[data-do=save-me]').click();
  const toast = page.locator('.toast', { hasText: '已保存' });
  await toast.waitFor();
  await page.locator('[data-tab-of=now]').click();
  await page.locator('[data-alert]').nth(2).waitFor();
  await page.evaluate('scrollTo(0, 0)');
  const [said, ring] = [await toast.boundingBox(), await page.locator('[data-do=ring]').boundingBox()];
  if (said === null || ring === null) throw new Error('both are on the page');
  expect(ring.y + ring.height).toBeLessThanOrEqual(said.y);
  await visit.leave();
});

test('of several alerts the gravest alone has the button that stands out, and then the next', async () => {
  await town.raise('r0', 'batteryLow', 'P4');
  const fall = await town.raise('r0', 'fall', 'P1');
  const visit = await Visit.begin(town, { as: 'daughter', language: 'en' });
  const { page } = visit;
  await page.locator('[data-alert]').nth(1).waitFor();
  const mains = page.locator('[data-part=alerts] .button.main');
  expect(await mains.count()).toBe(1);
  expect(await visit.alert(fall).locator('.button.main').count()).toBe(1);
  await town.as('walker', 'POST', `/alerts/${fall}/actions`, { action: 'claim' });
  await page.locator(`[data-alert="${fall}"][data-state=acknowledged]`).waitFor();
  expect(await mains.count()).toBe(1);
  expect(await visit.alert(fall).locator('.button.main').count()).toBe(0);
  await visit.leave();
});

test('without a connection a tab nobody has opened yet says that it is coming, and comes; who is on it is said to be of before', async () => {
  const id = await town.raise('r0', 'fall', 'P1');
  const line = await openLine(Number(new URL(town.url).port));
  const visit = await Visit.begin(town, { as: 'daughter', language: 'en', url: line.url });
  const { page } = visit;
  await page.route('**/PeopleView-*', (route) => route.abort()); // as after a minute in a tunnel
  await visit.alert(id).getByText('Nobody has taken it yet').waitFor();
  line.cut();
  await visit
    .alert(id)
    .getByText(/Nobody has taken it yet, as of \d\d:\d\d/)
    .waitFor();
  await page.locator('[data-tab-of=people]').click();
  await page.locator('[data-tab=people] .loading').waitFor();
  await page.unroute('**/PeopleView-*');
  line.mend();
  await page.getByRole('region', { name: 'Contacts' }).waitFor();
  visit.forgive(/ERR_|preload/);
  await visit.leave();
  line.close();
});

test('the band calls the number of whoever asks; without one the page says which it calls', async () => {
  const orders = town.parts.orders as OrderBook; // as the town made it
  const visit = await Visit.begin(town, { as: 'daughter', language: 'en' });
  const { page } = visit;
  const outcome = page.locator('[data-part=outcome]');
  await page.locator('[data-do=callBack]:enabled').click();
  await outcome.getByText('not connected').waitFor();
  const [order] = orders.of('band-0');
  orders.tried(order!.command, true);
  orders.answered('band-0', { id: order!.command.id, ok: true });
  await outcome.getByText('the number stored in it').waitFor();
  await visit.leave();
});

test('a zone that gets too small says so while its radius is typed; coordinates are seen to their last digit', async () => {
  const visit = await Visit.begin(town, { as: 'daughter', language: 'en', at: '/family/settings' });
  const { page } = visit;
  await page.locator('[data-zone=zone-0] [data-do=edit-zone]').click();
  await page.locator('[name=radiusM]').fill('60');
  await page.locator('[data-warning=tooSmall]').waitFor();
  await page.locator('[data-do=polygon]').click();
  const corners = page.locator('.corner input');
  await corners.first().waitFor();
  const cut = await corners.evaluateAll((all) => all.filter((input) => input.scrollWidth > input.clientWidth).length);
  expect(cut).toBe(0);
  await visit.leave();
});

test('one time is not several', async () => {
  const visit = await Visit.begin(town, { as: 'daughter', language: 'en', at: '/family/day' });
  await visit.page
    .locator('[data-part=day]')
    .getByText(/^once, \d\d:\d\d$/)
    .waitFor();
  await visit.leave();
});
