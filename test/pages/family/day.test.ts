import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTown, type Town } from '../../api/support/town.ts';
import { expectAccessible } from '../support/accessible.ts';
import { Visit } from '../support/visit.ts';
import { tenDays, yesterday } from './support.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
  town.clock.nowMs = Date.now();
  await tenDays(town);
  await yesterday(town);
});
afterAll(() => town.close());

test('any day on the map, with a slider for the hand and the keys, and in words', async () => {
  const visit = await Visit.begin(town, { as: 'daughter', language: 'zh', at: '/family/day' });
  const { page } = visit;
  await page.getByText('这一天没有收到位置').waitFor();
  await page.locator('[data-do=day-before]').click();
  await page.locator('[data-part=map][data-state=drawn] canvas').waitFor();
  const stays = await page.locator('[data-part=stays] li').allTextContents();
  expect(stays[0]).toBe('12:00–12:30 在家，30 分钟');
  expect(stays[1]).toBe('12:30–12:42 走动约 890 米，12 分钟');
  expect(stays[2]).toBe('12:42–13:15 在外，离家约 900 米，33 分钟');
  await page.getByText('2 次，最后 09:00').waitFor();
  const slider = page.getByRole('slider', { name: '这一天的时间' });
  expect(await slider.getAttribute('aria-valuetext')).toBe('13:15');
  await slider.focus();
  await page.keyboard.press('Home');
  expect(await slider.getAttribute('aria-valuetext')).toBe('12:00');
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
  expect(await slider.getAttribute('aria-valuetext')).toBe('12:03');
  await page.locator('[data-do=play]').click();
  await expect.poll(() => slider.getAttribute('aria-valuetext')).not.toBe('12:03');
  await page.locator('[data-do=play]').click();
  await expectAccessible(visit);
  await visit.expectNoSidewaysScroll();
  await visit.screenshot('family-day');
  await visit.leave();
});

test('what was raised on a day is still read afterwards: who came, and how it ended', async () => {
  const id = await town.raise('r0', 'fall');
  const visit = await Visit.begin(town, { as: 'daughter', language: 'zh', at: '/family/day' });
  const raised = visit.page.locator('[data-part=day-alerts] li');
  await raised.getByText('跌倒').waitFor();
  await town.as('walker', 'POST', `/alerts/${id}/actions`, { action: 'claim' });
  await town.as('walker', 'POST', `/alerts/${id}/actions`, { action: 'resolve', outcome: 'safe' });
  await visit.page.reload();
  await raised.getByText(/李明 · \d\d:\d\d 已解除 · /).waitFor();
  await visit.page.locator('[data-do=day-before]').click();
  await visit.page.getByText('这一天没有警报').waitFor();
  await expectAccessible(visit);
  await visit.leave();
});

for (const { language, screen } of [
  { language: 'zh', screen: 'phone' },
  { language: 'en', screen: 'desk' },
] as const) {
  test(`health in words of what is usual for her, and in pictures: ${language}, ${screen}`, async () => {
    await town.as('admin', 'PATCH', '/residents/r0', { vitals: { limits: { heartRateBpm: { low: 45, high: 120 } } } });
    const visit = await Visit.begin(town, { as: 'daughter', language, screen, at: '/family/health' });
    const { page } = visit;
    const heart = page.locator('[data-vital=heartRateBpm]');
    await heart.waitFor();
    const usual = language === 'zh' ? '平时多在 64–80 之间' : 'Usually between 64–80';
    await heart.getByText(usual).waitFor();
    await heart.getByText(language === 'zh' ? '45 及以下、120 及以上时提醒' : '45 or below, 120 or above').waitFor();
    await page.locator('[data-vital=bloodPressure] svg').waitFor();
    await page.getByText(language === 'zh' ? '低压（舒张压）' : 'lower (diastolic)').waitFor();
    await page.getByText(language === 'zh' ? '不是诊断' : 'no diagnosis').waitFor();
    await visit.screenshot('family-health');
    await page.locator('.periods label').nth(2).click();
    await heart.locator('.range', { hasText: language === 'zh' ? '30 天内' : 'within 30 days' }).waitFor();
    await expectAccessible(visit);
    await visit.expectNoSidewaysScroll();
    await visit.screenshot('family-health-month');
    await visit.leave();
  });
}

test('without any measurement health says what would bring one', async () => {
  const visit = await Visit.begin(town, { as: 'son', language: 'en', at: '/family/health' });
  await visit.page.getByText('Nothing was measured yet').waitFor();
  await expectAccessible(visit);
  await visit.screenshot('family-health-none');
  await visit.leave();
});
