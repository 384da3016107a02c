import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { community, openTown, type Town } from '../api/support/town.ts';
import { expectAccessible } from './support/accessible.ts';
import { city } from './support/city.ts';
import { openLine } from './support/line.ts';
import { Visit } from './support/visit.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
  town.clock.nowMs = Date.now();
  await city(town, 400);
});
afterAll(() => town.close());

const drawn = ({ page }: Visit) => page.locator('[data-part=map][data-state=drawn] canvas').waitFor();
const shows = ({ page }: Visit, areaId: string) => page.locator(`[data-area="${areaId}"]`).waitFor();
/** What the service counted is kept for two seconds of its clock. */
const later = () => {
  town.clock.nowMs += 2_000;
};
const sizePx = ({ page }: Visit, selector: string) =>
  page.evaluate<number>(`Number.parseFloat(getComputedStyle(document.querySelector('${selector}')).fontSize)`);

/** A phone, and a wall at 200 % zoom. */
const [narrow, zoomed] = [[390, 844] as const, [960, 540] as const];
/** The parts of the page in which something moves without end. */
const blinking = ({ page }: Visit) =>
  page.evaluate<string[]>(
    `document.getAnimations().filter(({ effect }) => effect.getTiming().iterations === Infinity)
      .map(({ effect }) => effect.target.closest('[data-part]').dataset.part)`,
  );

describe('on a quiet day', () => {
  test('all is well, in figures of the whole city that are read from five metres', async () => {
    const visit = await Visit.begin(town, { as: 'admin', language: 'zh', screen: 'wall', at: '/wall' });
    await shows(visit, 'city');
    await drawn(visit);
    await visit.page.locator('[data-part=well]').waitFor();
    expect(await visit.page.textContent('[data-count=P1]')).toContain('0');
    expect(await sizePx(visit, '[data-count]')).toBeGreaterThanOrEqual(44);
    await expectAccessible(visit);
    await visit.expectNoSidewaysScroll();
    await visit.screenshot('wall-quiet');
    await visit.leave();
  });

  test('every 30 s it goes on to the next area by itself, until somebody wants to stay', async () => {
    const visit = await Visit.begin(town, { language: 'en', screen: 'wall', at: '/wall/siming' });
    await visit.page.clock.install();
    await visit.logIn('admin');
    await shows(visit, 'siming');
    for (const areaId of ['east', 'west', 'siming']) {
      await visit.page.clock.runFor(30_000);
      await shows(visit, areaId);
    }
    await visit.page.getByRole('button', { name: 'Stay here' }).click();
    await visit.page.clock.runFor(65_000);
    await shows(visit, 'siming');
    await visit.leave();
  });
});

test('an emergency nobody has claimed stands out; its area is entered by click and by keyboard, and left again', async () => {
  const visit = await Visit.begin(town, { as: 'admin', language: 'zh', screen: 'wall', at: '/wall/siming' });
  const { page } = visit;
  await shows(visit, 'siming');
  later();
  const id = await town.raise('n0');
  await town.raise('n1', 'zoneExit', 'P2');
  await town.raise('n6', 'batteryLow', 'P4');
  const sign = page.locator('[data-part=unclaimed]');
  await sign.waitFor();
  await page.locator('[data-part=recent]').getByText('王**：sos').waitFor();
  await drawn(visit);
  await expectAccessible(visit);
  await visit.screenshot('wall-emergency');
  expect(await blinking(visit)).toEqual([]); // who wants no motion sees none
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  expect(await blinking(visit)).toEqual(['unclaimed']);
  await sign.getByRole('link', { name: '莲前街道' }).click();
  await shows(visit, 'east');
  await page.locator('[data-row=qianpu] button').focus();
  await page.keyboard.press('Enter');
  await shows(visit, 'qianpu');
  await page.locator('[data-label=qianpu-1]').click();
  await shows(visit, 'qianpu-1');
  await drawn(visit);
  await visit.screenshot('wall-grid');
  await page.keyboard.press('Escape');
  await shows(visit, 'qianpu');
  await page.locator('[data-part=path]').getByRole('link', { name: '厦门市' }).click();
  await shows(visit, 'city');
  later();
  await town.as('admin', 'POST', `/alerts/${id}/actions`, { action: 'claim' });
  await sign.waitFor({ state: 'detached' });
  await visit.leave();
});

const saysAtLength = {
  zh: '王**的手环电量只剩 3%，请提醒家人今晚充电，否则明天早上出门以后就收不到任何位置',
  en: 'The wristband of 王** has 3 % battery left: please remind the family to charge it tonight',
};

