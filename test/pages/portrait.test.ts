import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Town } from '../api/support/town.ts';
import { openStreet, walksAway } from './console/street.ts';
import { expectAccessible } from './support/accessible.ts';
import { Visit } from './support/visit.ts';

let town: Town;
beforeAll(async () => {
  town = await openStreet();
  await walksAway(town);
  await town.raise('r0', 'zoneExit', 'P2');
});
afterAll(() => town.close());

/** A picture of some size, made by the browser as a camera would. */
const drawnPicture = `
  (async () => {
    const canvas = new OffscreenCanvas(800, 1000);
    const pen = canvas.getContext('2d');
    pen.fillStyle = '#cfe0d4';
    pen.fillRect(0, 0, 800, 1000);
    pen.fillStyle = '#8a6d5a';
    pen.beginPath();
    pen.arc(400, 410, 200, 0, 7);
    pen.fill();
    pen.fillRect(170, 660, 460, 340);
    const blob = await canvas.convertToBlob({ type: 'image/png' });
    return [...new Uint8Array(await blob.arrayBuffer())];
  })()
`;

test('the centre keeps a photo of her, made smaller first; removing it can be undone', async () => {
  const centre = await Visit.begin(town, { as: 'east', language: 'en', screen: 'desk', at: '/admin/residents/r0' });
  const section = centre.page.locator('[data-part=portrait]');
  await section.locator('[name=portrait]').setInputFiles({
    ...{ name: 'list.png', mimeType: 'image/png', buffer: Buffer.from('no picture at all') },
  });
  await section.getByText('cannot be read as a photo').waitFor();
  const buffer = Buffer.from(await centre.page.evaluate<number[]>(drawnPicture));
  await section.locator('[name=portrait]').setInputFiles({ name: 'wang.png', mimeType: 'image/png', buffer });
  await section.getByRole('img', { name: 'Photo of 王秀英' }).waitFor();
  await section.scrollIntoViewIfNeeded();
  await expectAccessible(centre);
  await centre.screenshot('admin-portrait');
  const kept = await town.records.portrait('r0');
  expect([kept?.type, (kept?.bytes.length ?? 0) < 120_000]).toEqual(['image/jpeg', true]); // made smaller first

  await section.locator('[data-do=remove-portrait]').click();
  await section.getByRole('img').waitFor({ state: 'detached' });
  expect(await town.records.portrait('r0')).toBeUndefined();
  await centre.page.locator('.toast .undo').click();
  await section.getByRole('img').waitFor();
  expect(await town.records.portrait('r0')).toBeDefined();
  await centre.leave();
});

for (const screen of ['desk', 'phone'] as const) {
  test(`a grid worker who looks for her has it before his eyes: ${screen}`, async () => {
    const walker = await Visit.begin(town, { as: 'walker', language: 'zh', screen });
    if (screen === 'phone') await walker.page.locator('[data-part=queue] [data-alert]').click();
    await walker.page.locator('[data-part=person]').getByRole('img', { name: '王秀英的照片' }).waitFor();
    await expectAccessible(walker);
    await walker.expectNoSidewaysScroll();
    await walker.screenshot('console-portrait');
    await walker.leave();
  });
}

test('a notice may use it, with consent; no wall asks for it', async () => {
  const notice = await Visit.begin(town, { as: 'east', language: 'zh', screen: 'desk', at: '/notices?resident=r0' });
  await notice.page.locator('[data-do=photo-on-record]').click();
  await notice.page.locator('.preview img').waitFor();
  await expectAccessible(notice);
  await notice.leave();

  const wall = await Visit.begin(town, { as: 'east', language: 'zh', screen: 'wall', at: '/wall' });
  const asked: string[] = [];
  wall.page.on('request', (request) => asked.push(request.url()));
  await wall.page.locator('[data-part=recent]').getByText('王**').waitFor();
  expect(asked.filter((url) => url.includes('/photo'))).toEqual([]);
  await wall.leave();
});
