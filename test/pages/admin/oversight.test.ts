import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { community, openTown, type Town } from '../../api/support/town.ts';
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

const file = (name: string, document: unknown) => ({
  name,
  mimeType: 'application/json',
  buffer: Buffer.from(typeof document === 'string' ? document : JSON.stringify(document)),
});

test('a file with problems changes nothing and says where they are; the corrected one is imported', async () => {
  const visit = await Visit.begin(town, { as: 'admin', language: 'en', screen: 'desk', at: '/admin/exchange' });
  const { page } = visit;
  page.setDefaultTimeout(8_000);
  const [first] = community.residents;
  await page.locator('[name=file]').setInputFiles(file('broken.json', '{"areas": ['));
  await page.getByText('broken.json is no JSON').waitFor();
  const newcomer = { ...first, id: 'r7', name: '林阿妹', areaId: 'nowhere' };
  const devices = [{ id: 'd9', kind: 'toaster' }];
  await page.locator('[name=file]').setInputFiles(file('bad.json', { residents: [first, newcomer], devices }));
  await page.locator('[data-problem="residents[1].areaId"]').waitFor();
  await page.locator('[data-problem="devices[0].kind"]').waitFor();
  expect(await page.locator('[data-do=import]').isDisabled()).toBe(true);
  await expectAccessible(visit);
  await visit.screenshot('admin-import-problems');

  await page.locator('[name=file]').setInputFiles(file('good.json', { residents: [{ ...newcomer, areaId: 'east' }] }));
  await page.locator('[data-kind=residents]').waitFor();
  await page.locator('[data-do=import]').click();
  await page.getByText('Imported', { exact: true }).waitFor();
  expect(town.directory.residents.get('r7')?.name).toBe('林阿妹');

  const download = page.waitForEvent('download');
  await page.locator('[data-do=export]').click();
  expect((await download).suggestedFilename()).toMatch(/^anju-\d{4}-\d\d-\d\d\.json$/);
  await visit.leave();
});

test('the audit log shows who looked, filtered and page by page, and that nobody changed it', async () => {
  await town.as('daughter', 'GET', '/residents/r0/live');
  for (let i = 0; i < 60; i += 1) await town.as('walker', 'GET', '/residents/r0/live');
  const visit = await Visit.begin(town, { as: 'admin', language: 'zh', screen: 'desk', at: '/admin/audit' });
  const { page } = visit;
  page.setDefaultTimeout(8_000);
  await page.locator('tbody tr').first().waitFor();
  await page.locator('[data-do=onward]').click();
  await page.getByText('第 2 页').waitFor();
  await page.locator('[data-do=back]').click();

  await page.locator('[name=who]').fill('daugh');
  await page.locator('[data-choice=u-daughter]').click();
  await page.locator('[name=what]').selectOption('livePositionRead');
  await expect.poll(() => page.locator('tbody tr').count(), { timeout: 8_000 }).toBe(1);
  expect(await page.locator('tbody tr').textContent()).toMatch(/daughter.*查看实时位置.*王秀英/s);
  await page.locator('[data-do=verify]').click();
  await page.getByText('条记录完整无改动').waitFor();
  await page.locator('[data-do=verify]:enabled').waitFor();
  await expectAccessible(visit);
  await visit.screenshot('admin-audit');
  await visit.leave();
});

test('what could not be understood, and how long what is kept', async () => {
  const refused = {
    deviceId: 'band-1',
    topic: 'v1/devices/band-1/telemetry',
    receivedAtMs: town.nowMs,
    reason: 'notJson',
    detail: 'no JSON',
    payloadHead: 'eyJiYXQ=',
    payloadBytes: 5,
  };
  await town.telemetry.commit({ readings: [], states: new Map(), signals: [], quarantined: [refused] });
  const visit = await Visit.begin(town, { as: 'admin', language: 'zh', screen: 'phone', at: '/admin/quarantine' });
  const { page } = visit;
  page.setDefaultTimeout(8_000);
  await page.getByText('{"bat').waitFor();
  await visit.screenshot('admin-quarantine');
  await page.locator('[data-do=sections]').click();
  await visit.screenshot('admin-sections');
  await expectAccessible(visit);
  await page.getByRole('link', { name: '保存期限' }).click();
  await page.locator('[data-kind=positions]').waitFor();
  await visit.expectNoSidewaysScroll();
  await expectAccessible(visit);
  const keptFor = async (kind: string) => visit.page.locator(`[data-kind=${kind}] td`).textContent();
  expect([await keptFor('positions'), await keptFor('audit')]).toEqual(['30 天', '3 年']);
  await visit.screenshot('admin-retention');
  await visit.leave();
});
