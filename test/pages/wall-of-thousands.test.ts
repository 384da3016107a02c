import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTown, type Town } from '../api/support/town.ts';
import { district, hear, positionOf } from './support/district.ts';
import { expectNothingCovered, expectOnMap, labelsOf, signsOf } from './support/on-the-map.ts';
import { Visit } from './support/visit.ts';

const everybody = 10_000;
const range = Array.from({ length: 10 }, (_, i) => i);
let town: Town;
beforeAll(async () => {
  town = await openTown();
  town.clock.nowMs = Date.now();
  await district(town, everybody);
  await town.raise('n0');
  for (const i of [17, 34]) await town.raise(`n${i}`, 'zoneExit', 'P2');
  await town.raise('n51', 'notWorn', 'P3');
});
afterAll(() => town.close());

const shows = ({ page }: Visit, areaId: string) => page.locator(`[data-area="${areaId}"]`).waitFor();
const stay = ({ page }: Visit) => page.locator('[data-do=pause]').click();

for (const [screen, language, signPx, named] of [
  ['wall', 'zh', 40, '1号街道：紧急 1'],
  ['largeWall', 'en', 80, '1号街道: 1 emergency'],
] as const) {
  test(`ten thousand on the ${screen}: circles add up to everybody, the emergency stands by itself, no name covers it`, async () => {
    const visit = await Visit.begin(town, { as: 'admin', language, screen, at: '/wall/siming' });
    await shows(visit, 'siming');
    await stay(visit);
    await expectOnMap(visit, everybody);
    const signs = await signsOf(visit);
    expect(signs.filter(({ layer }) => layer === 'clusters').length).toBeGreaterThan(5);
    expect(signs.filter(({ layer }) => layer === 'urgent')).toHaveLength(1);
    await expectNothingCovered(visit, signPx);
    expect((await labelsOf(visit)).map(({ text }) => text)).toContain(named);
    await visit.screenshot('wall-of-thousands');
    await visit.leave();
  });
}

test('on a low screen the list of areas ends with a whole row, and says how many more there are and where nobody is on duty', async () => {
  const shift = { userId: 'u-walker', days: [1], from: '02:00', to: '02:01' };
  for (const s of range)
    await town.as('admin', 'POST', '/rosters', { id: `s${s}`, name: `${s}`, areaId: `s${s}`, shifts: [shift] });
  town.clock.nowMs += 2_000;
  const visit = await Visit.begin(town, { as: 'admin', language: 'en', screen: 'wall', at: '/wall/siming' });
  await visit.page.setViewportSize({ width: 1366, height: 768 });
  await shows(visit, 'siming');
  const areas = visit.page.locator('[data-part=areas]');
  // Counted anew each time: the list takes its length from the room that is left, which takes a moment on a busy machine.
  const said = async () => {
    const hidden = 10 - (await areas.locator('li').count());
    const more = await areas.locator('[data-part=more-areas]').innerText();
    return more === `and ${hidden} more areas ✕ nobody on duty in ${hidden} of them`;
  };
  await expect.poll(said, { timeout: 15_000 }).toBe(true);
  const shown = await areas.locator('li').count();
  const [panel, last] = [await areas.boundingBox(), await areas.locator('li').last().boundingBox()];
  const bottom = (box: { y: number; height: number } | null) => (box?.y ?? 0) + (box?.height ?? 0);
  expect(bottom(last)).toBeLessThanOrEqual(bottom(panel));
  expect(shown).toBeLessThan(5);
  await visit.screenshot('wall-low');
  for (const s of range) await town.as('admin', 'DELETE', `/rosters/s${s}`);
  await visit.leave();
});

/** As when the drawing process of the browser has crashed. */
const noWebGlYet = `
  const real = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
    return window.hasWebGl || !/webgl/.test(kind) ? real.call(this, kind, ...more) : null;
  };
`;

