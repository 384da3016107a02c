import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTown, type Town } from '../../api/support/town.ts';
import { expectAccessible } from '../support/accessible.ts';
import { Visit } from '../support/visit.ts';
import { morning } from './support.ts';

let town: Town;
beforeEach(async () => {
  town = await openTown();
  town.clock.nowMs = Date.now();
  await morning(town);
});
afterEach(() => town.close());

const hers = () => [...town.directory.zones.values()].filter(({ residentId }) => residentId === 'r0');

test('a safe zone is drawn with the mouse, and says what would make it useless', async () => {
  const visit = await Visit.begin(town, { as: 'daughter', language: 'en', screen: 'desk', at: '/family/settings' });
  const { page } = visit;
  await page.locator('[data-zone=zone-0] [data-do=edit-zone]').click();
  const editor = page.locator('[data-part=zone-editor]');
  const map = editor.locator('[data-part=map][data-state=drawn]');
  await map.waitFor();
  const radius = editor.locator('[name=radiusM]');
  expect(await radius.inputValue()).toBe('150');
  const box = (await map.boundingBox())!; // it is on the screen
  // The whole circle is in the picture, within the margins of `map/drawing.ts`; its handle lies to the right.
  const middle = { x: box.x + 48 + (box.width - 120) / 2, y: box.y + box.height / 2 };
  const edge = middle.x + Math.min(box.width - 120, box.height - 96) / 2;
  await page.mouse.move(edge, middle.y);
  await page.mouse.down();
  await page.mouse.move(middle.x + (edge - middle.x) / 2, middle.y, { steps: 3 });
  await page.mouse.up();
  await expect.poll(async () => Number(await radius.inputValue())).toBeLessThan(90);
  expect(Number(await radius.inputValue())).toBeGreaterThan(60);
  await editor.locator('[data-warning=tooSmall]').waitFor();
  await editor.locator('[data-warning=homeNearEdge]').waitFor();
  await expectAccessible(visit);
  await visit.screenshot('family-zone-small');
  await page.mouse.move(middle.x + (edge - middle.x) / 2, middle.y);
  await page.mouse.down();
  await page.mouse.move(edge + 60, middle.y, { steps: 3 });
  await page.mouse.up();
  await editor.locator('[data-warning]').first().waitFor({ state: 'detached' });
  await editor.locator('[data-do=save-zone]').click();
  await page.getByText('counts from now on').waitFor();
  const [zone] = hers();
  expect(zone?.shape).toMatchObject({ type: 'circle', radiusM: expect.any(Number) });
  expect(zone?.shape.type === 'circle' && zone.shape.radiusM).toBeGreaterThan(150);
  await visit.leave();
});

test('the same by keyboard alone: a polygon by numbers, named, saved, removed and taken back', async () => {
  const visit = await Visit.begin(town, { as: 'daughter', language: 'zh', at: '/family/settings' });
  const { page } = visit;
  const press = async (what: string) => {
    await page.locator(what).focus();
    await page.keyboard.press('Enter');
  };
  await press('[data-do=add-zone]');
  await page.locator('[name=zone-name]').fill('公园');
  await press('[data-do=polygon]');
  const north = page.getByLabel('第 3 个角的北纬');
  await north.fill('24.4999');
  await north.press('Tab');
  await page.locator('[data-part=map][data-state=drawn] canvas').waitFor();
  await expectAccessible(visit);
  await visit.expectNoSidewaysScroll();
  await visit.screenshot('family-zone-polygon');
  await press('[data-do=save-zone]');
  await page.getByText('安全区已保存').waitFor();
  const park = hers().find(({ name }) => name === '公园');
  expect(park).toMatchObject({ kind: 'safe', datum: 'WGS84', shape: { type: 'Polygon' } });
  expect(JSON.stringify(park?.shape)).toContain('24.4999');
  await press(`[data-zone="${park?.id}"] [data-do=remove-zone]`);
  await page.getByText('已删除安全区“公园”').waitFor();
  expect(hers()).toHaveLength(1);
  await page.getByRole('button', { name: '撤销' }).click();
  await page.locator(`[data-zone="${park?.id}"]`).waitFor();
  expect(hers()).toHaveLength(2);
  await visit.leave();
});

