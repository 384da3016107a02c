import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newPassword } from '../../../web/admin/users/password.ts';
import { openTown, type Town } from '../../api/support/town.ts';
import { expectAccessible } from '../support/accessible.ts';
import { openLine } from '../support/line.ts';
import { Visit } from '../support/visit.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());
beforeEach(() => {
  town.clock.nowMs = Date.now();
});

test('a grid worker gets an account with a password that was made for her, and gets in with it', async () => {
  const visit = await Visit.begin(town, { as: 'admin', language: 'zh', screen: 'phone', at: '/admin/users/new' });
  const { page } = visit;
  page.setDefaultTimeout(8_000);
  await page.locator('[name=username]').fill('lin zhi');
  await page.locator('[name=role]').selectOption('responder');
  await page.locator('[name=areaId]').selectOption('east');
  await page.locator('[data-do=make-password]').click();
  const secret = await page.locator('[name=password]').inputValue();
  await page.locator('[data-do=save]').click();
  await page.locator('[data-problem=username]').waitFor();
  visit.forgive(/400/);
  await visit.screenshot('admin-user-problem');
  await expectAccessible(visit);
  await page.locator('[name=username]').fill('linzhi');
  await page.locator('[name=name]').fill('林芝');
  await page.locator('[data-do=save]').click();
  await page.getByText('已保存：林芝').or(page.getByText('已保存：linzhi')).waitFor();
  await visit.screenshot('admin-user');
  expect((await town.logIn('linzhi', secret)).status).toBe(201);
  expect(await page.locator('[name=password]').inputValue()).toBe('');
  await visit.expectNoSidewaysScroll();

  await page.locator('[data-part=panel]').getByRole('button', { name: '关闭' }).click();
  await page.fill('[name=search]', 'lz');
  await page.locator('[data-row=u-walker]').waitFor({ state: 'detached' });
  expect(await page.locator('tbody tr').count()).toBe(1);
  await visit.leave();
});

test('without a connection it says so, and what was written is still there', async () => {
  const line = await openLine(Number(new URL(town.url).port));
  const visit = await Visit.begin(town, {
    as: 'admin',
    language: 'en',
    screen: 'desk',
    at: '/admin/residents/r1',
    url: line.url,
  });
  const { page } = visit;
  page.setDefaultTimeout(15_000);
  await page.locator('[name=notes]').fill('Hears badly');
  line.cut();
  await page.locator('[data-part=lost]').waitFor();
  await page.locator('[data-do=save]').click();
  await page.getByText('The service cannot be reached').waitFor();
  expect(await page.locator('[name=notes]').inputValue()).toBe('Hears badly');
  await visit.screenshot('admin-lost');
  line.mend();
  await page.locator('[data-part=lost]').waitFor({ state: 'detached' });
  await page.locator('[data-do=save]').click();
  await page.getByText('Saved: 陈国栋').waitFor();
  expect(town.directory.residents.get('r1')?.notes).toBe('Hears badly');
  visit.forgive(/ERR_|Failed to load/);
  await visit.leave();
  line.close();
});

test('passwords that are made can be read out: no sign is taken for another', () => {
  const made = Array.from({ length: 50 }, newPassword);
  for (const one of made) expect(one).toMatch(/^([a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}$/);
  expect(new Set(made).size).toBe(50);
});
