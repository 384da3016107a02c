import { expect, test } from 'vitest';
import { openTown, password } from '../../api/support/town.ts';
import { expectAccessible } from '../support/accessible.ts';
import { type Language, type Screen, Visit } from '../support/visit.ts';

const onlyAdmin = { users: [{ id: 'u-admin', username: 'admin', password, role: 'admin' }] };
const words = {
  zh: { title: '五步收到第一条消息', seen: '的设备 band-7 已连接' },
  en: { title: 'Five steps to the first message', seen: 'The device band-7 of' },
};
const windows: readonly { language: Language; screen: Screen }[] = [
  { language: 'zh', screen: 'phone' },
  { language: 'en', screen: 'desk' },
];

for (const { language, screen } of windows) {
  test(`an empty service leads by the hand from the area to the first reading: ${language}, ${screen}`, async () => {
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

    await town.say('band-7', { position: { lat: 24.4452, lon: 118.0824, accuracyM: 15 }, batteryPct: 80 });
    await page.getByText(words[language].seen).waitFor();
    await visit.screenshot('admin-first-reading');
    await visit.leave();
    await town.close();
  });
}
