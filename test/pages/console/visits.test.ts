import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTown, type Town } from '../../api/support/town.ts';
import { expectAccessible } from '../support/accessible.ts';
import { expectFitsEnlarged } from '../support/fits.ts';
import { Visit } from '../support/visit.ts';

const hour = 3_600_000;
const home = { lat: 24.4451, lon: 118.0823, datum: 'WGS84' };
const people = [
  { id: 'v1', name: '林阿妹', visitTier: 'red', address: '前埔东路 3 号' },
  { id: 'v2', name: '陈玉兰', visitTier: 'orange' },
  { id: 'v3', name: '欧阳建国', visitTier: 'green' },
] as const;

let town: Town;
/** She was planned a week ago, and nobody has been there since: daily is overdue, weekly due today, half-yearly not. */
beforeAll(async () => {
  town = await openTown();
  town.clock.nowMs = Date.now() - 7 * 24 * hour;
  const contacts = [{ id: 'son', name: '林志强', phone: '13911112222', channels: [], order: 1 }];
  for (const one of people) await town.as('admin', 'POST', '/residents', { ...one, areaId: 'east', home, contacts });
  town.passes(7 * 24 * hour);
});
afterAll(() => town.close());

const rows = ({ page }: Visit) => page.locator('[data-part=visits] [data-visit]');
const row = ({ page }: Visit, id: string) => page.locator(`[data-visit=${id}]`);
const recorded = async (id: string) => (await town.records.visits().ofResident({ residentId: id, limit: 9 })).reverse();

test('on the way with a phone: whom to visit, most overdue first; one press, a slip, a call that nobody answered, one in need', async () => {
  const visit = await Visit.begin(town, { as: 'walker', language: 'zh', screen: 'phone', at: '/console' });
  const { page } = visit;
  await page.locator('[data-do=menu]').click();
  await page.getByRole('link', { name: '今日探访' }).click();
  await expect.poll(() => rows(visit).count()).toBe(2);
  expect(await rows(visit).first().getAttribute('data-visit')).toBe('v1');
  for (const text of ['林阿妹', '红 每日', '已逾期', '前埔东路 3 号', '还没有联系到过'])
    await row(visit, 'v1').getByText(text).first().waitFor();
  await row(visit, 'v2').getByText('橙 每周').waitFor();
  await visit.expectNoSidewaysScroll();
  await expectAccessible(visit);
  await visit.screenshot('console-visits');

  await row(visit, 'v2').locator('[data-do=visited-well]').click();
  await row(visit, 'v2').waitFor({ state: 'detached' });
  expect(await recorded('v2')).toMatchObject([{ kind: 'visit', outcome: 'well', by: 'u-walker' }]);
  await page.getByRole('button', { name: '撤销' }).click();
  await row(visit, 'v2').waitFor();
  expect(await recorded('v2')).toEqual([]);

  await row(visit, 'v1').locator('[data-do=other]').click();
  await row(visit, 'v1').locator('[name=outcome][value=notReached]').check();
  await row(visit, 'v1').locator('[data-do=record-visit]').click();
  await page.getByText('仍留在名单上').waitFor();
  await row(visit, 'v1').locator('[data-part=visit-form]').waitFor({ state: 'detached' });
  expect(await rows(visit).count()).toBe(2);

  town.clock.nowMs += 1000;
  await row(visit, 'v1').locator('[data-do=other]').click();
  await row(visit, 'v1').locator('[name=kind][value=phone]').check();
  await row(visit, 'v1').locator('[name=outcome][value=needsHelp]').check();
  await row(visit, 'v1').getByText('登记“需要帮助”不会发出警报').waitFor();
  expect(await row(visit, 'v1').locator('[data-call=son]').getAttribute('href')).toBe('tel:13911112222');
  await row(visit, 'v1').locator('[name=visit-note]').fill('扭伤了脚');
  await expectAccessible(visit);
  await visit.screenshot('console-visit-form');
  await row(visit, 'v1').locator('[data-do=record-visit]').click();
  await row(visit, 'v1').waitFor({ state: 'detached' });
  expect(await recorded('v1')).toMatchObject([
    { kind: 'phone', outcome: 'notReached' },
    { kind: 'phone', outcome: 'needsHelp', note: '扭伤了脚' },
  ]);
  expect(town.parts.desk.open()).toEqual([]);
  await visit.leave();
});

