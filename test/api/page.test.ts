import { existsSync, mkdirSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openLine } from './support/line.ts';
import { openTown, password, type Town } from './support/town.ts';

const executablePath = '/usr/bin/chromium';
const pictures = new URL('../../artefacts/', import.meta.url).pathname;
const phone = { width: 390, height: 844 };
const desk = { width: 1440, height: 900 };

let browser: Browser;
beforeAll(async () => {
  if (!existsSync(executablePath)) throw new Error('the page is tested with Chromium: apt-get install chromium');
  mkdirSync(pictures, { recursive: true });
  browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
});
afterAll(() => browser?.close());

let town: Town;
let context: BrowserContext;
let page: Page;
let complaints: string[];

async function openPage(locale: string, viewport: { width: number; height: number }, url = town.url): Promise<void> {
  context = await browser.newContext({ locale, viewport });
  page = await context.newPage();
  complaints = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(url)) complaints.push(`asked ${request.url()}`);
  });
  await page.goto(url);
}

async function logIn(username: string): Promise<void> {
  await page.fill('[name=username]', username);
  await page.fill('[name=password]', password);
  await page.click('#login button');
  await page.waitForSelector('#queue');
}

const picture = (name: string) => page.screenshot({ path: `${pictures}${name}.png`, fullPage: true });
const card = (id: string) => page.locator(`[data-alert="${id}"]`);
const fitsWidth = () => page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth');

beforeEach(async () => {
  town = await openTown();
  town.clock.nowMs = Date.now(); // the page shows ages by the clock of the answers
});
afterEach(async () => {
  await context?.close();
  await town.close();
});

const languages = [
  {
    locale: 'zh-CN',
    viewport: phone,
    name: 'zh-phone',
    title: '当前警报',
    quiet: '平安',
    sos: '紧急',
    claim: '我来处理',
    claimed: '已接单',
  },
  {
    locale: 'en-GB',
    viewport: desk,
    name: 'en-desk',
    title: 'Open alerts',
    quiet: 'All is well',
    sos: 'Emergency',
    claim: 'I’m on it',
    claimed: 'Claimed',
  },
];

for (const { locale, viewport, name, title, quiet, sos, claim, claimed } of languages) {
  describe(locale, () => {
    test('a grid worker logs in, sees an SOS appear, claims it and resolves it', async () => {
      await openPage(locale, viewport);
      await picture(`${name}-login`);
      await logIn('walker');
      await page.getByText(quiet).waitFor();
      expect(await page.textContent('#queue-title')).toBe(title);
      await picture(`${name}-quiet`);

      await town.say('band-0', {
        position: { lat: 24.4459, lon: 118.083, accuracyM: 18 },
        heartRateBpm: 96,
        batteryPct: 61,
        worn: true,
      });
      await town.say('motion-0', { motion: true });
      await town.raise('r0', 'batteryLow', 'P4');
      const id = await town.raise('r0');
      await card(id).waitFor();
      expect(await card(id).textContent()).toContain(sos);
      expect(await page.title()).toContain(sos);
      await card(id).getByRole('button').last().click(); // where?
      await page.waitForSelector('#live svg');
      await picture(`${name}-emergency`);
      expect(await fitsWidth()).toBe(true);

      await card(id).getByRole('button', { name: claim }).click();
      await page.waitForSelector(`[data-alert="${id}"][data-state=acknowledged]`);
      expect(await card(id).locator('[aria-current=step]').textContent()).toBe(claimed);
      expect((await town.records.alert(id))?.assignee).toBe('u-walker');

      await card(id).locator('[data-do=resolve]').click();
      await card(id).locator('[name=note]').fill('喝了杯茶');
      await picture(`${name}-resolving`);
      await card(id).locator('[data-do=confirm]').click();
      await card(id).waitFor({ state: 'detached' });
      expect(await town.records.alert(id)).toMatchObject({ state: 'resolved', outcome: 'safe' });
      expect(complaints).toEqual([]);
    });
  });
}

