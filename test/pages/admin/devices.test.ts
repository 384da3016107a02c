import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTown, type Page, type Town } from '../../api/support/town.ts';
import { expectAccessible } from '../support/accessible.ts';
import { Visit } from '../support/visit.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());
beforeEach(() => {
  town.clock.nowMs = Date.now();
});

test('a device is added for a resident found by her initials, shown once as a QR code, and tried in test mode', async () => {
  const visit = await Visit.begin(town, { as: 'east', language: 'zh', screen: 'desk', at: '/admin/devices' });
  const { page } = visit;
  page.setDefaultTimeout(8_000);
  await page.locator('[data-do=add]').click();
  const panel = page.locator('[data-part=panel]');

  // The id of another device is taken: nothing of it is replaced.
  await panel.locator('[name=id]').fill('band-0');
  await panel.locator('[name=residentId]').fill('wxy');
  await panel.locator('[data-choice=r0]').click();
  await panel.locator('[data-do=save]').click();
  await panel.getByText('这个编号已被使用').waitFor();
  visit.forgive(/409/);
  await panel.locator('[name=id]').fill('button-7');
  await panel.locator('[name=kind]').selectOption('callButton');
  await panel.locator('[data-do=save]').click();
  await page.getByText('已保存：button-7').waitFor();
  expect(new URL(page.url()).pathname).toBe('/admin/devices/button-7');
  expect(town.directory.devices.get('button-7')).toEqual({ id: 'button-7', kind: 'callButton', residentId: 'r0' });

  await panel.locator('[data-do=token]').click();
  await page.locator('[data-do=confirm-token]').click();
  const token = (await panel.locator('[data-part=token-text]').textContent()) ?? '';
  expect(await panel.locator('.qr').getAttribute('data-content')).toBe(`anju:1:button-7:${token}`);
  await panel.locator('.qr').scrollIntoViewIfNeeded();
  await visit.screenshot('admin-device-token');
  await expectAccessible(visit);

  await panel.locator('[data-do=test-begin]').click();
  await panel.locator('[data-part=test][data-state=on]').waitFor();
  expect(town.directory.silences.get('test-button-7')).toMatchObject({ exercise: true, tells: true });

  await town.say('button-7', { batteryPct: 90 });
  const refused = {
    topic: 'v1/devices/button-7/telemetry',
    receivedAtMs: town.nowMs,
    reason: 'notJson',
    detail: 'no JSON',
    payloadHead: 'aGVsbG8=',
    payloadBytes: 5,
  };
  await town.telemetry.commit({
    readings: [],
    states: new Map(),
    signals: [],
    quarantined: [{ ...refused, deviceId: 'button-7' }],
  });
  await panel.locator('[data-do=messages]').click();
  await panel.getByText('{"batteryPct":90}').waitFor();
  await panel.getByText('hello').waitFor();
  await panel.locator('[data-do=ring]').click();
  await panel.locator('[data-part=commands] li[data-state=waiting]').waitFor();
  await panel.locator('[data-part=commands]').scrollIntoViewIfNeeded();
  await visit.screenshot('admin-device-tools');
  await visit.leave();
});

test('the list says when each device was heard of last, and whether it can log in', async () => {
  await town.as('admin', 'POST', '/devices/spare/token');
  await town.say('band-1', { batteryPct: 70 }, town.nowMs - 3 * 60_000);
  const visit = await Visit.begin(town, { as: 'admin', language: 'zh', screen: 'desk', at: '/admin/devices' });
  const { page } = visit;
  const row = (id: string) => page.locator(`[data-row="${id}"]`);
  await row('band-1').getByText('3 分钟前').waitFor();
  await row('band-1').getByText('还没有').waitFor();
  await row('spare').getByText('一周内没有消息').waitFor();
  await row('spare').getByText('已发放').waitFor();
  await expectAccessible(visit);
  await visit.screenshot('admin-devices');
  await row('spare').locator('a').click();
  await page.locator('[data-part=token] [data-do=revoke]').click();
  await page.locator('[data-do=confirm-revoke]').click();
  await page.getByText('令牌已作废').waitFor();
  await page.locator('[data-part=panel] .head button').click();
  await row('spare').getByText('还没有').waitFor();
  await page.setViewportSize({ width: 390, height: 844 });
  await row('band-1').getByText('最后消息').or(row('band-1').getByText('3 分钟前')).first().waitFor();
  await visit.screenshot('admin-devices-narrow');
  await visit.leave();
});

test('removing a device wants its id typed; removing a zone can be undone', async () => {
  const visit = await Visit.begin(town, { as: 'east', language: 'en', screen: 'phone', at: '/admin/devices/motion-0' });
  const { page } = visit;
  page.setDefaultTimeout(8_000);
  await page.locator('[data-do=remove]').click();
  expect(await page.locator('[data-do=confirm-remove]').isDisabled()).toBe(true);
  await page.locator('[name=typed]').fill('motion-0');
  await expectAccessible(visit);
  await visit.screenshot('admin-remove');
  await page.locator('[data-do=confirm-remove]').click();
  await page.getByText('Removed: motion-0').waitFor();
  expect(town.directory.devices.has('motion-0')).toBe(false);

  await page.goto(`${town.url}/admin/zones/zone-0`);
  await page.locator('[data-do=remove]').click();
  await page.locator('[data-do=confirm-remove]').click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Undone').waitFor();
  await page.locator('[data-row=zone-0]').waitFor();
  expect(town.directory.zones.has('zone-0')).toBe(true);
  await visit.leave();
});

test('an operator sees her own street only, and no administrator’s sections', async () => {
  const visit = await Visit.begin(town, { as: 'east', language: 'en', screen: 'desk', at: '/admin/devices' });
  const { page } = visit;
  page.setDefaultTimeout(8_000);
  await page.locator('[data-row=band-0]').waitFor();
  expect(await page.locator('[data-row=band-1]').count()).toBe(0);
  const sections = await page.locator('[data-part=sections] a').allTextContents();
  expect(sections.map((text) => text.trim())).toEqual([
    'Residents',
    'Users',
    'Areas',
    'Zones',
    'Devices',
    'Duty rosters',
    'Escalation policies',
    'Silences and drills',
  ]);
  await page.goto(`${town.url}/admin/residents/r1`);
  await page.getByText('Not found, or not among those you look after.').waitFor();
  visit.forgive(/404/);
  await page.goto(`${town.url}/admin/audit`);
  await page.getByText('This part is for administrators').waitFor();
  await page.goto(`${town.url}/admin/duty/roster-0`);
  await page.getByText('You may look at this but not change it').waitFor();
  await expectAccessible(visit);
  await visit.screenshot('admin-operator');
  const { json } = await town.as<Page>('admin', 'GET', '/audit?who=u-east&limit=50');
  expect(json.items.length).toBeGreaterThan(0);
  await visit.leave();
});
