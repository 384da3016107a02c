import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Town } from '../../api/support/town.ts';
import { expectAccessible } from '../support/accessible.ts';
import { expectFitsEnlarged } from '../support/fits.ts';
import { Visit } from '../support/visit.ts';
import { openStreet, raiseZoneExit, shownAlert, walksAway } from './street.ts';

let town: Town;
beforeEach(async () => {
  town = await openStreet();
});
afterEach(() => town.close());

const open = () => town.parts.desk.open();

test('12349 rings: "my mother has fallen". Without the mouse: N, her name, what it is, and it is an alert on the way', async () => {
  const visit = await Visit.begin(town, { as: 'east', language: 'zh', screen: 'desk' });
  const { page } = visit;
  await page.locator('[data-part=quiet]').waitFor();
  await page.keyboard.press('n');
  await page.locator('[name=raise-who]:focus').waitFor();
  await page.keyboard.type('wxy');
  await page.locator('[data-choose=r0]').waitFor();
  await expectAccessible(visit);
  await visit.screenshot('console-raise-who');
  await page.keyboard.press('Enter');
  await page.locator('[name=say-type]:focus').waitFor();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  await page.keyboard.type('女儿来电，在卫生间');
  await expectAccessible(visit);
  await visit.screenshot('console-raise');
  await page.keyboard.press('Enter');
  await expect.poll(() => open().length).toBe(1);
  const [alert] = open();
  expect(alert).toMatchObject({ type: 'fall', severity: 'P1', suspected: false });
  expect(alert?.evidence).toMatchObject({ note: '女儿来电，在卫生间', reportedByRole: 'operator' });
  await shownAlert(visit, alert!.id, 'open').waitFor();
  await page.locator('[data-part=alarm]').waitFor({ state: 'detached' }); // it does not sound at who telephones
  await page.locator('[data-part=evidence]').getByText('报告人说：女儿来电，在卫生间').waitFor();
  await expectAccessible(visit);
  await visit.screenshot('console-raised');
  await visit.leave();
});

test('typed on and Enter pressed at once: never whoever was found for what stood there before', async () => {
  const visit = await Visit.begin(town, { as: 'admin', language: 'zh', screen: 'desk', at: '/console/raise' });
  const { page } = visit;
  await page.fill('[name=raise-who]', '王');
  await page.locator('[data-choose=r0]').waitFor();
  await page.locator('[name=raise-who]').evaluate(async (field) => {
    const input = field as unknown as {
      value: string;
      form: { requestSubmit(): void };
      dispatchEvent(event: Event): void;
    };
    input.value = '陈';
    input.dispatchEvent(new Event('input'));
    await new Promise((next) => setTimeout(next)); // the next key is pressed in a turn of its own
    input.form.requestSubmit();
  });
  await page.locator('[data-part=raise] h2', { hasText: '陈国栋' }).waitFor();
  await visit.leave();
});

test('her alert is open already: raised from her panel it is the same visit, and the way to the notice has what was said', async () => {
  await walksAway(town);
  const exit = await raiseZoneExit(town);
  const visit = await Visit.begin(town, { as: 'east', language: 'en', screen: 'desk' });
  const { page } = visit;
  await shownAlert(visit, exit).waitFor();
  await page.locator('[data-do=raise-for]').click();
  await page.locator('[data-part=raise] h2', { hasText: '王秀英' }).waitFor();
  await page.locator('[name=say-type][value=missing]').check();
  await page.selectOption('[name=say-sight]', 'quarter');
  await page.fill('[name=say-place]', 'East market');
  await page.locator('[data-do=say]').click();
  await shownAlert(visit, exit).getByText('Missing').first().waitFor();
  expect(open().map(({ id, type, severity }) => [id, type, severity])).toEqual([[exit, 'missing', 'P1']]);
  await page.locator('[data-part=next] [data-do=notice]').click();
  await page.locator('[name=place]').waitFor();
  await expect.poll(() => page.locator('[name=place]').inputValue()).toBe('East market');
  await visit.leave();
});

test('a grid worker finds somebody on the ground: on the phone it fits, and it can be left without telling anybody', async () => {
  const visit = await Visit.begin(town, { as: 'walker', language: 'zh', screen: 'phone', at: '/console/raise/r0' });
  const { page } = visit;
  await page.locator('[name=say-type]').first().waitFor();
  await page.locator('[data-do=say]').click();
  expect(open()).toEqual([]); // what happened is required
  await page.locator('[name=say-type][value=fall]').check();
  await expectAccessible(visit);
  await visit.expectNoSidewaysScroll();
  await visit.screenshot('console-raise');
  await expectFitsEnlarged(visit, 'enlarged-console-raise');
  await page.locator('[data-do=say]').click();
  await expect.poll(() => open().length).toBe(1);
  await visit.leave();
});
