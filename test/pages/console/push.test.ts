import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Town } from '../../api/support/town.ts';
import { expectAccessible } from '../support/accessible.ts';
import { NoticeBoard } from '../support/phone.ts';
import { pushService } from '../support/push-service.ts';
import { Visit } from '../support/visit.ts';
import { openStreet, shownAlert } from './street.ts';

let town: Town;
beforeEach(async () => {
  town = await openStreet();
});
afterEach(() => town.close());

const browsersOf = (userId: string) =>
  (town.directory.users.get(userId)?.channels ?? []).filter(({ kind }) => kind === 'webPush');

test('a grid worker has emergencies come to her telephone with the console closed; one press away, after the log-in', async () => {
  const visit = await Visit.begin(town, { as: 'walker', language: 'zh', before: pushService });
  const { page } = visit;
  await page.context().grantPermissions(['notifications']);
  const line = page.locator('[data-part=push]');
  await line.getByText('这台设备收不到警报').waitFor();
  await line.locator('[data-do=push]').click();
  await line.getByText('警报仍会送到这台设备').waitFor();
  expect(browsersOf('u-walker').map(({ address }) => address)).toEqual(['https://push.example.org/phone']);
  await line.locator('[data-do=push-test]').click();
  await line.getByText('测试通知已发出').waitFor();
  await visit.expectNoSidewaysScroll();
  await expectAccessible(visit);
  await visit.screenshot('console-push');

  const board = await NoticeBoard.of(page);
  await page.goto('about:blank'); // the console is closed
  const id = await town.raise('r0');
  const emergency = {
    id: 'n1',
    title: '[P1 紧急] 王秀英',
    body: '按下求助',
    alertId: id,
    severity: 'P1',
    state: 'open',
  };
  const shown = await board.show(JSON.stringify(emergency), id);
  expect(shown).toMatchObject({ title: '[P1 紧急] 王秀英', requireInteraction: true });
  expect(await board.press(id)).toEqual([`/?alert=${id}`]);

  const later = await Visit.begin(town, { language: 'zh', at: `/?alert=${id}` });
  await later.logIn('walker');
  await shownAlert(later, id, 'open').waitFor();
  await later.leave();
  await page.goto(`${town.url}/console`);
  await line.locator('[data-do=push]').click();
  await line.getByText('这台设备收不到警报').waitFor();
  expect(browsersOf('u-walker')).toEqual([]);
  visit.forgive(/sessionStorage|ERR_/); // an empty window has none, and what was open ends
  await visit.leave();
});

test('a notification pressed while the console is open leads there from another alert', async () => {
  const other = await town.raise('r0', 'zoneExit', 'P2');
  const visit = await Visit.begin(town, { as: 'east', language: 'en', screen: 'desk' });
  await shownAlert(visit, other).waitFor();
  const id = await town.raise('r0', 'batteryLow', 'P4');
  await visit.page.evaluate(
    `navigator.serviceWorker.dispatchEvent(new MessageEvent('message', { data: { open: '/?alert=${id}' } }))`,
  );
  await shownAlert(visit, id).waitFor();
  await visit.leave();
});

test('a telephone that shows notifications only from a worker shows an emergency, too, while the console is open', async () => {
  const asOnAndroid = `
    globalThis.Notification = class {
      static permission = 'granted';
      static requestPermission = async () => 'granted';
      constructor() {
        throw new TypeError('Illegal constructor. Use ServiceWorkerRegistration.showNotification() instead.');
      }
    };
  `;
  const visit = await Visit.begin(town, { as: 'walker', language: 'en', before: asOnAndroid });
  const { page } = visit;
  await page.context().grantPermissions(['notifications']);
  await page.getByText('No open alerts').waitFor();
  const id = await town.raise('r0');
  const board = await NoticeBoard.of(page);
  await expect
    .poll(() => board.shown())
    .toMatchObject([{ title: 'Emergency: Called for help · 王秀英', tag: id, requireInteraction: true }]);
  await board.press(id);
  await shownAlert(visit, id).waitFor();
  await visit.leave();
});
