import { expect, test } from 'vitest';
import { openTown, password } from '../../api/support/town.ts';
import { expectAccessible } from '../support/accessible.ts';
import { type Language, type Screen, Visit } from '../support/visit.ts';

const onlyAdmin = { users: [{ id: 'u-admin', username: 'admin', password, role: 'admin' }] };
const words = {
  zh: { title: '五步收到第一条消息', seen: '的设备 band-7 已连接', covered: '今后 7 天都有人值班。' },
  en: {
    title: 'Five steps to the first message',
    seen: 'The device band-7 of',
    covered: 'Somebody is on duty throughout the next 7 days.',
  },
};
const windows: readonly { language: Language; screen: Screen }[] = [
  { language: 'zh', screen: 'phone' },
  { language: 'en', screen: 'desk' },
];

for (const { language, screen } of windows) {
  test(`an empty service leads by the hand from the area to the first reading, and on to a zone, an account and a roster: ${language}, ${screen}`, async () => {
    const town = await openTown({}, onlyAdmin);
    town.clock.nowMs = Date.now();
    const visit = await Visit.begin(town, { as: 'admin', language, screen });
    const { page } = visit;
    page.setDefaultTimeout(8_000);
    await page.getByText(words[language].title).waitFor();
    await expectAccessible(visit);
    await visit.screenshot('admin-first-use');
    const step = (name: string) => page.locator(`[data-step=${name}]`);

    await step('area').locator('[name=name]').fill('前埔社区');
    await step('area').locator('[data-do=step]').click();

    // She forgets where the home is: it is said at the field.
    await step('resident').locator('[name=name]').fill('王秀英');
    await step('resident').locator('[data-do=step]').click();
    await step('resident').locator('[data-problem="home.lat"]').waitFor();
    expect(await page.evaluate('document.activeElement.name')).toBe('home.lat');
    visit.forgive(/400/);
    await visit.screenshot('admin-first-use-problem');
    await step('resident').locator('[name="home.lat"]').fill('24.4451');
    await step('resident').locator('[name="home.lon"]').fill('118.0823');
    await step('resident').locator('[data-do=step]').click();

    await step('device').locator('[name=id]').fill('band-7');
    await step('device').locator('[data-do=step]').click();
    await step('token').locator('[data-do=token]').click();
    await page.locator('[data-do=confirm-token]').click();
    await step('reading').locator('[data-do=look]').waitFor();
    await expectAccessible(visit);
    await visit.screenshot('admin-first-use-token');
    await visit.expectNoSidewaysScroll();

    // Whoever looks elsewhere meanwhile comes back to the same step: the token is issued, and only a message is missing.
    await page.reload();
    await step('reading').and(page.locator('[data-state=current]')).waitFor();

    await town.say('band-7', { position: { lat: 24.4452, lon: 118.0824, accuracyM: 15 }, batteryPct: 80 });
    await page.getByText(words[language].seen).waitFor();
    await visit.screenshot('admin-first-reading');

    // From here on each next step leads to its form, and the guide is where she comes back to.
    const panel = page.locator('[data-part=panel]');
    const next = async (what: string) => {
      if (await panel.isVisible()) await panel.locator('.head button').click();
      if (screen === 'phone' && !page.url().endsWith('/start')) await page.locator('[data-do=sections]').click();
      await page.locator('[data-part=sections] a[href="/admin/start"]').click();
      await page.locator(`[data-do=next-${what}]`).click();
      await panel.locator('[data-do=save]').waitFor();
    };
    const save = async () => {
      await panel.locator('[data-do=save]').click();
      await expect.poll(() => new URL(page.url()).pathname, { timeout: 8_000 }).not.toMatch(/\/new$/);
    };
    await page.locator('[data-do=next-zone]').click();
    await panel.locator('[name=name]').fill('家附近');
    await expect
      .poll(() => panel.locator('[name="shape.center.lat"]').inputValue(), { timeout: 8_000 })
      .toBe('24.4451');
    await visit.screenshot('admin-first-zone');
    await save();

    await next('user');
    await panel.locator('[name=username]').fill('liming');
    await panel.locator('[name=name]').fill('李明');
    await panel.locator('[name=role]').selectOption('responder');
    await panel.locator('[name=areaId]').selectOption({ label: '前埔社区' });
    await panel.locator('[data-do=make-password]').click();
    const secret = await panel.locator('[name=password]').inputValue();
    await visit.screenshot('admin-first-user');
    await save();
    expect((await town.logIn('liming', secret)).status).toBe(201);

    await next('duty');
    await panel.locator('[name=name]').fill('白班');
    await panel.locator('[name=areaId]').selectOption({ label: '前埔社区' });
    await panel.locator('[data-do=add-shifts]').click();
    await panel.locator('[name="shifts.0.userId"]').fill('lm');
    await panel.locator('[data-choice]', { hasText: '李明' }).click(); // until he is found others may stand there
    for (const day of [1, 2, 3, 4, 5, 6, 7]) {
      const button = panel.locator(`[data-row="shifts.0"] [data-day="${day}"]`);
      if ((await button.getAttribute('aria-pressed')) !== 'true') await button.click();
    }
    await panel.locator('[name="shifts.0.from"]').fill('00:00');
    await panel.locator('[name="shifts.0.to"]').fill('00:00');
    await save();
    await panel.locator('.head button').click();
    await page.getByText(words[language].covered).waitFor();
    await visit.screenshot('admin-first-duty');

    const [zone] = [...town.directory.zones.values()];
    expect(zone).toMatchObject({ name: '家附近', shape: { center: { lat: 24.4451 } } });
    const [roster] = [...town.directory.rosters.values()];
    const walker = [...town.directory.users.values()].find(({ username }) => username === 'liming');
    expect(town.parts.duty.now(roster?.areaId ?? '', town.nowMs)).toEqual([walker?.id]);
    await visit.leave();
    await town.close();
  });
}
