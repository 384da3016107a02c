import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Town } from '../../api/support/town.ts';
import { expectAccessible } from '../support/accessible.ts';
import { Visit } from '../support/visit.ts';
import { openStreet, shownAlert } from './street.ts';

let town: Town;
beforeEach(async () => {
  town = await openStreet();
});
afterEach(() => town.close());

type Heard = { readonly begun: number; readonly sounding: number; readonly notices: readonly string[] };

/**
 * Listens at the browser's own doors: what is played, and what is shown over other windows. Sound is held back until the
 * page asks for it, as browsers do; the real one may take the debugger's looks for presses.
 */
const ears = `
  globalThis.heard = { begun: 0, sounding: 0, notices: [] };
  globalThis.AudioContext = class extends AudioContext {
    constructor() {
      super();
      void this.suspend();
    }
  };
  const { start } = AudioBufferSourceNode.prototype;
  AudioBufferSourceNode.prototype.start = function (...when) {
    heard.begun += 1;
    heard.sounding += 1;
    this.addEventListener('ended', () => (heard.sounding -= 1));
    return start.apply(this, when);
  };
  globalThis.Notification = class {
    static permission = 'default';
    static async requestPermission() {
      return (this.permission = 'granted');
    }
    constructor(title, { body, tag }) {
      heard.notices.push([tag, title, body].join(' | '));
      globalThis.lastNotice = this;
    }
    close() {}
  };
`;
const heardBy = (visit: Visit) => visit.page.evaluate<Heard>('heard');

test('an emergency is heard until it is seen, shown over other windows, and covered by nothing', async () => {
  const visit = await Visit.begin(town, { as: 'east', language: 'zh', screen: 'desk', at: '/login', before: ears });
  const { page } = visit;
  await page.goto(`${town.url}/console`);
  await page.locator('[data-sound=held]').waitFor(); // nobody has pressed anything yet, and the page says so
  await page.locator('[data-do=allow-notices]').click();
  await page.locator('[data-notices=granted]').waitFor();
  await page.locator('[data-sound=silent]').waitFor();
  await page.locator('[data-do=test-sound]').click();
  await page.locator('[data-sound=sounding]').waitFor();
  await page.locator('[data-sound=silent]').waitFor();
  expect(await heardBy(visit)).toMatchObject({ begun: 1, sounding: 0 });
  await page.locator('[data-do=test-notice]').click();

  await town.raise('r0', 'batteryLow', 'P4');
  await page.locator('[data-part=person]').waitFor();
  await page.keyboard.press('?'); // something else lies over the page
  await page.locator('[data-part=keys]').waitFor();
  const id = await town.raise('r0');
  await page.locator('[data-part=alarm]').waitFor();
  await page.locator('[data-sound=sounding]').waitFor();
  expect(await heardBy(visit)).toMatchObject({ begun: 2, sounding: 1 });
  expect((await heardBy(visit)).notices.at(-1)).toBe(`${id} | 紧急: 按下求助 · 王秀英 | 王秀英：sos`);
  expect(await page.title()).toContain('(1) 紧急');
  expect(await page.getAttribute('link[rel=icon]', 'href')).toBe('/icon-alarm.svg');
  await expectUncovered(visit);
  await expectAccessible(visit);
  await visit.screenshot('console-alarm');

  await page.evaluate('lastNotice.onclick()');
  await shownAlert(visit, id).waitFor();
  await page.locator('[data-sound=silent]').waitFor();
  await page.keyboard.press('c');
  await shownAlert(visit, id, 'acknowledged').waitFor();
  await page.locator('[data-part=alarm]').waitFor({ state: 'detached' });
  expect(await page.getAttribute('link[rel=icon]', 'href')).toBe('/icon.svg');
  await page.keyboard.press('u'); // it waits again, and has to be seen again
  await page.locator('[data-sound=sounding]').waitFor();
  await page.locator('[data-do=hush]').click();
  await page.locator('[data-sound=silent]').waitFor();
  expect((await town.records.alert(id))?.state).toBe('open');
  await visit.leave();
});

test('a page nobody has touched says that its sound is held back, and sounds with the first press', async () => {
  const visit = await Visit.begin(town, { as: 'walker', language: 'en', screen: 'phone', before: ears });
  const { page } = visit;
  await page.getByText('No open alerts').waitFor();
  await town.raise('r0');
  await page.locator('[data-part=alarm]').waitFor();
  await page.locator('[data-part=held]').waitFor();
  await page.locator('[data-sound=held] .careful').waitFor(); // a worry, and not in the red of an emergency
  expect(await heardBy(visit)).toMatchObject({ begun: 0 });
  await expectAccessible(visit);
  await visit.expectNoSidewaysScroll();
  await visit.screenshot('console-held');
  await page.keyboard.press('Shift');
  await page.locator('[data-sound=sounding]').waitFor();
  await page.locator('[data-part=held]').waitFor({ state: 'detached' });
  await page.locator('[data-do=show-alarm]').click();
  await page.locator('[data-part=alarm]').waitFor({ state: 'detached' });
  await visit.screenshot('console-alert');
  await visit.expectNoSidewaysScroll();
  await expectAccessible(visit);
  await visit.leave();
});

/** What lies on top where the alarm is, is the alarm. */
async function expectUncovered({ page }: Visit): Promise<void> {
  const box = await page.locator('[data-part=alarm]').boundingBox();
  if (box === null) throw new Error('the alarm is not drawn');
  const places = [0.02, 0.5, 0.98].map((share) => [box.x + box.width * share, box.y + box.height / 2]);
  const isOnTop = await page.evaluate<boolean>(
    `${JSON.stringify(places)}.every(([x, y]) => document.elementFromPoint(x, y)?.closest('[data-part=alarm]'))`,
  );
  expect(isOnTop, 'something covers the alarm').toBe(true);
}