test('a link is made, opened by somebody without an account, seen to be opened, and taken back', async () => {
  const visit = await Visit.begin(town, { as: 'daughter', language: 'zh', at: '/family/settings' });
  const { page } = visit;
  const section = page.locator('[data-part=shares]');
  await section.locator('[name=share-name]').fill('妈妈');
  await section.locator('[name=share-note]').fill('给楼下林阿姨');
  await section.locator('[data-do=share]').click();
  const url = await section.locator('[name=share-url]').inputValue();
  expect(url.startsWith(`${town.url}/s/`)).toBe(true);
  const path = new URL(url).pathname;

  const guest = await Visit.begin(town, { language: 'en', at: path });
  await guest.page.getByRole('heading', { name: '妈妈' }).waitFor();
  await guest.page.locator('[data-part=age]').getByText('Position of 6 min ago').waitFor();
  await guest.page.locator('[data-part=map][data-state=drawn] canvas').waitFor();
  expect(await guest.page.textContent('body')).not.toMatch(/王秀英|林阿姨/);
  await expectAccessible(guest);
  await guest.expectNoSidewaysScroll();
  await guest.screenshot('share');

  await page.reload();
  await section.getByText('打开过 1 次').waitFor();
  await section.locator('[data-do=revoke]').click();
  await page.getByText('链接已收回').waitFor();
  await section.getByText('已于').waitFor();
  await guest.page.reload();
  await guest.page.getByText('This link is over').waitFor();
  await expectAccessible(guest);
  await guest.screenshot('share-over');
  guest.forgive(/404/);
  await guest.leave();
  await visit.leave();
});

test('away until tomorrow, and back', async () => {
  const visit = await Visit.begin(town, { as: 'daughter', language: 'en', at: '/family/settings' });
  const { page } = visit;
  const away = page.locator('[data-part=away]');
  await away.locator('[data-do=away]').waitFor();
  const tomorrow = new Date(town.nowMs + 32 * 3_600_000).toISOString().slice(0, 10); // as it is in Xiamen
  await away.locator('[name=away-day]').fill(tomorrow);
  await away.locator('[name=away-time]').fill('18:30');
  await away.locator('[data-do=away]').click();
  await away.locator('[data-do=back]').waitFor();
  expect(town.directory.residents.get('r0')?.awayUntil).toBe(`${tomorrow}T10:30:00.000Z`);
  await away.locator('[data-do=back]').click();
  await page.getByText('Set as at home').waitFor();
  expect(town.directory.residents.get('r0')?.awayUntil).toBeUndefined();
  await visit.leave();
});

test('who I am, my number and my quiet hours are kept by myself', async () => {
  const visit = await Visit.begin(town, { as: 'daughter', language: 'zh', at: '/family/settings' });
  const { page } = visit;
  const me = page.locator('[data-part=me]');
  await me.locator('[name=my-name]').fill('王丽');
  await me.locator('[name=my-phone]').fill('139 1111 1111');
  await me.locator('[name=quiet-from]').fill('22:00');
  await me.getByText('请把开始和结束时间都填上').waitFor();
  await me.locator('[name=quiet-to]').fill('07:00');
  await me.locator('[data-do=save-me]:enabled').waitFor();
  await expectAccessible(visit);
  await me.locator('[data-do=save-me]').click();
  await page.getByText('已保存。通知将使用中文').waitFor();
  const own = town.directory.residents.get('r0')?.contacts.find(({ userId }) => userId === 'u-daughter');
  expect(own).toMatchObject({
    name: '王丽',
    phone: '139 1111 1111',
    language: 'zh',
    quietHours: { from: '22:00', to: '07:00' },
  });
  await visit.screenshot('family-settings');
  await page.locator('[data-do=large]').click();
  await page.locator('[data-tab-of=now]').click();
  await page.getByText('在家，4 分钟前厨房有活动').waitFor();
  await visit.expectNoSidewaysScroll();
  await visit.screenshot('family-large');
  for (const tab of ['day', 'health', 'people', 'settings']) {
    await page.locator(`[data-tab-of=${tab}]`).click();
    await page.locator(`[data-part=${tab}]`).waitFor();
    await visit.expectNoSidewaysScroll();
    await visit.screenshot(`family-large-${tab}`);
  }
  await visit.leave();
});
