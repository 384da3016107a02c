import { expect, test } from 'vitest';
import { expectAccessible } from '../support/accessible.ts';
import { Visit } from '../support/visit.ts';
import { openStreet, shownAlert } from './street.ts';

const long = {
  name: '阿卜杜勒艾合麦提·买买提吐尔逊·阿卜杜克热木',
  entry: 'https://example.org/a-word-without-any-place-to-break-it-as-somebody-pasted-it-into-the-record-one-night',
};

test('long names, large text and a page seen at twice its size still fit and can be used', async () => {
  const town = await openStreet();
  await town.as('admin', 'PATCH', '/residents/r0', long);
  await town.as('admin', 'PATCH', '/areas/east', { name: '前埔社区第十二网格（含莲前东路以北片区）' });
  const id = await town.raise('r0', 'smoke');
  const visit = await Visit.begin(town, { as: 'east', language: 'zh', screen: 'desk' });
  const { page } = visit;
  await shownAlert(visit, id).waitFor();
  await page.locator('[data-part=calls]').waitFor();
  await page.locator('[data-do=hush]').click();
  await page.locator('[data-do=large]').click();
  await visit.expectNoSidewaysScroll();
  await expectAccessible(visit);
  await visit.screenshot('console-large');
  await page.locator('[data-do=large]').click();
  await page.setViewportSize({ width: 720, height: 450 });
  await shownAlert(visit, id).waitFor();
  await visit.expectNoSidewaysScroll();
  await visit.screenshot('console-200-percent');
  await page.getByRole('link', { name: '待办' }).click();
  await page.locator('[data-part=queue]').getByText(long.name).waitFor();
  await visit.expectNoSidewaysScroll();
  await visit.screenshot('console-200-percent-queue');
  await page.locator('[data-part=queue] [data-alert]').click();
  await page.locator('[data-do=claim]').click();
  await shownAlert(visit, id, 'acknowledged').waitFor();
  expect((await town.records.alert(id))?.assignee).toBe('u-east');
  await visit.leave();
  await town.close();
});
