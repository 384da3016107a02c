import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Town } from '../../api/support/town.ts';
import { expectAccessible } from '../support/accessible.ts';
import { openLine } from '../support/line.ts';
import { crowd } from '../support/storm.ts';
import { Visit } from '../support/visit.ts';
import { openStreet, queued, raiseZoneExit, shownAlert, walksAway } from './street.ts';

let town: Town;
beforeEach(async () => {
  town = await openStreet();
});
afterEach(() => town.close());

/** A fifth of a second apart by the page's own clock, however long the browser takes to be told. */
const twiceInAHurry = (visit: Visit, key: string) =>
  visit.page.evaluate(`{
    const press = () => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '${key}', bubbles: true }));
    press();
    setTimeout(press, 200);
  }`);
const said = (visit: Visit, words: string) => visit.page.locator('.toast').getByText(words);

test('after each action the next that waits comes by itself, and for five seconds there is a way back', async () => {
  await crowd(town, 1);
  const first = await town.raise('r0');
  town.clock.nowMs += 1000;
  const second = await town.raise('c0', 'smoke');
  await town.raise('r0', 'batteryLow', 'P4');
  const visit = await Visit.begin(town, { as: 'walker', language: 'en', screen: 'desk' });
  const { page } = visit;
  await shownAlert(visit, first, 'open').waitFor();
  await twiceInAHurry(visit, 'c');
  await shownAlert(visit, second, 'open').waitFor();
  await said(visit, 'Claimed: 王秀英').waitFor();
  expect((await town.records.alert(first))?.assignee).toBe('u-walker');
  await page.keyboard.press('u');
  await said(visit, 'Undone').waitFor();
  expect(await town.records.alert(second)).toMatchObject({ state: 'open' });
  expect(await town.records.alert(first)).toMatchObject({ state: 'open' });

  await page.locator('[data-part=queue] li').first().locator(`[data-alert="${first}"]`).waitFor();
  await page.keyboard.press('k');
  await shownAlert(visit, first, 'open').waitFor();
  await page.keyboard.press('r');
  await page.locator('[name=outcome][value=accidental]').check();
  await page.locator('[data-do=confirm]').click();
  await shownAlert(visit, second).waitFor();
  expect(await town.records.alert(first)).toMatchObject({ state: 'resolved', outcome: 'accidental' });
  await page.locator('.toast .undo').click();
  await queued(visit, first).waitFor();
  expect(await town.records.alert(first)).toMatchObject({ state: 'open' });
  await visit.leave();
});

test('where pictures come slowly, too, what was resolved is gone and does not come back by itself', async () => {
  const slowPictures = `
    globalThis.requestAnimationFrame = (change) => setTimeout(() => change(performance.now()), 300);
    globalThis.cancelAnimationFrame = clearTimeout;
  `;
  const id = await town.raise('r0');
  const visit = await Visit.begin(town, { as: 'walker', language: 'en', screen: 'desk', before: slowPictures });
  const { page } = visit;
  await shownAlert(visit, id).waitFor();
  await page.keyboard.press('r');
  await page.locator('[name=outcome][value=helped]').check();
  await page.locator('[data-do=confirm]').click();
  await page.locator('[data-part=quiet]').waitFor();
  await visit.leave();
});

test('who is there and begins to write how it ended at once is not interrupted by a slow network', async () => {
  const id = await town.raise('r0');
  const visit = await Visit.begin(town, { as: 'walker', language: 'en', screen: 'desk' });
  const { page } = visit;
  await shownAlert(visit, id).waitFor();
  let arrives = () => {};
  const isOnItsWay = new Promise<void>((resolve) => {
    arrives = resolve;
  });
  await page.route('**/actions', async (route) => {
    await isOnItsWay;
    await route.continue();
  });
  await page.keyboard.press('h');
  await page.keyboard.press('r');
  await page.locator('[name=note]').fill('At the door');
  arrives();
  await shownAlert(visit, id, 'arrived').waitFor();
  await said(visit, 'Arrived at 王秀英').waitFor();
  expect(await page.locator('[name=note]').inputValue()).toBe('At the door');
  await visit.leave();
});

test('keys do nothing while somebody types, held down they act once, and they can be turned off', async () => {
  const id = await town.raise('r0');
  const visit = await Visit.begin(town, { as: 'walker', language: 'en', screen: 'desk' });
  const { page } = visit;
  await shownAlert(visit, id).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('ch'); // is looked for, and claims nothing
  await page.getByText('No alert is like that').waitFor();
  expect((await town.records.alert(id))?.state).toBe('open');
  await page.locator('[name=queue-search]').fill('');
  await page.locator('[name=queue-search]').blur();
  await page.keyboard.press('?');
  await page.locator('[name=keys]').uncheck();
  await expectAccessible(visit);
  await visit.screenshot('console-keys');
  await page.locator('[data-part=keys]').getByRole('button', { name: 'Close' }).click();
  await page.keyboard.press('c');
  await page.keyboard.press('?');
  await page.locator('[name=keys]').check();
  expect((await town.records.alert(id))?.state).toBe('open');
  await page.locator('[name=keys]').blur();
  await page.keyboard.down('c');
  await page.keyboard.down('c');
  await shownAlert(visit, id, 'acknowledged').waitFor();
  expect((await town.records.timeline(id)).filter(({ what }) => what === 'claim').length).toBe(1);
  await visit.leave();
});

