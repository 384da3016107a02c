import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTown, type Town } from '../../api/support/town.ts';
import { expectAccessible } from '../support/accessible.ts';
import { expectFitsEnlarged } from '../support/fits.ts';
import { openLine } from '../support/line.ts';
import { type Language, type Screen, Visit } from '../support/visit.ts';
import { morning } from './support.ts';

let town: Town;
beforeEach(async () => {
  town = await openTown();
  town.clock.nowMs = Date.now();
  await morning(town);
});
afterEach(() => town.close());

const open = () => town.parts.desk.open();
const windows: readonly { language: Language; screen: Screen; words: string; more: string }[] = [
  { language: 'zh', screen: 'phone', words: '我找不到王秀英', more: '补充王秀英的线索' },
  { language: 'en', screen: 'desk', words: 'I cannot find 王秀英', more: 'Add what I know of 王秀英' },
];

for (const { language, screen, words, more } of windows) {
  test(`a daughter cannot find her mother: asked once more, then everybody is told; later she adds what she hears: ${language}, ${screen}`, async () => {
    const visit = await Visit.begin(town, { as: 'daughter', language, screen });
    const { page } = visit;
    const press = page.locator('[data-do=cannot-find]');
    await press.getByText(words).click();
    expect(open()).toEqual([]); // a press by chance tells nobody
    await page.locator('[data-part=cannot-find] [data-do=say-nothing]').click();
    await press.click();
    await page.selectOption('[name=say-sight]', 'hour');
    await page.fill('[name=say-place]', '前埔菜市场');
    await page.fill('[name=say-note]', '红外套');
    await expectAccessible(visit);
    await visit.expectNoSidewaysScroll();
    await visit.screenshot('family-cannot-find');
    await page.locator('[data-do=say]').click();
    await page.locator('[data-part=alerts] [data-alert]').waitFor();
    const [alert] = open();
    expect(alert).toMatchObject({ type: 'missing', severity: 'P1', residentId: 'r0' });
    expect(alert?.evidence).toMatchObject({ lastSeenPlace: '前埔菜市场', note: '红外套', reportedByRole: 'family' });
    expect(Math.abs(Number(alert?.evidence.lastSeenAtMs) - (town.nowMs - 3_600_000))).toBeLessThan(120_000);
    await visit.alert(alert!.id).getByText('前埔菜市场').first().waitFor({ state: 'attached' });
    await page.locator('.toast').waitFor({ state: 'detached' });
    await page.evaluate('scrollTo(0, 0)');
    await expectAccessible(visit);
    await visit.screenshot('family-looked-for');

    await press.getByText(more).click();
    await page.fill('[name=say-note]', '坐了 47 路');
    await page.locator('[data-do=say]').click();
    await page.locator('[data-part=cannot-find]').waitFor({ state: 'detached' });
    expect(open().length).toBe(1);
    expect((await town.records.timeline(alert!.id)).at(-1)).toMatchObject({
      ...{ what: 'saidAgain', who: 'u-daughter' },
      detail: { note: '坐了 47 路' },
    });
    await visit.leave();
  });
}

test('the connection breaks as she presses: she reads so, presses again, and it is one alert', async () => {
  const line = await openLine(Number(new URL(town.url).port));
  const visit = await Visit.begin(town, { as: 'daughter', language: 'zh', url: line.url });
  const { page } = visit;
  await page.locator('[data-do=cannot-find]').click();
  await page.locator('[name=say-place]').fill('家门口');
  await page.route('**/residents/r0/alerts', async (route) => {
    await route.fetch(); // it arrives, and its answer does not
    await route.abort();
  });
  await page.locator('[data-do=say]').click();
  await page.locator('[data-part=say] .wrong').waitFor();
  expect(open().length).toBe(1);
  await page.unroute('**/residents/r0/alerts');
  await page.locator('[data-do=say]').click();
  await page.locator('[data-part=say]').waitFor({ state: 'detached' });
  expect(open().length).toBe(1);
  expect((await town.records.timeline(open()[0]!.id)).map(({ what }) => what)).toEqual(['raised', 'notified']);
  visit.forgive(/ERR_/);
  await visit.leave();
  line.close();
});

test('she is found while her daughter writes what she knows: what is sent now is a new alert, and says so', async () => {
  const { json } = await town.as('east', 'POST', '/residents/r0/alerts', { type: 'missing' });
  const visit = await Visit.begin(town, { as: 'daughter', language: 'zh', screen: 'phone' });
  const { page } = visit;
  await page.locator('[data-do=cannot-find]').getByText('补充王秀英的线索').click();
  await page.locator('[data-do=say]', { hasText: '补充' }).waitFor();
  await town.as('east', 'POST', `/alerts/${String(json.id)}/actions`, { action: 'resolve', outcome: 'found' });
  await page.locator('[data-do=say]', { hasText: '马上报警' }).waitFor();
  await page.locator('#lost-title', { hasText: '我找不到王秀英' }).waitFor();
  await visit.leave();
});

test('enlarged, what is asked stays whole', async () => {
  const visit = await Visit.begin(town, { as: 'daughter', language: 'zh', screen: 'desk' });
  await visit.page.locator('[data-do=cannot-find]').click();
  await visit.page.locator('[data-part=map][data-state=drawn] canvas').waitFor();
  await expectFitsEnlarged(visit, 'enlarged-family-cannot-find');
  await visit.leave();
});