test('the map cannot be drawn: the wall says so in words, and tries again by itself', async () => {
  const visit = await Visit.begin(town, {
    as: 'admin',
    language: 'en',
    screen: 'wall',
    at: '/wall/c1',
    before: noWebGlYet,
  });
  const { page } = visit;
  await page.getByText('The map cannot be drawn').waitFor();
  await page.evaluate('window.hasWebGl = true');
  await page.locator('[data-part=map][data-state=drawn]').waitFor();
  await expectOnMap(visit, 100);
  await visit.leave();
});

test('from the district into a street, a community and a circle: nobody is lost or counted twice on the way', async () => {
  const visit = await Visit.begin(town, { as: 'admin', language: 'zh', screen: 'wall', at: '/wall/siming' });
  await shows(visit, 'siming');
  await stay(visit);
  await expectOnMap(visit, everybody);
  for (const [areaId, residents] of [
    ['s0', 1_000],
    ['c0', 100],
  ] as const) {
    await visit.page.locator(`[data-label=${areaId}]`).click();
    await shows(visit, areaId);
    await expectOnMap(visit, residents);
    if (areaId === 's0') await expectNothingCovered(visit, 40);
    await visit.screenshot(`wall-of-thousands-${areaId}`);
  }
  const [circle] = (await signsOf(visit))
    .filter(({ layer }) => layer === 'clusters')
    .toSorted((a, b) => b.count - a.count);
  await visit.page.mouse.click(circle!.x, circle!.y); // a hundred people are gathered in some circle
  const isWhole = async () =>
    (await signsOf(visit)).some(({ layer, count }) => layer === 'clusters' && count === circle!.count);
  await expect.poll(isWhole, { timeout: 15_000 }).toBe(false);
  for (const areaId of ['s0', 'siming']) {
    await visit.page.keyboard.press('Escape');
    await shows(visit, areaId);
  }
  await expectOnMap(visit, everybody);
  await visit.leave();
});

test('whoever walks away is counted elsewhere, and an emergency that is over goes back among the others', async () => {
  const visit = await Visit.begin(town, { as: 'admin', language: 'zh', screen: 'wall', at: '/wall/c1' });
  await expectOnMap(visit, 100);
  const before = await signsOf(visit);
  town.clock.nowMs += 2_000;
  const id = await town.raise('n1');
  await hear(
    town,
    Array.from({ length: 40 }, (_, i) => positionOf(town, 1 + i * 100, 1)),
  );
  await expect
    .poll(async () => (await signsOf(visit)).some(({ layer }) => layer === 'urgent'), { timeout: 15_000 })
    .toBe(true);
  await expectOnMap(visit, 100);
  expect(await signsOf(visit)).not.toEqual(before);
  for (const action of ['claim', 'resolve']) await town.as('admin', 'POST', `/alerts/${id}/actions`, { action });
  town.clock.nowMs += 2_000;
  await expect
    .poll(async () => (await signsOf(visit)).some(({ layer }) => layer === 'urgent'), { timeout: 15_000 })
    .toBe(false);
  await expectOnMap(visit, 100);
  await visit.leave();
});

test('an account that sees numbers is given ten thousand numbers, and no name', async () => {
  const visit = await Visit.begin(town, { as: 'counter', language: 'zh', screen: 'wall', at: '/wall/siming' });
  const answers: Promise<string>[] = [];
  visit.page.on('response', (response) => {
    if (response.url().includes('/areas/')) answers.push(response.text().catch(() => ''));
  });
  await shows(visit, 'siming');
  await stay(visit);
  await expectOnMap(visit, everybody);
  await expectNothingCovered(visit, 40);
  expect((await signsOf(visit)).filter(({ layer }) => layer === 'urgent')).toHaveLength(1);
  await visit.page.locator('[data-part=recent]').getByText('王**：sos').first().waitFor();
  const text = (await Promise.all(answers)).join();
  expect(text).toContain('王**');
  expect(text).not.toMatch(/秀英|国栋|阿妹|建国|"n\d+"/);
  await visit.screenshot('wall-of-thousands-numbers');
  await visit.leave();
});
