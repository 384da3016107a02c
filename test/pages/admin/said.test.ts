import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTown, type Town } from '../../api/support/town.ts';
import { city } from '../support/city.ts';
import { Visit } from '../support/visit.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
  await city(town, 8);
});
afterAll(() => town.close());

test('every community has a first grid: a list says which community it is in', async () => {
  const visit = await Visit.begin(town, { as: 'admin', language: 'zh', screen: 'desk', at: '/admin/residents' });
  await visit.page.locator('[data-row=n0]').getByText('前埔社区 第一网格').waitFor();
  await visit.page.locator('[data-row=n1]').getByText('莲前社区 第一网格').waitFor();
  await visit.leave();
});

for (const [language, sentence] of [
  ['zh', '按内置规则'],
  ['en', 'by the built-in policy'],
] as const) {
  test(`without a policy of one’s own the preview says so, to the minute that is asked for (${language})`, async () => {
    const visit = await Visit.begin(town, { as: 'admin', language, screen: 'desk', at: '/admin/policies' });
    const { page } = visit;
    await page.locator('[data-part=preview] time').first().waitFor(); // of somebody to begin with
    await page.locator('[name=preview-resident]').fill('陈国栋');
    await page.locator('[data-choice=r1]').click();
    const preview = page.locator('[data-part=preview]');
    await preview.getByText(sentence, { exact: true }).waitFor();
    expect(await preview.locator('time').first().textContent()).toMatch(/:00$/);
    await visit.leave();
  });
}
