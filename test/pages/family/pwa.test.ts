import { afterEach, beforeEach, expect, test } from 'vitest';
import { addressOf, shownOf } from '../../../web/worker/push-message.ts';
import { openTown, type Town } from '../../api/support/town.ts';
import { expectAccessible } from '../support/accessible.ts';
import { openLine } from '../support/line.ts';
import { pushService } from '../support/push-service.ts';
import { Visit } from '../support/visit.ts';
import { morning } from './support.ts';

let town: Town;
beforeEach(async () => {
  town = await openTown();
  town.clock.nowMs = Date.now();
  await morning(town);
});
afterEach(() => town.close());

const browsersOf = () =>
  (town.directory.residents.get('r0')?.contacts ?? [])
    .filter(({ userId }) => userId === 'u-daughter')
    .flatMap(({ channels }) => channels.filter(({ kind }) => kind === 'webPush').map(({ address }) => address));

test('she turns notifications on, tries them, and logging out takes them back', async () => {
  const visit = await Visit.begin(town, { as: 'daughter', language: 'zh', at: '/login' });
  const { page } = visit;
  await page.addInitScript(pushService);
  await page.goto(`${town.url}/family/settings`);
  const section = page.locator('[data-part=push]');
  await section.getByText('未开启').waitFor();
  await section.locator('[data-do=push]').click();
  await section.getByText('已开启').waitFor();
  expect(browsersOf()).toEqual(['https://push.example.org/phone']);
  await section.locator('[data-do=push-test]').click();
  await section.getByText('测试通知已发出').waitFor();
  await section.locator('[data-do=push]').click();
  await section.getByText('未开启').waitFor();
  expect(browsersOf()).toEqual([]);
  await section.locator('[data-do=push]').click();
  await section.getByText('已开启').waitFor();
  await page.locator('[data-do=log-out]').click();
  await page.waitForURL('**/login');
  expect(browsersOf()).toEqual([]);
  await visit.leave();
});

test('the page can be installed, and without a connection shows nothing old', async () => {
  const manifest = await (await fetch(`${town.url}/manifest.webmanifest`)).json();
  for (const { src } of (manifest as { icons: { src: string }[] }).icons)
    expect((await fetch(town.url + src)).headers.get('content-type')).toMatch(/^image\//);
  const line = await openLine(Number(new URL(town.url).port));
  const visit = await Visit.begin(town, { as: 'daughter', language: 'zh', url: line.url });
  const { page } = visit;
  await page.getByText('在家，4 分钟前厨房有活动').waitFor();
  await page.evaluate<unknown>('navigator.serviceWorker.ready.then(() => 0)');
  await page.reload();
  await page.getByText('在家，4 分钟前厨房有活动').waitFor();
  line.cut();
  await page.reload();
  await page.getByRole('heading', { name: '没有连接，现在的情况未知' }).waitFor();
  expect(await page.textContent('body')).not.toContain('王秀英');
  await expectAccessible(visit);
  await visit.screenshot('offline');
  line.mend();
  await page.getByRole('button', { name: '再试一次' }).click();
  await page.getByText('在家，4 分钟前厨房有活动').waitFor();
  visit.forgive(/ERR_|preload/);
  await visit.leave();
  line.close();
});

test('an emergency stays on the screen until somebody looks, and leads to its alert', () => {
  const message = {
    id: 'n1',
    title: '[P1 紧急] 跌倒',
    body: '王秀英跌倒',
    alertId: 'a 1',
    severity: 'P1',
    state: 'open',
  };
  expect(shownOf(message)).toMatchObject({
    title: '[P1 紧急] 跌倒',
    options: { tag: 'a 1', requireInteraction: true, renotify: true, data: { url: '/?alert=a%201' } },
  });
  expect(shownOf({ ...message, state: 'resolved' }).options).toMatchObject({
    requireInteraction: false,
    renotify: false,
  });
  expect(addressOf(undefined)).toBe('/');
});
