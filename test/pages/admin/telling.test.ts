import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { mondayOf, onDutyAt, rangeOfWeek, weekOf } from '../../../web/admin/duty/week.ts';
import { momentOf, wallOf } from '../../../web/admin/time/wall.ts';
import { openTown, type Town } from '../../api/support/town.ts';
import { expectAccessible } from '../support/accessible.ts';
import { Visit } from '../support/visit.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());
beforeEach(() => {
  town.clock.nowMs = Date.now();
});

test('a roster with a gap shows it in red, and the gap is gone when somebody fills it', async () => {
  const visit = await Visit.begin(town, { as: 'admin', language: 'en', screen: 'desk', at: '/admin/duty/roster-0' });
  const { page } = visit;
  page.setDefaultTimeout(8_000);
  const panel = page.locator('[data-part=panel]');
  const addShift = async (i: number, from: string, to: string) => {
    await panel.locator('[data-do=add-shifts]').click();
    const row = panel.locator(`[data-row="shifts.${i}"]`);
    await row.locator(`[name="shifts.${i}.userId"]`).fill('walk');
    await row.locator('[data-choice=u-walker]').click();
    for (const day of [6, 7]) await row.locator(`[data-day="${day}"]`).click();
    await row.locator(`[name="shifts.${i}.from"]`).fill(from);
    await row.locator(`[name="shifts.${i}.to"]`).fill(to);
    await panel.locator('[data-do=save]').click();
    await page.getByText('Saved: East').last().waitFor();
  };
  await panel.locator('[name=timeZone]').fill('Asia/Shanghai');
  await addShift(0, '08:00', '20:00');
  await visit.screenshot('admin-roster-edited');
  await panel.getByRole('button', { name: 'Close' }).click();
  const week = page.locator('[data-part=week]');
  await week.locator('[data-gap]').first().waitFor();
  await week.locator('[data-part=gaps]').waitFor();
  await expectAccessible(visit);
  await visit.screenshot('admin-roster-gap');

  await page.goto(`${town.url}/admin/duty/roster-0`);
  await addShift(1, '20:00', '08:00');
  await panel.getByRole('button', { name: 'Close' }).click();
  await page.getByText('Somebody is on duty throughout the next 7 days.').waitFor();
  expect(await week.locator('[data-part=on-duty]').textContent()).toMatch(/walker|李明/);
  await visit.leave();
});

test('before a policy is saved it says who would be told when', async () => {
  const visit = await Visit.begin(town, {
    as: 'admin',
    language: 'zh',
    screen: 'desk',
    at: '/admin/policies/policy-0',
  });
  const { page } = visit;
  page.setDefaultTimeout(8_000);
  const panel = page.locator('[data-part=panel]');
  const preview = panel.locator('[data-part=preview]');
  await panel.locator('[name=preview-at]').fill('2026-03-15T02:10');
  await preview.getByText('如果王秀英在星期日02:10按下求助：').waitFor();
  await panel.locator('[data-do=add-steps]').click();
  await panel.locator('[name="steps.1.afterS"]').fill('90');
  await preview.getByText('李明').waitFor();
  expect(await preview.locator('.moments > li').allTextContents()).toEqual([
    expect.stringMatching(/02:10:00.*Daughter/s),
    expect.stringMatching(/02:11:30.*李明/s),
  ]);
  await preview.scrollIntoViewIfNeeded();
  await expectAccessible(visit);
  await visit.screenshot('admin-policy-preview');

  // A step before the one above it is no policy, and says so in the preview and at its place.
  await panel.locator('[name="steps.0.afterS"]').fill('600');
  await preview.getByText('规则还不完整').waitFor();
  await panel.locator('[data-do=save]').click();
  await panel.locator('[data-field=steps] [data-problem=steps]').waitFor();
  visit.forgive(/400/);
  expect(town.directory.policies.get('policy-0')?.steps).toHaveLength(1);

  // What is not saved is not lost by the way back.
  await panel.getByRole('button', { name: '关闭' }).click();
  await page.locator('dialog').waitFor();
  await page.locator('[data-do=discard]').click();
  await panel.waitFor({ state: 'detached' });
  await visit.leave();
});

test('planned works are announced, and can be ended', async () => {
  const visit = await Visit.begin(town, { as: 'east', language: 'en', screen: 'phone', at: '/admin/silences/new' });
  const { page } = visit;
  page.setDefaultTimeout(8_000);
  await page.locator('[name=reason]').fill('Power works');
  await page.locator('[name=areaId]').selectOption('east');
  await page.locator('[data-do=save]').click();
  await page.getByText('Saved: Power works').waitFor();
  await visit.screenshot('admin-silence');
  await page.locator('[data-part=panel]').getByRole('button', { name: 'Close' }).click();
  await page.getByText('running').waitFor();
  await visit.expectNoSidewaysScroll();
  await expectAccessible(visit);
  expect([...town.directory.silences.values()].find(({ reason }) => reason === 'Power works')).toMatchObject({
    areaId: 'east',
    by: 'u-east',
  });
  await visit.leave();
});

describe('a week on the wall', () => {
  const zone = 'Asia/Shanghai';
  const at = (text: string) => Date.parse(`${text}+08:00`);
  const night = { from: '2026-03-10T20:00:00+08:00', to: '2026-03-11T08:00:00+08:00', userIds: ['u'] };

  test('a shift over midnight is in both of its days', () => {
    const monday = mondayOf(zone, at('2026-03-12T10:00'));
    const week = weekOf([night], zone, monday);
    expect(week.map(({ date }) => date)).toEqual([
      '2026-03-09',
      '2026-03-10',
      '2026-03-11',
      '2026-03-12',
      '2026-03-13',
      '2026-03-14',
      '2026-03-15',
    ]);
    expect(week[1]?.blocks).toEqual([{ from: 1200, to: 1440, userIds: ['u'] }]);
    expect(week[2]?.blocks).toEqual([{ from: 0, to: 480, userIds: ['u'] }]);
    expect(rangeOfWeek(zone, monday)).toEqual({ from: '2026-03-08T16:00:00.000Z', to: '2026-03-15T16:00:00.000Z' });
  });

  test('who has duty at a moment; nobody is not the same as not known', () => {
    expect(onDutyAt([night], at('2026-03-10T23:00'))).toEqual(['u']);
    expect(onDutyAt([{ ...night, userIds: [] }], at('2026-03-10T23:00'))).toEqual([]);
    expect(onDutyAt([night], at('2026-03-12T23:00'))).toBeUndefined();
  });

  test('a field of date and time speaks the clock of its zone', () => {
    expect(momentOf('2026-03-15T02:10', zone)).toBe('2026-03-14T18:10:00.000Z');
    expect(wallOf('2026-03-14T18:10:00Z', zone)).toBe('2026-03-15T02:10');
    expect([momentOf('', zone), wallOf('', zone)]).toEqual(['', '']);
  });
});
