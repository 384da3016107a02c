import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTown, type Town } from '../api/support/town.ts';
import { Visit } from './support/visit.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
  town.clock.nowMs = Date.now();
});
afterAll(() => town.close());

const kilobyte = 1024;
/** Script of a room without the map, gzip. */
const roomBytesAtMost = 300 * kilobyte;
const logInBytesAtMost = 120 * kilobyte;

test('the log-in is small, and brings nothing of the rooms', async () => {
  const visit = await Visit.begin(town, { language: 'zh' });
  await visit.page.locator('form.login').waitFor();
  expect(await visit.scriptBytes()).toBeLessThan(logInBytesAtMost);
  await visit.leave();
});

const rooms = [
  { as: 'daughter', room: 'family' },
  { as: 'walker', room: 'console' },
  { as: 'admin', room: 'admin' },
] as const;
for (const { as, room } of rooms) {
  test(`the ${room} stays within its budget, the map apart`, async () => {
    const visit = await Visit.begin(town, { as, language: 'zh' });
    await visit.page.locator('main h1').waitFor({ state: 'attached' });
    expect(await visit.scriptBytes({ without: /MapView|maplibre/ })).toBeLessThan(roomBytesAtMost);
    await visit.leave();
  });
}