test('in English and by keyboard, from the alert that says she is overdue; enlarged; and when nobody is left to visit', async () => {
  const id = await town.raise('v2', 'visitOverdue', 'P4');
  const visit = await Visit.begin(town, { as: 'east', language: 'en', screen: 'desk', at: `/console/alert/${id}` });
  const { page } = visit;
  await page.locator('[data-do=visits]').press('Enter');
  await rows(visit).first().waitFor();
  await row(visit, 'v2').getByText('Orange, weekly').waitFor();
  await expectFitsEnlarged(visit, 'enlarged-console-visits');
  await row(visit, 'v2').locator('[data-do=other]').press('Enter');
  await expectFitsEnlarged(visit, 'enlarged-console-visit-form');
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.keyboard.press('Escape');
  await row(visit, 'v2').locator('[data-do=visited-well]').press('Enter');
  await page.getByText('Nobody is to be visited today').waitFor();
  expect(await page.evaluate('document.activeElement.id')).toBe('visits-title');
  await expectAccessible(visit);
  await visit.screenshot('console-visits-none');
  await visit.leave();
});

test('the line breaks while it is sent: said, and sent again it is recorded once', async () => {
  await town.as('admin', 'PATCH', '/residents/v3', { visitTier: 'red' });
  town.passes(30 * hour);
  const visit = await Visit.begin(town, { as: 'walker', language: 'en', screen: 'phone', at: '/console/visits' });
  const { page } = visit;
  await row(visit, 'v3').waitFor();
  let isCut = true;
  await page.route('**/visits', async (route) => {
    if (route.request().method() !== 'POST' || !isCut) return route.continue();
    isCut = false;
    await route.fetch(); // it arrives, and the answer is lost
    return route.abort();
  });
  visit.forgive(/Failed to load resource|net::ERR/);
  await row(visit, 'v3').locator('[data-do=visited-well]').click();
  await row(visit, 'v3').getByRole('alert').waitFor();
  await row(visit, 'v3').locator('[data-do=visited-well]').click();
  await row(visit, 'v3').waitFor({ state: 'detached' });
  expect(await recorded('v3')).toHaveLength(1);
  await visit.leave();
});

test('the answer is lost, and she reports something else: that is another visit', async () => {
  await town.as('admin', 'PATCH', '/residents/v2', { visitTier: 'red' });
  town.passes(30 * hour);
  const before = (await recorded('v2')).length;
  const visit = await Visit.begin(town, { as: 'walker', language: 'en', screen: 'phone', at: '/console/visits' });
  const { page } = visit;
  await row(visit, 'v2').waitFor();
  let isCut = true;
  await page.route('**/visits', async (route) => {
    if (route.request().method() !== 'POST' || !isCut) return route.continue();
    isCut = false;
    await route.fetch();
    return route.abort();
  });
  visit.forgive(/Failed to load resource|net::ERR/);
  await row(visit, 'v2').locator('[data-do=visited-well]').click();
  await row(visit, 'v2').getByRole('alert').waitFor();
  await row(visit, 'v2').locator('[data-do=other]').click();
  await row(visit, 'v2').locator('[name=outcome][value=needsHelp]').check();
  await row(visit, 'v2').locator('[data-do=record-visit]').click();
  await row(visit, 'v2').waitFor({ state: 'detached' });
  const told = (await recorded('v2')).slice(before).map(({ outcome }) => outcome);
  expect(told.toSorted()).toEqual(['needsHelp', 'well']);
  await visit.leave();
});

test('at 320 px nothing of the list and of the form is cut off', async () => {
  await town.as('admin', 'PATCH', '/residents/v3', { visitTier: 'red' });
  town.passes(60 * hour);
  const visit = await Visit.begin(town, { as: 'walker', language: 'en', screen: 'phone', at: '/console/visits' });
  await visit.page.setViewportSize({ width: 320, height: 640 });
  await row(visit, 'v3').locator('[data-do=other]').click();
  await row(visit, 'v3').locator('[name=outcome][value=needsHelp]').check();
  await visit.expectNoSidewaysScroll();
  await visit.leave();
});

test('an operator plans in the resident’s record how often she is visited', async () => {
  const visit = await Visit.begin(town, { as: 'east', language: 'zh', screen: 'desk', at: '/admin/residents/r0' });
  const { page } = visit;
  const choice = page.getByLabel('探访等级');
  await choice.selectOption({ label: '黄 每月' });
  await page.locator('[data-part=panel] [type=submit], form [type=submit]').last().click();
  await expect.poll(() => town.directory.residents.get('r0')?.visitTier).toBe('yellow');
  await expectAccessible(visit);
  await visit.leave();
});
