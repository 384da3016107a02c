import { afterAll, beforeAll, expect, test } from 'vitest';
import { atHome, byBus, type Lived, onFoot, openLived, says } from './support/lived.ts';
import { Visit } from './support/visit.ts';

let lived: Lived;
beforeAll(async () => {
  lived = await openLived();
});
afterAll(() => lived.close());

/** Figures of today are read from the time lines every 15 s of the service's clock. */
const figuresHoldMs = 15_000;
/** Three windows with maps that the processor draws; 25 s on a quiet machine. */
const storyTakesAtMostMs = 180_000;

test(
  'she walks out and takes the bus; her daughter sees it, a grid worker goes and finds her, and the wall counts it',
  async () => {
    const family = await Visit.begin(lived, { as: 'mei', language: 'zh', screen: 'phone' });
    const wall = await Visit.begin(lived, { as: 'counter', language: 'en', screen: 'wall', at: '/wall' });
    await family.page.evaluate('globalThis.isTheSamePage = true');
    await says(lived, atHome);
    await family.page.locator('[data-part=sentence]').getByText('在家').waitFor();
    await wall.page.locator('[data-part=well]').waitFor();
    await family.screenshot('story-1-at-home');

    await says(lived, onFoot);
    const card = family.page.locator('[data-alert]');
    await card.getByText('还没有人接单').waitFor();
    const id = (await card.getAttribute('data-alert')) ?? '';
    await family.page.getByText('在外，离家约').waitFor();
    await family.page.locator('[data-part=map][data-state=drawn] canvas').waitFor();
    await counts(wall, { P1: 0, P2: 1 });
    await family.screenshot('story-2-out');

    await says(lived, byBus);
    await card.getByText('紧急').waitFor();
    await family.screenshot('story-3-emergency');
    await wall.page.locator('[data-part=unclaimed]').waitFor();
    await counts(wall, { P1: 1, P2: 0 });
    await wall.screenshot('story-3-emergency');

    const console = await Visit.begin(lived, { as: 'liming', language: 'en', screen: 'desk' });
    const shown = (state: string) =>
      console.page.locator(`[data-part=alert][data-shown="${id}"][data-state=${state}]`).waitFor();
    const familySees = (words: string) => family.page.locator('[data-part=handler]', { hasText: words }).waitFor();
    await shown('open');
    await console.page.locator('[data-part=map][data-state=drawn] canvas').waitFor();
    await console.screenshot('story-4-console');
    await pressKeyOn(console, 'claim');
    await shown('acknowledged');
    await familySees('李明 已接单');
    await family.screenshot('story-5-claimed');
    await wall.page.locator('[data-part=unclaimed]').waitFor({ state: 'detached' });
    lived.clock.aheadMs += figuresHoldMs;
    await wall.page.locator('[data-share=within60]', { hasText: '100%' }).waitFor();

    await pressKeyOn(console, 'enRoute');
    await familySees('李明 正在前往');
    await pressKeyOn(console, 'arrive');
    await familySees('李明 已到老人身边');
    await family.screenshot('story-6-arrived');

    await pressKeyOn(console, 'resolve');
    await console.page.keyboard.press('Space'); // found, the first of the outcomes
    await console.page.keyboard.press('Tab');
    await console.page.keyboard.type('At the last stop of bus 47; her son takes her home');
    await console.screenshot('story-7-resolving');
    for (const key of ['Tab', 'Tab', 'Enter']) await console.page.keyboard.press(key);
    await console.page.locator('[data-part=quiet]').waitFor();
    await family.page.locator('[data-part=over]', { hasText: '已找到 · 李明 · At the last stop' }).waitFor();
    await card.waitFor({ state: 'detached' });
    expect(await family.page.evaluate('isTheSamePage')).toBe(true); // nobody has loaded it anew
    await family.screenshot('story-8-over');
    await counts(wall, { P1: 0, P2: 0 });
    await wall.screenshot('story-8-over');
    expect(await figures()).toMatchObject({
      p1: { count: 1, acknowledgedWithin60s: 1 },
      precision: { zoneExit: { of: 1, share: 1 } },
    });
    for (const visit of [family, console, wall]) await visit.leave();
  },
  storyTakesAtMostMs,
);

async function counts({ page }: Visit, open: Readonly<Record<string, number>>): Promise<void> {
  for (const [severity, count] of Object.entries(open))
    await page.locator(`[data-count=${severity}]`, { hasText: String(count) }).waitFor();
}

/** As printed on the button, which must be there to be pressed. */
async function pressKeyOn({ page }: Visit, action: string): Promise<void> {
  const key = await page.locator(`[data-do=${action}]:enabled kbd`).textContent();
  await page.keyboard.press((key ?? '').toLowerCase());
}

async function figures(): Promise<unknown> {
  lived.clock.aheadMs += 1_000; // a month ends before now
  return (await lived.as('counter', 'GET', '/kpi?area=siming')).json;
}