test('what somebody else does shows by itself, and never disturbs a note being written', async () => {
  await openPage('en-GB', desk);
  await logIn('walker');
  const mine = await town.raise('r0');
  await card(mine).locator('[data-do=resolve]').click();
  await card(mine).locator('[name=note]').fill('half a sen');
  const other = await town.raise('r0', 'smoke');
  await card(other).waitFor();
  await town.as('east', 'POST', `/alerts/${other}/actions`, { action: 'claim' });
  await page.waitForSelector(`[data-alert="${other}"][data-state=acknowledged]`);
  await card(mine).locator('[name=note]').pressSequentially('tence');
  expect(await card(mine).locator('[name=note]').inputValue()).toBe('half a sentence');
  expect(complaints).toEqual([]);
});

test('names and notes are text, never part of the page', async () => {
  await town.as('admin', 'PATCH', '/residents/r0', { name: '<img src=x onerror=alert(1)>' });
  await openPage('en-GB', desk);
  await logIn('daughter');
  const id = await town.raise('r0');
  await card(id).waitFor();
  expect(await card(id).textContent()).toContain('<img src=x');
  expect(await page.locator('img').count()).toBe(0);
  expect(complaints).toEqual([]);
});

describe('a lost connection is said, and when it is back the page catches up', () => {
  test('when the line is cut', async () => {
    const line = await openLine(Number(new URL(town.url).port));
    await openPage('en-GB', phone, line.url);
    await logIn('daughter');
    await page.getByText('All is well').waitFor();
    line.cut();
    await page.locator('#banner').waitFor();
    expect(await page.textContent('#banner')).toContain('Connection lost');
    expect(await page.getByText('All is well').count()).toBe(0);
    await picture('en-phone-lost');
    const id = await town.raise('r0');
    line.mend();
    await card(id).waitFor();
    await page.locator('#banner').waitFor({ state: 'hidden' });
    line.close();
  });

  test('when nothing is heard any more, though the line seems to be there', async () => {
    const line = await openLine(Number(new URL(town.url).port));
    await openPage('en-GB', phone, line.url);
    await page.clock.install();
    await logIn('daughter');
    await page.getByText('All is well').waitFor();
    line.freeze();
    await page.clock.runFor(10_000);
    await page.locator('#banner').waitFor();
    line.close();
  });
});

test('a wrong password is said in the chosen language, and the language can be switched', async () => {
  await openPage('zh-CN', phone);
  await page.fill('[name=username]', 'daughter');
  await page.fill('[name=password]', 'not-her-password');
  await page.click('#login button');
  await page.getByText('用户名或密码不正确').waitFor();
  await page.click('#language');
  expect(await page.textContent('#login h2')).toBe('Log in');
  expect(await page.getAttribute('html', 'lang')).toBe('en');
});

test('a session that is over leads back to the log-in, and says so', async () => {
  await openPage('en-GB', desk);
  await logIn('daughter');
  await page.getByText('All is well').waitFor();
  town.clock.nowMs += 13 * 3_600_000;
  await town.raise('r1', 'smoke'); // the stream is looked through and ends
  await page.getByText('Your session is over').waitFor();
  expect(await page.isVisible('#queue')).toBe(false);
});

test('an account that sees numbers only is told so', async () => {
  await openPage('en-GB', phone);
  await logIn('counter');
  await page.getByText('numbers only').waitFor();
  await picture('en-phone-numbers-only');
});

test('why it was raised stands under it in words, and what somebody wrote there stays text', async () => {
  await openPage('en-GB', desk);
  await logIn('walker');
  const because = [{ zh: '厨房烟感报警', en: 'the detector in the <b>kitchen</b> reported smoke' }];
  const id = await town.raise('r0', 'smoke', 'P1', { because });
  await card(id).getByText('the detector in the <b>kitchen</b> reported smoke').waitFor();
  await page.click('#language');
  await card(id).getByText('厨房烟感报警').waitFor();
  await picture('desk-reasons');
  expect(complaints).toEqual([]);
});
