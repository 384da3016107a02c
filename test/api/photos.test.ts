import { afterEach, beforeEach, expect, test } from 'vitest';
import { photoBytesAtMost } from '../../model/photo.ts';
import { askPicture, jpeg, png } from './support/pictures.ts';
import { openTown, type Town } from './support/town.ts';

let town: Town;
beforeEach(async () => {
  town = await openTown();
});
afterEach(() => town.close());

const webp = Buffer.concat([Buffer.from('RIFF'), bytes(4, 0, 0, 0), Buffer.from('WEBPVP8 ')]);

function bytes(...values: number[]): Buffer {
  return Buffer.from(values);
}

const ask = (who: string, method: 'GET' | 'PUT', id: string, body?: Buffer, type?: string) =>
  askPicture(town, who, method, `/alerts/${id}/photo`, body, type);

test('the grid worker takes a picture and closes the alert; the daughter sees it, and it is written down who did what', async () => {
  const id = await town.raise('r0');
  expect((await ask('walker', 'PUT', id, jpeg)).status).toBe(200);
  const closed = await town.as('walker', 'POST', `/alerts/${id}/actions`, { action: 'resolve', outcome: 'helped' });
  expect(closed.json).toMatchObject({ state: 'resolved', photo: true });
  const seen = await ask('daughter', 'GET', id);
  expect([seen.status, seen.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
  expect(seen.bytes.equals(jpeg)).toBe(true);
  const lines = await town.records.timeline(id);
  expect(lines.find(({ what }) => what === 'photo')).toMatchObject({ who: 'u-walker', detail: { bytes: jpeg.length } });
  const log = await town.records.auditLog({ about: 'r0', limit: 20 });
  expect(log.map(({ who, what }) => `${who} ${what}`)).toContain('u-daughter photoRead');
});

test('a browser shows it as a picture and nothing else, and keeps no copy', async () => {
  const id = await town.raise('r0');
  await ask('walker', 'PUT', id, webp, 'image/webp');
  const { headers } = await ask('east', 'GET', id);
  expect(headers.get('content-type')).toBe('image/webp');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
  expect(headers.get('content-disposition')).toBe('inline; filename="photo.webp"');
  expect(headers.get('cache-control')).toBe('no-store');
});

test('what it is is told by its first bytes: a page that calls itself a picture is refused', async () => {
  const id = await town.raise('r0');
  expect((await ask('walker', 'PUT', id, Buffer.from('<script>alert(1)</script>'))).status).toBe(400);
  expect((await ask('walker', 'PUT', id, Buffer.from('RIFF0000WAVEfmt '))).status).toBe(400);
  expect((await ask('walker', 'PUT', id, Buffer.alloc(0))).status).toBe(400);
  expect((await ask('walker', 'PUT', id, png, 'image/svg+xml')).status).toBe(415);
  await ask('walker', 'PUT', id, png, 'image/jpeg'); // a telephone that names it wrongly
  expect((await ask('walker', 'GET', id)).headers.get('content-type')).toBe('image/png');
});

test('a megabyte is enough, and pictures are taken nowhere else', async () => {
  const id = await town.raise('r0');
  const large = Buffer.concat([jpeg, Buffer.alloc(photoBytesAtMost - jpeg.length)]);
  expect((await ask('walker', 'PUT', id, large)).status).toBe(200);
  expect((await ask('walker', 'PUT', id, Buffer.concat([large, bytes(0)]))).status).toBe(413);
  const elsewhere = await fetch(`${town.url}/api/v1/alerts/${id}/actions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await town.tokenOf('walker')}`, 'content-type': 'image/jpeg' },
    body: new Uint8Array(jpeg),
  });
  expect(elsewhere.status).toBe(415);
});

test('out of scope there is neither alert nor photo; without one there is nothing to see', async () => {
  const id = await town.raise('r0');
  expect((await ask('daughter', 'GET', id)).status).toBe(404);
  await ask('walker', 'PUT', id, jpeg);
  for (const who of ['son', 'west']) {
    expect((await ask(who, 'GET', id)).status).toBe(404);
    expect((await ask(who, 'PUT', id, png)).status).toBe(404);
  }
  expect((await ask('counter', 'GET', id)).status).toBe(403);
});

test('a day after it was closed it takes no photo, and keeps the one it has', async () => {
  const id = await town.raise('r0');
  await ask('walker', 'PUT', id, jpeg);
  await town.as('walker', 'POST', `/alerts/${id}/actions`, { action: 'resolve' });
  const walker = town.directory.users.get('u-walker')!; // of the community of this town
  const note = { kind: 'photo', type: 'image/png', bytes: png.length } as const;
  const keep = async () => void (await town.records.putPhoto(id, { type: 'image/png', bytes: png }));
  const inHours = (hours: number) => town.parts.desk.note(id, note, walker, town.nowMs + hours * 3_600_000, keep);
  await expect(inHours(25)).rejects.toMatchObject({ code: 'conflict' });
  expect((await town.records.photo(id))?.type).toBe('image/jpeg');
  await inHours(23);
  expect((await town.records.photo(id))?.type).toBe('image/png');
});

test('it is part of what is handed out about a person, and goes when the person is erased', async () => {
  const id = await town.raise('r0');
  await ask('walker', 'PUT', id, jpeg);
  await town.as('walker', 'POST', `/alerts/${id}/actions`, { action: 'resolve' });
  const lines: string[] = [];
  for await (const line of town.parts.personData.export('r0')) lines.push(line);
  expect(lines.join('')).toContain(`"base64":"${jpeg.toString('base64')}"`);
  const receipt = await town.parts.personData.erase('r0', 'u-admin');
  expect(receipt.counts).toMatchObject({ photos: 1 });
  expect(await town.records.photo(id)).toBeUndefined();
});

test('it goes with the alert when that was kept long enough', async () => {
  const id = await town.raise('r0');
  await ask('walker', 'PUT', id, jpeg);
  await town.as('walker', 'POST', `/alerts/${id}/actions`, { action: 'resolve' });
  await town.records.expireAlerts(town.nowMs + 1, 10);
  expect(await town.records.photo(id)).toBeUndefined();
});

test('a picture of an alert that is gone is not kept', async () => {
  expect(await town.records.putPhoto('gone', { type: 'image/png', bytes: png })).toBe(false);
});

test('twenty in a minute are enough for one person, and hinder nobody else', async () => {
  const id = await town.raise('r0');
  for (let nth = 0; nth < 20; nth += 1) expect((await ask('walker', 'PUT', id, jpeg)).status).toBe(200);
  expect((await ask('walker', 'PUT', id, jpeg)).status).toBe(429);
  expect((await ask('daughter', 'PUT', id, png)).status).toBe(200);
});
