import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApi } from '../../api/server.ts';
import { isNewer } from '../../web/wall/is-newer.ts';
import { openTown, type Town } from '../api/support/town.ts';
import { expectAccessible } from './support/accessible.ts';
import { city } from './support/city.ts';
import { Visit } from './support/visit.ts';

const dayMs = 86_400_000;
let town: Town;
beforeAll(async () => {
  town = await openTown();
  town.clock.nowMs = Date.now();
  await city(town, 40);
});
afterAll(() => town.close());

const shows = ({ page }: Visit, areaId: string) => page.locator(`[data-area="${areaId}"]`).waitFor({ timeout: 20_000 });

test('an administrator makes a link for the lobby; the screen there shows the wall for months, until the link is taken back', async () => {
  const office = await Visit.begin(town, { as: 'admin', language: 'en', screen: 'desk', at: '/admin/users/u-counter' });
  const displays = office.page.locator('[data-part=displays]');
  await displays.locator('[name=display-name]').fill('Lobby');
  await displays.locator('[data-do=add-display]').click();
  const address = (await displays.locator('[data-part=display-address] code').textContent()) ?? '';
  await expectAccessible(office);
  await office.screenshot('admin-displays');
  await office.leave(); // before the session of who works there ends with the day

  const screen = await Visit.begin(town, { language: 'zh', screen: 'wall', at: address.slice(town.url.length) });
  await shows(screen, 'city');
  expect(screen.page.url()).toBe(`${town.url}/wall`); // the token stands in no address bar
  expect(await screen.page.locator('[data-do=log-out]').count()).toBe(0);
  await screen.page.goto(`${town.url}/wall/siming`); // the screen was turned off and on
  await shows(screen, 'siming');
  town.clock.nowMs += 90 * dayMs;
  await screen.page.reload();
  await shows(screen, 'siming');
  town.clock.nowMs -= 90 * dayMs;

  const again = await Visit.begin(town, { as: 'admin', language: 'en', screen: 'desk', at: '/admin/users/u-counter' });
  await again.page.locator('[data-do=revoke-display]').click();
  await again.page.locator('[data-display]').waitFor({ state: 'detached' });
  await screen.page.locator('form.login').waitFor({ timeout: 20_000 });
  screen.forgive(/401/);
  await screen.leave();
  await again.leave();
});

test('other accounts than those that see numbers have no such links', async () => {
  const visit = await Visit.begin(town, { as: 'admin', language: 'zh', screen: 'desk', at: '/admin/users/u-walker' });
  await visit.page
    .locator('[data-part=panel] [name=username]')
    .or(visit.page.locator('[data-part=panel] input').first())
    .first()
    .waitFor();
  expect(await visit.page.locator('[data-part=displays]').count()).toBe(0);
  await visit.leave();
});

test('a service that is started anew is found again by the screen, with what happened meanwhile', async () => {
  const { json } = await town.as<{ url: string }>('admin', 'POST', '/users/u-counter/displays', { name: 'Hall' });
  const other = await createApi(town.parts, { host: '127.0.0.1', port: 0 });
  const started = await other.start();
  const visit = await Visit.begin(town, {
    language: 'zh',
    screen: 'wall',
    at: json.url,
    url: `http://127.0.0.1:${started.port}`,
  });
  await shows(visit, 'city');
  await other.stop();
  await visit.page.locator('[data-part=lost]').waitFor({ timeout: 20_000 });
  await town.raise('n3');
  const again = await createApi(town.parts, { host: '127.0.0.1', port: started.port });
  await again.start();
  await visit.page.locator('[data-part=lost]').waitFor({ state: 'detached', timeout: 20_000 });
  await expect.poll(() => visit.page.textContent('[data-count=P1]'), { timeout: 10_000 }).toContain('1');
  visit.forgive(/ERR_|Failed to load/);
  await visit.leave();
  await again.stop();
});

test('when the service has newer pages, the screen begins anew by itself', async () => {
  const { json } = await town.as<{ url: string }>('admin', 'POST', '/users/u-counter/displays', { name: 'Stairs' });
  const visit = await Visit.begin(town, { language: 'zh', screen: 'wall', at: '/login' });
  await visit.page.clock.install();
  await visit.page.goto(town.url + json.url);
  await shows(visit, 'city');
  await visit.page.evaluate(`document.body.dataset.version = 'old'`);
  await visit.page.clock.runFor(5 * 60_000 + 1_000);
  await shows(visit, 'city');
  expect(await visit.page.evaluate('document.body.dataset.version')).toBe('old'); // the same pages: nothing happens
  await visit.page.route('**/wall', async (route) => {
    if (route.request().resourceType() === 'document') return route.continue();
    const page = await (await route.fetch()).text();
    return route.fulfill({
      body: page.replace(/assets\/index-[\w-]+\.js/, 'assets/index-newer.js'),
      contentType: 'text/html',
    });
  });
  await visit.page.clock.runFor(5 * 60_000);
  await expect.poll(() => visit.page.evaluate('document.body.dataset.version'), { timeout: 20_000 }).toBeUndefined();
  await shows(visit, 'city');
  await visit.leave();
});

test('a page of somebody else, such as that of a proxy, is no newer version', () => {
  const ours = '<div id="app"></div><script type="module" src="/assets/index-1.js"></script>';
  expect(isNewer(ours, '/assets/index-1.js')).toBe(false);
  expect(isNewer(ours, '/assets/index-0.js')).toBe(true);
  expect(isNewer('<h1>502 Bad Gateway</h1>', '/assets/index-0.js')).toBe(false);
  expect(isNewer('', '/assets/index-0.js')).toBe(false);
});
