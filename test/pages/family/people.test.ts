import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTown, type Town } from '../../api/support/town.ts';
import { expectAccessible } from '../support/accessible.ts';
import { Visit } from '../support/visit.ts';
import { morning } from './support.ts';

let town: Town;
beforeEach(async () => {
  town = await openTown();
  town.clock.nowMs = Date.now();
  const sms = (address: string) => [{ kind: 'sms', address }];
  const contacts = [
    { id: 'mei', name: '王梅', order: 1, phone: '13800000001', channels: sms('13800000001') },
    { id: 'jun', name: '王军', order: 2, phone: '13800000002', channels: sms('13800000002') },
    { id: 'lin', name: '林阿姨（楼下邻居，有钥匙）', order: 3, phone: '13800000003', channels: [] },
  ];
  await town.as('admin', 'PATCH', '/residents/r0', { contacts });
  await town.as('admin', 'DELETE', '/policies/policy-0');
});
afterEach(() => town.close());

const orders = () => {
  const contacts = town.directory.residents.get('r0')?.contacts ?? [];
  return contacts.toSorted((a, b) => a.order - b.order).map(({ id, order }) => `${order} ${id}`);
};

test('the family changes who is told first, by keys and by dragging, and sees at once what that means', async () => {
  await morning(town);
  const visit = await Visit.begin(town, { as: 'daughter', language: 'zh', at: '/family/people' });
  const { page } = visit;
  const row = (id: string) => page.locator(`[data-contact=${id}]`);
  await row('mei').waitFor();
  const told = page.locator('[data-part=told]');
  await told.getByText('王梅（短信）').first().waitFor();
  await expectAccessible(visit);
  await visit.expectNoSidewaysScroll();
  await visit.screenshot('family-people');

  await row('jun').locator('[data-do=earlier]').focus();
  await page.keyboard.press('Enter');
  await page.getByText('顺序已保存').waitFor();
  expect(orders()).toEqual(['0 jun', '1 mei', '2 lin']);
  await page.getByRole('button', { name: '撤销' }).click();
  await page.getByText('已撤销').waitFor();
  expect(orders()).toEqual(['0 mei', '1 jun', '2 lin']);

  await row('lin').locator('[data-do=drag]').hover();
  await page.mouse.down();
  await row('mei').hover();
  await page.mouse.up();
  await page.getByText('顺序已保存').waitFor();
  expect(orders()).toEqual(['0 lin', '1 mei', '2 jun']);

  await page.locator('[data-do=join]').last().click();
  await expect.poll(orders).toEqual(['0 lin', '1 mei', '1 jun']);
  await told.getByRole('combobox').selectOption('batteryLow');
  await told.getByText('不会马上通知任何人').waitFor();
  await visit.leave();
});

test('her devices say in words how they are, and an open alert who is on it', async () => {
  await morning(town);
  await town.say('motion-0', { batteryPct: 11 }, town.nowMs - 3 * 3_600_000);
  await town.as('admin', 'POST', '/devices', { id: 'smoke-0', kind: 'smokeDetector', residentId: 'r0', room: '厨房' });
  const id = await town.raise('r0', 'notWorn', 'P3');
  await town.as('walker', 'POST', `/alerts/${id}/actions`, { action: 'claim' });
  const visit = await Visit.begin(town, { as: 'daughter', language: 'en', screen: 'desk', at: '/family/people' });
  const { page } = visit;
  const device = (name: string) => page.locator(`[data-device=${name}]`);
  await device('band-0').getByText('battery 83 % · last heard 1 min ago').waitFor();
  await device('motion-0').getByText('charge it soon').waitFor();
  await device('smoke-0').getByText('Not heard of for more than a day').waitFor();
  await page.getByRole('region', { name: 'Who is on it' }).getByText('has taken it').waitFor();
  await expectAccessible(visit);
  await visit.screenshot('family-people');
  await visit.leave();
});
