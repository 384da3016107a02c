import { afterEach, beforeEach, expect, test } from 'vitest';
import type { OrderBook } from '../../../app/order-book.ts';
import { openTown, type Town } from '../../api/support/town.ts';
import { expectAccessible } from '../support/accessible.ts';
import { openLine } from '../support/line.ts';
import { type Language, type Screen, Visit } from '../support/visit.ts';
import { morning } from './support.ts';

let town: Town;
beforeEach(async () => {
  town = await openTown();
  town.clock.nowMs = Date.now(); // the pages show ages by the clock of the answers
});
afterEach(() => town.close());

const minute = 60_000;
const words = {
  zh: {
    home: '在家，4 分钟前厨房有活动',
    well: '现在一切平安',
    worn: '已佩戴',
    nobody: '还没有人接单',
    taken: '已接单',
  },
  en: {
    home: 'At home, last motion in the kitchen 4 min ago',
    well: 'All is well',
    worn: 'Worn',
    nobody: 'Nobody has taken it yet',
    taken: 'has taken it',
  },
};
const windows: readonly { language: Language; screen: Screen }[] = [
  { language: 'zh', screen: 'phone' },
  { language: 'en', screen: 'desk' },
];

for (const { language, screen } of windows) {
  test(`a daughter sees that her mother is well, then that she left, and who is on it: ${language}, ${screen}`, async () => {
    await morning(town);
    const visit = await Visit.begin(town, { as: 'daughter', language, screen });
    const { page } = visit;
    const word = words[language];
    await page.getByText(word.home).waitFor();
    await page.getByText(word.well).waitFor();
    expect(await page.textContent('[data-part=facts]')).toMatch(new RegExp(`83 %.*${word.worn}.*72`, 's'));
    await page.locator('[data-part=map][data-state=drawn] canvas').waitFor();
    await expectAccessible(visit);
    await visit.expectNoSidewaysScroll();
    await visit.screenshot('family-well');

    const id = await town.raise('r0', 'zoneExit', 'P2', {
      because: [{ zh: '两次定位都在安全区外 120 米', en: 'two fixes lie 120 m outside the zone' }],
    });
    await town.say('band-0', { position: { lat: 24.4472, lon: 118.0851, accuracyM: 15 } });
    await visit.alert(id).getByText(word.nobody).waitFor();
    expect(await page.getByText(word.well).count()).toBe(0);
    await visit.screenshot('family-left');
    await town.as('walker', 'POST', `/alerts/${id}/actions`, { action: 'claim' });
    await page.locator(`[data-alert="${id}"][data-state=acknowledged]`).getByText(word.taken).first().waitFor();
    await expectAccessible(visit);
    await visit.screenshot('family-claimed');
    await town.as('walker', 'POST', `/alerts/${id}/actions`, { action: 'resolve', outcome: 'safe' });
    await visit.alert(id).waitFor({ state: 'detached' });
    await visit.leave();
  });
}

test('she takes it herself, says how far she is, and how it ended', async () => {
  await morning(town);
  const id = await town.raise('r0', 'fall', 'P1');
  const visit = await Visit.begin(town, { as: 'daughter', language: 'zh' });
  const { page } = visit;
  for (const action of ['claim', 'enRoute', 'arrive']) await visit.alert(id).locator(`[data-do=${action}]`).click();
  await visit.alert(id).getByText('您已到老人身边').waitFor();
  await visit.alert(id).locator('[data-do=call]').click();
  expect(await visit.alert(id).locator('a[href^="tel:"]').allTextContents()).toEqual([
    'Daughter · 13800000000',
    '急救电话 120',
  ]);
  await visit.screenshot('family-mine');
  await visit.alert(id).locator('[data-do=resolve]').click();
  await visit.alert(id).locator('[data-do=confirm]').click();
  await page.getByText('现在一切平安').waitFor();
  expect(await town.records.alert(id)).toMatchObject({ state: 'resolved', outcome: 'safe', assignee: 'u-daughter' });
  await visit.leave();
});