for (const language of ['zh', 'en'] as const) {
  test(`its bar is one line whatever is in it, with the time on the right; sentences are read to the end (${language})`, async () => {
    const name = '中山路步行街历史风貌保护区与鼓浪屿世界文化遗产缓冲区联合街道办事处';
    await town.as('admin', 'PATCH', '/areas/west', { name });
    const visit = await Visit.begin(town, { as: 'admin', language, screen: 'wall', at: '/wall/siming' });
    const { page } = visit;
    await shows(visit, 'siming');
    const bar = page.locator('[data-part=bar]');
    const before = await bar.boundingBox();
    const common = { effect: 'raise', deviceId: '', late: false, suspected: false, evidence: {} } as const;
    const at = { atMs: town.nowMs, receivedAtMs: town.nowMs };
    const battery = { ...common, ...at, type: 'batteryLow', severity: 'P3', subjectId: 'n4' } as const;
    await town.parts.desk.apply([{ ...battery, id: `at-length-${language}`, summary: saysAtLength }]);
    const id = await town.raise('n2');
    later();
    await page.locator('[data-part=unclaimed]').waitFor();
    expect(await bar.boundingBox()).toEqual(before);
    const clock = await bar.locator('time').boundingBox();
    expect((clock?.x ?? 0) + (clock?.width ?? 0)).toBeGreaterThan(1880);
    await visit.expectNothingCut('[data-part=path] [aria-current], [data-part=unclaimed] > strong');
    await page.locator('[data-part=recent] li').nth(1).waitFor();
    await visit.expectNothingCut('[data-part=recent] .words');
    await visit.screenshot('wall-long-names');
    await page.goto(`${town.url}/wall/west`);
    await shows(visit, 'west');
    const [place, sign] = [
      await bar.locator('nav').boundingBox(),
      await page.locator('[data-part=unclaimed]').boundingBox(),
    ];
    expect((place?.x ?? 0) + (place?.width ?? 0)).toBeLessThanOrEqual(sign?.x ?? 0);
    await visit.expectNothingCut('[data-part=unclaimed] > strong');
    await visit.screenshot('wall-long-name-of-its-own');
    for (const action of ['claim', 'resolve']) await town.as('admin', 'POST', `/alerts/${id}/actions`, { action });
    await town.as('admin', 'PATCH', '/areas/west', { name: '鹭江街道' });
    await visit.leave();
  });
}

test('a gap in the duty is red and in words; emergencies are measured against the targets', async () => {
  const shifts = [{ userId: 'u-walker', days: [1], from: '02:00', to: '02:01' }];
  await town.as('admin', 'PATCH', '/rosters/roster-0', { shifts });
  const id = await town.raise('n2');
  await town.as('admin', 'POST', `/alerts/${id}/actions`, { action: 'claim' });
  town.clock.nowMs += 15_000;
  const visit = await Visit.begin(town, { as: 'admin', language: 'en', screen: 'wall', at: '/wall/siming' });
  await visit.page.locator('[data-row=east]').getByText('nobody on duty').waitFor();
  expect(await visit.page.textContent('[data-share=within60]')).toBe('100%');
  await visit.screenshot('wall-duty');
  await visit.leave();
});

test('an account that sees numbers sees the wall, on a phone and enlarged, too, and no name comes to it at all', async () => {
  await town.raise('n6');
  later();
  const visit = await Visit.begin(town, { as: 'counter', language: 'en', screen: 'wall', at: '/wall' });
  const answers: Promise<string>[] = [];
  visit.page.on('response', (response) => {
    if (response.url().includes('/areas/')) answers.push(response.text().catch(() => ''));
  });
  await shows(visit, 'city');
  await drawn(visit);
  await visit.page.locator('[data-part=recent]').getByText('sos of 王**').first().waitFor();
  const text = (await Promise.all(answers)).join();
  expect(text).toContain('王**');
  expect(text).not.toMatch(/王秀英|陈国栋|"n0"|u-walker/);
  expect(await visit.page.content()).not.toMatch(/王秀英|陈国栋/);
  for (const [width, height] of [narrow, zoomed]) {
    await visit.page.setViewportSize({ width, height });
    await visit.expectNoSidewaysScroll();
    await expectAccessible(visit);
    await visit.screenshot(`wall-${width}`);
  }
  await visit.leave();
});

test('a lost connection is said, nothing old looks as if it were now, and it comes back by itself', async () => {
  const line = await openLine(Number(new URL(town.url).port));
  const visit = await Visit.begin(town, { as: 'counter', language: 'zh', screen: 'wall', at: '/wall', url: line.url });
  await drawn(visit);
  line.cut();
  await visit.page.getByText('连接已断开').waitFor();
  expect(await visit.page.locator('[data-part=well]').count()).toBe(0);
  expect(await visit.page.locator('[data-part=unclaimed]').count()).toBe(0);
  await expectAccessible(visit);
  await visit.screenshot('wall-lost');
  line.mend();
  await visit.page.getByText('连接已断开').waitFor({ state: 'detached' });
  visit.forgive(/ERR_/);
  await visit.leave();
  line.close();
});

describe('where there is nothing to show', () => {
  test('an area without people says so, an area of others is not found', async () => {
    await town.as('admin', 'POST', '/areas', { id: 'new', name: '新区', kind: 'district', parentId: 'city' });
    const visit = await Visit.begin(town, { as: 'admin', language: 'zh', screen: 'wall', at: '/wall/new' });
    await visit.page.getByText('这个区域还没有老人').waitFor();
    await visit.screenshot('wall-nobody');
    await visit.page.goto(`${town.url}/wall/nowhere`);
    await visit.page.getByText('没有找到，或不在您负责的范围内').waitFor();
    await visit.page.getByRole('link', { name: '回到起点' }).click();
    await shows(visit, 'city');
    visit.forgive(/404/);
    await visit.leave();
  });

  test('before there is any area, it says what to do first', async () => {
    const empty = await openTown();
    for (const kind of [
      'zones',
      'devices',
      'silences',
      'policies',
      'rosters',
      'users',
      'residents',
      'areas',
    ] as const) {
      const ids = community[kind].map(({ id }) => id).filter((id) => id !== 'u-admin');
      for (const id of ids.toReversed()) expect((await empty.as('admin', 'DELETE', `/${kind}/${id}`)).status).toBe(204);
    }
    const visit = await Visit.begin(empty, { as: 'admin', language: 'en', screen: 'wall', at: '/wall' });
    await visit.page.getByText('There are no areas yet').waitFor();
    await expectAccessible(visit);
    await visit.screenshot('wall-first-use');
    await visit.leave();
    await empty.close();
  });
});
