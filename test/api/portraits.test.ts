import { afterEach, beforeEach, expect, test } from 'vitest';
import { photoBytesAtMost } from '../../model/photo.ts';
import { askPicture, jpeg, type PictureMethod, png } from './support/pictures.ts';
import { community, openTown, type Town } from './support/town.ts';

let town: Town;
beforeEach(async () => {
  town = await openTown();
});
afterEach(() => town.close());

const ask = (who: string, method: PictureMethod, body?: Buffer, type?: string, id = 'r0') =>
  askPicture(town, who, method, `/residents/${id}/photo`, body, type);

const auditOf = async (id: string) =>
  (await town.records.auditLog({ about: id, limit: 50 })).map(({ who, what }) => `${who} ${what}`);

test('the centre keeps a photo of her; the grid worker who looks for her and her daughter see it, and each look is written down', async () => {
  expect((await ask('walker', 'GET')).status).toBe(204); // there is none, which is no mistake
  expect((await ask('east', 'PUT', png, 'image/png')).status).toBe(204);
  expect((await ask('east', 'PUT', jpeg)).status).toBe(204);
  for (const who of ['walker', 'daughter']) {
    const seen = await ask(who, 'GET');
    expect([seen.status, seen.headers.get('content-type'), seen.bytes.equals(jpeg)]).toEqual([200, 'image/jpeg', true]);
    expect(seen.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(seen.headers.get('cache-control')).toBe('no-store');
  }
  expect((await ask('east', 'DELETE')).status).toBe(204);
  expect((await ask('walker', 'GET')).status).toBe(204);
  expect(await auditOf('r0')).toEqual([
    'u-east portraitRemoved',
    'u-daughter portraitRead',
    'u-walker portraitRead',
    'u-east portraitPut',
    'u-east portraitPut',
  ]);
});

test('nobody else sees it or knows that it is there, and who looks after her in the street does not change it', async () => {
  await ask('east', 'PUT', jpeg);
  for (const who of ['west', 'son']) expect((await ask(who, 'GET')).status).toBe(404);
  expect((await ask('counter', 'GET')).status).toBe(403);
  expect((await ask('west', 'PUT', png)).status).toBe(404);
  expect((await ask('west', 'DELETE')).status).toBe(404);
  for (const who of ['walker', 'daughter', 'counter']) {
    expect((await ask(who, 'PUT', png)).status).toBe(403);
    expect((await ask(who, 'DELETE')).status).toBe(403);
  }
  expect((await town.records.portrait('r0'))?.type).toBe('image/jpeg');
});

test('what is no picture, and what is too large, is refused and leaves the one there is', async () => {
  await ask('east', 'PUT', jpeg);
  expect((await ask('east', 'PUT', Buffer.from('<script>alert(1)</script>'))).status).toBe(400);
  expect((await ask('east', 'PUT', Buffer.concat([jpeg, Buffer.alloc(photoBytesAtMost)]))).status).toBe(413);
  expect((await ask('daughter', 'GET')).bytes.equals(jpeg)).toBe(true);
});

test('it goes into the copy of all that is kept about her, and with her', async () => {
  await ask('east', 'PUT', jpeg);
  let copy = '';
  for await (const line of town.parts.personData.export('r0')) copy += line;
  const lines = copy.trim().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toContainEqual({
    kind: 'portrait',
    type: 'image/jpeg',
    base64: jpeg.toString('base64'),
  });
  await town.parts.personData.erase('r0', 'u-admin');
  expect(await town.records.portrait('r0')).toBeUndefined();
  expect(await town.records.putPortrait('r0', { type: 'image/jpeg', bytes: jpeg })).toBe(false);
});

test('whoever is given her id later is somebody else, with no photo', async () => {
  const newcomer = { ...community.residents[1], id: 'r9', areaId: 'east' };
  await town.as('east', 'POST', '/residents', newcomer);
  await ask('east', 'PUT', jpeg, 'image/jpeg', 'r9');
  expect((await town.as('east', 'DELETE', '/residents/r9')).status).toBe(204);
  await town.as('east', 'POST', '/residents', { ...newcomer, name: 'Somebody else' });
  expect((await ask('east', 'GET', undefined, '', 'r9')).status).toBe(204);
});
