import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { links, openTown, type Town } from '../api/support/town.ts';
import { expectAccessible } from './support/accessible.ts';
import { openLine } from './support/line.ts';
import { Visit } from './support/visit.ts';

let town: Town;
beforeEach(async () => {
  town = await openTown();
  town.clock.nowMs = Date.now(); // the pages show ages by the clock of the answers
});
afterEach(() => town.close());

test('a daughter sees where her mother is, the zone around her, and who is on the way', async () => {
  await town.say('band-0', { position: { lat: 24.4459, lon: 118.083, accuracyM: 18 } });
  const id = await town.raise('r0', 'zoneExit', 'P2');
  const visit = await Visit.begin(town, { as: 'daughter', language: 'zh' });
  const { page } = visit;
  await visit.alert(id).waitFor();
  await page.locator('[data-part=map][data-state=drawn] canvas').waitFor();
  await page.getByRole('list', { name: '地图上的内容' }).getByText('安全区“Garden”').waitFor({ state: 'attached' });
  await page.getByText('王秀英：北纬 24.44590').waitFor({ state: 'attached' });
  await town.say('band-0', { position: { lat: 24.4462, lon: 118.0832, accuracyM: 12 } });
  await page.getByText('王秀英：北纬 24.44620').waitFor({ state: 'attached' });
  await town.as('walker', 'POST', `/alerts/${id}/actions`, { action: 'claim' });
  await page.locator(`[data-alert="${id}"][data-state=acknowledged]`).waitFor();
  await expectAccessible(visit);
  await visit.expectNoSidewaysScroll();
  await visit.screenshot('family');
  await visit.leave();
});

test('names and notes are text, never part of the page', async () => {
  await town.as('admin', 'PATCH', '/residents/r0', { name: '<img src=x onerror=alert(1)>' });
  const visit = await Visit.begin(town, { as: 'daughter', language: 'en', screen: 'desk' });
  const because = [{ zh: '厨房烟感报警', en: 'the detector in the <b>kitchen</b> reported smoke' }];
  const id = await town.raise('r0', 'smoke', 'P1', { because });
  await visit.alert(id).getByText('the detector in the <b>kitchen</b> reported smoke').waitFor();
  await visit.page.getByText('<img src=x').first().waitFor();
  expect(await visit.page.locator('img').count()).toBe(0);
  await visit.page.locator('[data-tab-of=settings]').click();
  await visit.page.locator('[data-do=language]').click();
  await visit.page.locator('[data-tab-of=now]').click();
  await visit.alert(id).getByText('厨房烟感报警').waitFor();
  await visit.leave();
});

describe('a lost connection is said, and when it is back the page catches up', () => {
  test('when the line is cut', async () => {
    await town.say('motion-0', { motion: true });
    const line = await openLine(Number(new URL(town.url).port));
    const visit = await Visit.begin(town, { as: 'daughter', language: 'en', url: line.url });
    const { page } = visit;
    await page.getByText('All is well').waitFor();
    line.cut();
    await page.locator('[data-part=lost]').waitFor();
    expect(await page.textContent('[data-part=lost]')).toContain('Connection lost since');
    expect(await page.getByText('All is well').count()).toBe(0);
    await expectAccessible(visit);
    await visit.screenshot('lost');
    const id = await town.raise('r0');
    line.mend();
    await visit.alert(id).waitFor();
    await page.locator('[data-part=lost]').waitFor({ state: 'detached' });
    visit.forgive(/ERR_|preload/); // the map may have been on its way
    await visit.leave();
    line.close();
  });

  test('when nothing is heard any more, though the line seems to be there', async () => {
    await town.say('motion-0', { motion: true });
    const line = await openLine(Number(new URL(town.url).port));
    const visit = await Visit.begin(town, { language: 'en', url: line.url });
    await visit.page.clock.install();
    await visit.logIn('daughter');
    await visit.page.getByText('All is well').waitFor();
    line.freeze();
    await visit.page.clock.runFor(10_000);
    await visit.page.locator('[data-part=lost]').waitFor();
    visit.forgive(/ERR_/);
    await visit.leave();
    line.close();
  });
});

test('her daughter sees until when her mother is away, and what she was told is read when she opens the alert', async () => {
  const until = new Date(town.nowMs + 48 * 3_600_000).toISOString();
  await town.as('daughter', 'PUT', '/residents/r0/away', { until });
  const contact = { id: 'c0', name: 'Daughter', channels: [{ kind: 'sse', address: 'daughter' }], order: 1 };
  await town.as('admin', 'PATCH', '/residents/r0', { contacts: [contact] });
  const id = await town.raise('r0');
  const [message] = await town.records.notificationsOf(id);
  await town.records.updateNotifications([{ ...message!, state: 'delivered' }]); // her page took it
  const visit = await Visit.begin(town, { as: 'daughter', language: 'en', screen: 'desk' });
  await visit.page.getByText('Away, the family says, until').waitFor();
  await visit.alert(id).locator('[data-do=resolve]').click();
  await expect.poll(async () => (await town.records.notificationsOf(id))[0]?.state).toBe('read');
  await visit.leave();
});

test('the page behind a link in a message says that it was read, in a real browser', async () => {
  const id = await town.raise('r0');
  const [message] = await town.records.notificationsOf(id);
  const at = new URL(links.of(message!)!.acknowledge).pathname; // she is told, and this town has an address
  const visit = await Visit.begin(town, { at });
  await expect.poll(async () => (await town.records.notificationsOf(id))[0]?.state).toBe('read');
  await visit.leave();
});
