import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTown, type Town } from '../api/support/town.ts';
import { morning, tenDays, yesterday } from './family/support.ts';
import { expectFitsEnlarged } from './support/fits.ts';
import { type Language, Visit } from './support/visit.ts';

/** Everything at 200 % and at 320 CSS pixels (WCAG 1.4.4, 1.4.10, 2.4.11): nothing cut off or covered, one way to scroll. */
let town: Town;
beforeAll(async () => {
  town = await openTown();
  town.clock.nowMs = Date.now();
  await tenDays(town);
  await yesterday(town);
  await morning(town);
});
afterAll(() => town.close());

const languages = ['zh', 'en'] as const;
const drawn = ({ page }: Visit) => page.locator('[data-part=map][data-state=drawn] canvas').first().waitFor();
const read = ({ page }: Visit) => expect.poll(() => page.locator('.loading').count(), { timeout: 10_000 }).toBe(0);

async function begin(as: string | undefined, at: string, language: Language): Promise<Visit> {
  const visit = await Visit.begin(town, { ...(as !== undefined && { as }), at, language, screen: 'desk' });
  visit.page.setDefaultTimeout(10_000);
  return visit;
}

for (const language of languages) {
  test(`the family, ${language}`, async () => {
    await town.raise('r0', 'zoneExit', 'P2');
    const visit = await begin('daughter', '/family', language);
    const { page } = visit;
    await page.locator('[data-alert]').waitFor();
    for (const tab of ['now', 'day', 'health', 'people', 'settings']) {
      await page.locator(`[data-tab-of=${tab}]`).click();
      await page.locator(`[data-tab=${tab}]`).waitFor();
      if (tab === 'now' || tab === 'day') await drawn(visit);
      await read(visit);
      await expectFitsEnlarged(visit, `enlarged-family-${tab}`);
    }
    await page.locator('[data-zone=zone-0] [data-do=edit-zone]').click();
    await drawn(visit);
    await expectFitsEnlarged(visit, 'enlarged-family-zone');
    await visit.leave();
  });
}

for (const language of languages) {
  test(`the console, ${language}`, async () => {
    const id = await town.raise('r0', 'fall', 'P1');
    const visit = await begin('east', '/console', language);
    const { page } = visit;
    const seen = () => page.locator('[data-do=hush]').click(); // until then it lies over everything, on purpose
    await page.setViewportSize({ width: 320, height: 256 });
    await page.locator('[data-part=alarm]').waitFor();
    expect((await page.locator('[data-part=alarm]').boundingBox())?.height).toBeLessThan(256 / 2);
    await visit.screenshot('enlarged-console-alarm');
    await seen();
    await expectFitsEnlarged(visit, 'enlarged-console-queue');
    for (const at of [`alert/${id}`, `card/${id}`, 'shift']) {
      await page.goto(`${town.url}/console/${at}`);
      await seen();
      await page.locator('h2, h3').last().waitFor();
      await read(visit);
      await expectFitsEnlarged(visit, `enlarged-console-${at.split('/')[0]}`);
    }
    await page.goto(`${town.url}/console/alert/${id}`);
    await seen();
    await page.locator('[data-do=resolve]').click();
    await expectFitsEnlarged(visit, 'enlarged-console-resolve');
    await visit.leave();
    await town.as('east', 'POST', `/alerts/${id}/actions`, { action: 'resolve', outcome: 'safe' });
  });
}

const lists = ['residents', 'devices', 'zones', 'users', 'areas', 'duty', 'policies', 'silences', 'start', 'exchange'];
const overseen = ['audit', 'quarantine', 'retention'];

test('the lists of the administration', async () => {
  const visit = await begin('admin', '/admin', 'zh');
  for (const section of [...lists, ...overseen]) {
    await visit.page.goto(`${town.url}/admin/${section}`);
    await visit.page.locator('.content h2').first().waitFor();
    await read(visit);
    await expectFitsEnlarged(visit, `enlarged-admin-${section}`);
  }
  await visit.leave();
});

for (const language of languages) {
  test(`the forms of the administration, and its question before something is removed, ${language}`, async () => {
    const visit = await begin('admin', '/admin', language);
    for (const at of [
      'residents/r0',
      'zones/zone-0',
      'users/u-east',
      'policies/policy-0',
      'duty/roster-0',
      'devices/band-0',
    ]) {
      await visit.page.goto(`${town.url}/admin/${at}`);
      await visit.page.locator('[data-part=panel] [data-do=save]').waitFor();
      await expectFitsEnlarged(visit, `enlarged-admin-${at.replace('/', '-')}`);
    }
    await visit.page.locator('[data-do=remove]').click();
    await expectFitsEnlarged(visit, 'enlarged-admin-remove');
    await visit.leave();
  });

  test(`what needs no account: the log-in, a notice, a shared position, ${language}`, async () => {
    const { json: notice } = await town.as('west', 'POST', '/residents/r1/notices', {
      ...{ consentBy: 'Wang Li', caseNumber: 'XM-1', hotline: '0592-12349', clothing: '红色外套，灰色裤子，拄拐杖' },
      lastSeen: { at: '2026-03-07T10:40:00+08:00', position: { lat: 24.44512, lon: 118.08231 }, place: '前埔菜市场' },
    });
    const { json: share } = await town.as('daughter', 'POST', '/residents/r0/shares', { name: '妈妈' });
    const visit = await begin(undefined, '/login', language);
    await visit.page.locator('form.login').waitFor();
    await expectFitsEnlarged(visit, 'enlarged-login');
    for (const [what, at] of [['notice', `/n/${notice.id}`] as const, ['share', String(share.url)] as const]) {
      await visit.page.goto(town.url + at);
      await drawn(visit);
      await expectFitsEnlarged(visit, `enlarged-${what}`);
    }
    await visit.leave();
    await town.as('west', 'DELETE', `/notices/${notice.id}`);
  });

  test(`notices, and the form one is made with, ${language}`, async () => {
    const visit = await begin('east', '/notices', language);
    await visit.page.locator('[name=q]').fill('wxy');
    await visit.page.locator('[data-part=chooser] [data-choose=r0]').last().waitFor();
    await expectFitsEnlarged(visit, 'enlarged-notices');
    await visit.page.locator('[data-choose=r0]').last().click();
    await visit.page.locator('[name=hotline]').waitFor();
    await drawn(visit);
    await expectFitsEnlarged(visit, 'enlarged-notice-form');
    await visit.leave();
  });
}