test('call, locate and ring say what became of them', async () => {
  await morning(town);
  const orders = town.parts.orders as OrderBook; // as the town made it
  const visit = await Visit.begin(town, { as: 'daughter', language: 'zh' });
  const { page } = visit;
  const outcome = page.locator('[data-part=outcome]');
  await page.locator('[data-do=ring]').click();
  await outcome.getByText('手环没有连接').waitFor();
  const [ring] = orders.of('band-0');
  expect(ring?.command).toMatchObject({ name: 'ring', args: { durationS: 30 } });
  orders.tried(ring!.command, true);
  await outcome.getByText('手环已收到').waitFor();
  orders.answered('band-0', { id: ring!.command.id, ok: true });
  await outcome.getByText('手环正在响铃').waitFor();
  await page.locator('[data-do=ring]').click();
  await outcome.getByText('请等十秒再试').waitFor();
  visit.forgive(/429/);
  await page.locator('[data-do=locate]').click();
  await outcome.getByText('手环没有连接').waitFor();
  orders.givenUp(orders.of('band-0').at(-1)!.command);
  await outcome.getByText('没有回应').waitFor();
  await visit.screenshot('family-order');
  await visit.leave();
});

test('what is not sure is said to be so; what is of before the connection was lost, too', async () => {
  await town.say('band-0', { position: { lat: 24.4472, lon: 118.0851, accuracyM: 12 } }, town.nowMs - 50 * minute);
  await town.say(
    'band-0',
    { position: { lat: 24.46, lon: 118.09, accuracyM: 900, source: 'cell' } },
    town.nowMs - 2 * minute,
  );
  const line = await openLine(Number(new URL(town.url).port));
  const visit = await Visit.begin(town, { as: 'daughter', language: 'zh', url: line.url });
  const { page } = visit;
  await page.locator('[data-mood=doubtful]').getByText('位置不可靠').waitFor();
  await page.getByText('现在没有警报').waitFor();
  expect(await page.getByText('一切平安').count()).toBe(0);
  await page.locator('[data-part=map][data-state=drawn] canvas').waitFor();
  await expectAccessible(visit);
  await visit.screenshot('family-doubtful');
  line.cut();
  await page.locator('[data-mood=unknown]').getByText('现在的情况未知').waitFor();
  await expectAccessible(visit);
  await visit.screenshot('family-lost');
  visit.forgive(/ERR_/);
  await visit.leave();
  line.close();
});

test('a family with two changes from one to the other, and misses no emergency of either', async () => {
  await morning(town);
  await town.as('admin', 'PATCH', '/users/u-daughter', { residentIds: ['r0', 'r1'] });
  await town.as('admin', 'PATCH', '/residents/r1', { name: '欧阳上官司马诸葛建国·阿卜杜热合曼·买买提江' });
  const visit = await Visit.begin(town, { as: 'daughter', language: 'en' });
  const { page } = visit;
  await page.getByText(words.en.home).waitFor();
  const id = await town.raise('r1', 'smoke');
  await visit.alert(id).waitFor();
  await visit.expectNoSidewaysScroll();
  await visit.screenshot('family-two');
  await visit.alert(id).locator('[data-do=look]').click();
  await page.getByText('Nothing heard in the last 7 days').waitFor();
  await page.locator('[data-part=whom]').selectOption('r0');
  await page.getByText(words.en.home).waitFor();
  await visit.leave();
});

test('first use: an account nobody belongs to says what to do', async () => {
  await town.parts.personData.erase('r0', 'u-admin');
  const visit = await Visit.begin(town, { as: 'daughter', language: 'zh' });
  await visit.page.getByText('请联系社区管理员').waitFor();
  await expectAccessible(visit);
  await visit.screenshot('family-nobody');
  await visit.leave();
});

test('a notification leads to its alert; one that is over says when it ended', async () => {
  await morning(town);
  await town.raise('r0', 'batteryLow', 'P4');
  const id = await town.raise('r0', 'fall', 'P1');
  const visit = await Visit.begin(town, { as: 'daughter', language: 'en', at: `/?alert=${id}` });
  const { page } = visit;
  await page.locator(`[data-alert="${id}"]:focus`).waitFor();
  expect(new URL(page.url()).pathname).toBe('/family');
  await town.as('walker', 'POST', `/alerts/${id}/actions`, { action: 'resolve', outcome: 'safe' });
  await page.locator('[data-part=over]').getByText('is over').waitFor();
  await visit.leave();
});