test('what somebody else does shows by itself, and never disturbs a note being written', async () => {
  const visit = await Visit.begin(town, { as: 'walker', language: 'en', screen: 'desk' });
  const { page } = visit;
  const mine = await town.raise('r0');
  await shownAlert(visit, mine).waitFor();
  await page.keyboard.press('r');
  const note = page.locator('[name=note]');
  await note.fill('half a sen');
  const other = await town.raise('r0', 'smoke');
  await queued(visit, other).waitFor();
  await town.as('east', 'POST', `/alerts/${other}/actions`, { action: 'claim' });
  await page.locator(`[data-part=queue] [data-alert="${other}"][data-state=acknowledged]`).waitFor();
  expect(await queued(visit, other).textContent()).toContain('Claimed by 周敏');
  await note.pressSequentially('tence');
  expect(await note.inputValue()).toBe('half a sentence');
  await town.as('east', 'POST', `/alerts/${mine}/actions`, { action: 'resolve', outcome: 'safe' });
  await page.getByText('Outcome: Safe and well').waitFor(); // too late: it is over, and by whom
  expect(await page.locator('[data-part=alert] [aria-current=step]').textContent()).toContain('周敏');
  await visit.leave();
});

test('an operator sends the nearest, with keys; the responder tells where they are while on the way, and no longer', async () => {
  await town.as('admin', 'DELETE', '/policies/policy-0'); // what holds without one tells the centre later
  await walksAway(town);
  const id = await raiseZoneExit(town);
  const centre = await Visit.begin(town, { as: 'east', language: 'en', screen: 'desk' });
  await shownAlert(centre, id).waitFor();
  await centre.page.locator('[data-part=next]').getByText('is told').first().waitFor();
  await centre.page.keyboard.press('t');
  await centre.page.locator('[data-assign=u-walker]').getByText('about').waitFor();
  await expectAccessible(centre);
  await centre.screenshot('console-assign');
  await centre.page.keyboard.press('Enter');
  await shownAlert(centre, id, 'acknowledged').waitFor();
  await queued(centre, id).getByText('Claimed by 李明').waitFor();

  await town.as('walker', 'DELETE', '/me/position');
  const place = { latitude: 24.446, longitude: 118.083, accuracy: 9 };
  const walker = await Visit.begin(town, { as: 'walker', language: 'zh', place });
  await walker.page.locator('[name=share-position]').selectOption('onTheWay');
  await walker.page.locator('[data-sharing=waiting]').waitFor();
  await queued(walker, id).click();
  await walker.page.locator('[data-do=enRoute]').click();
  await shownAlert(walker, id, 'enRoute').waitFor();
  await expect.poll(() => distanceOf(id)).toBeGreaterThan(0);
  await centre.page.locator('[data-part=alert] [aria-current=step]').getByText('李明').waitFor();
  await walker.screenshot('console-on-the-way');
  await walker.page.locator('[data-do=arrive]').click();
  await expect.poll(() => distanceOf(id)).toBeUndefined();
  await walker.leave();
  await centre.leave();
});

async function distanceOf(id: string): Promise<unknown> {
  const { json } = await town.as<{ items: readonly { distanceM?: number }[] }>(
    'east',
    'GET',
    `/alerts/${id}/responders`,
  );
  return json.items[0]?.distanceM;
}

test('a lost connection is said; what ended meanwhile is gone when it is back', async () => {
  const line = await openLine(Number(new URL(town.url).port));
  const [ended, stays] = [await town.raise('r0'), await town.raise('r0', 'smoke')];
  const visit = await Visit.begin(town, { as: 'walker', language: 'zh', screen: 'desk', url: line.url });
  const { page } = visit;
  await queued(visit, stays).waitFor();
  line.cut();
  await page.locator('[data-part=lost]').waitFor();
  await page.keyboard.press('c');
  await page.getByText('无法连接服务').first().waitFor(); // what cannot be done is said, too
  await visit.screenshot('console-lost');
  await town.as('east', 'POST', `/alerts/${ended}/actions`, { action: 'resolve', outcome: 'safe' });
  line.mend();
  await queued(visit, ended).waitFor({ state: 'detached' });
  await page.locator('[data-part=lost]').waitFor({ state: 'detached' });
  visit.forgive(/ERR_|preload/);
  await visit.leave();
  line.close();
});
