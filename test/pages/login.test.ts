import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTown, type Town } from '../api/support/town.ts';
import { expectAccessible } from './support/accessible.ts';
import { type Language, type Screen, Visit } from './support/visit.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());
beforeEach(async () => {
  town.clock.nowMs = Date.now();
  await town.say('motion-0', { motion: true }); // nobody says that all is well of a home that is not heard of
});

const words = {
  zh: { title: '登录', wrong: '用户名或密码不正确', over: '登录已失效', lang: 'zh-CN', quiet: '现在一切平安' },
  en: {
    title: 'Log in',
    wrong: 'User name or password is wrong',
    over: 'Your session is over',
    lang: 'en-GB',
    quiet: 'All is well',
  },
};
const windows: readonly { language: Language; screen: Screen }[] = [
  { language: 'zh', screen: 'phone' },
  { language: 'en', screen: 'desk' },
  { language: 'zh', screen: 'wall' },
];

for (const { language, screen } of windows) {
  test(`a daughter logs in, and out again: ${language}, ${screen}`, async () => {
    const visit = await Visit.begin(town, { language, screen });
    const { page } = visit;
    expect(await page.textContent('h1')).toBe(words[language].title);
    expect(await page.getAttribute('html', 'lang')).toBe(words[language].lang);
    await expectAccessible(visit);
    await visit.screenshot('login');
    await visit.logIn('daughter', 'not-her-password');
    await page.getByText(words[language].wrong).waitFor();
    visit.forgive(/401/);
    await visit.logIn('daughter');
    await page.getByText(words[language].quiet).waitFor();
    expect(new URL(page.url()).pathname).toBe('/family');
    await visit.expectNoSidewaysScroll();
    await page.locator('[data-tab-of=settings]').click();
    await page.locator('[data-do=log-out]').click();
    await page.waitForURL('**/login');
    expect(await page.evaluate('sessionStorage.getItem("anju.session")')).toBeNull();
    await visit.leave();
  });
}

describe('everybody comes to their room', () => {
  const rooms = [
    { as: 'daughter', room: '/family' },
    { as: 'walker', room: '/console' },
    { as: 'east', room: '/console' },
    { as: 'admin', room: '/admin' },
    { as: 'counter', room: '/wall' },
  ];
  for (const { as, room } of rooms) {
    test(`${as}: ${room}`, async () => {
      const visit = await Visit.begin(town, { as, language: 'en', screen: 'desk' });
      await visit.page.waitForURL(`**${room}`);
      await visit.page.locator('main').waitFor();
      await expectAccessible(visit);
      await visit.screenshot(`room-of-${as}`);
      await visit.leave();
    });
  }

  test('another room says that it is not theirs, and leads back', async () => {
    const visit = await Visit.begin(town, { as: 'daughter', language: 'en', at: '/admin' });
    await visit.page.getByText('Your account may not see this page').waitFor();
    await expectAccessible(visit);
    await visit.screenshot('no-permission');
    await visit.page.getByText('Back to my page').click();
    await visit.page.waitForURL('**/family');
    await visit.leave();
  });

  test('who was going somewhere when the log-in came between gets there', async () => {
    const visit = await Visit.begin(town, { language: 'en', screen: 'desk', at: '/wall' });
    await visit.logIn('admin');
    await visit.page.waitForURL('**/wall');
    await visit.leave();
  });

  test('an address that leads nowhere says so', async () => {
    const visit = await Visit.begin(town, { language: 'en', at: '/n/a/b' });
    await visit.page.getByText('There is no such page').waitFor();
    await visit.screenshot('not-found');
    await visit.leave();
  });
});

test('the language and the size of the text are chosen once, and remembered', async () => {
  const visit = await Visit.begin(town, { language: 'zh' });
  const { page } = visit;
  const textPx = () => page.evaluate<string>('getComputedStyle(document.querySelector("form.login label")).fontSize');
  await page.locator('form.login').waitFor();
  expect(await textPx()).toBe('16px');
  await page.locator('[data-do=language]').click();
  await page.getByRole('heading', { name: 'Log in' }).waitFor();
  await page.locator('[data-do=large]').click();
  await page.reload();
  await page.getByRole('heading', { name: 'Log in' }).waitFor();
  expect(await textPx()).toBe('21.6px');
  await visit.expectNoSidewaysScroll();
  await visit.screenshot('login-large');
  await visit.leave();
});

test('a session that is over leads back to the log-in, and says so', async () => {
  const visit = await Visit.begin(town, { as: 'daughter', language: 'en' });
  await visit.page.getByText(words.en.quiet).waitFor();
  town.clock.nowMs += 13 * 3_600_000;
  await town.raise('r1', 'smoke'); // the stream is looked through and ends
  await visit.page.getByText(words.en.over).waitFor();
  visit.forgive(/401|ERR_/);
  await visit.leave();
});
