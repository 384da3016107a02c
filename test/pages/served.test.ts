import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApi } from '../../api/server.ts';
import { readConfig } from '../../app/config.ts';
import { openTown, type Town } from '../api/support/town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());

const scriptOf = (html: string) => /src="(\/assets\/[^"]+\.js)"/.exec(html)?.[1] ?? 'no script';

describe('the built pages', () => {
  test('every room begins with the same page, wherever somebody reloads', async () => {
    const { text } = await town.ask(undefined, 'GET', '/');
    for (const path of [
      '/login',
      '/family',
      '/family/day',
      '/console/alerts/a-1',
      '/wall',
      '/admin/users',
      '/notices',
      '/n/n1',
      '/s/some-token',
    ]) {
      expect(await town.ask(undefined, 'GET', path)).toMatchObject({ status: 200, text });
    }
    const browser = await fetch(`${town.url}/nowhere`, { headers: { accept: 'text/html,*/*' } });
    expect({ status: browser.status, text: await browser.text() }).toEqual({ status: 404, text });
    const program = await town.ask(undefined, 'GET', '/nowhere');
    expect(program).toMatchObject({ status: 404, json: { status: 404 } });
  });

  test('a file whose name changes with its content is never asked for again; the page itself each time', async () => {
    const page = await town.ask(undefined, 'GET', '/');
    expect(page.headers.get('cache-control')).toBe('no-cache');
    const etag = page.headers.get('etag') ?? '';
    expect((await fetch(town.url, { headers: { 'if-none-match': etag } })).status).toBe(304);
    const script = await fetch(town.url + scriptOf(page.text));
    expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    await script.text();
  });

  test('files come as small as the browser can read them', async () => {
    const url = town.url + scriptOf((await town.ask(undefined, 'GET', '/')).text);
    const asked = async (encoding: string) => {
      const response = await fetch(url, { headers: { 'accept-encoding': encoding } });
      return { encoding: response.headers.get('content-encoding'), text: await response.text() };
    };
    const plain = await asked('identity');
    expect(plain.encoding).toBeNull();
    expect(await asked('gzip, deflate, br')).toEqual({ encoding: 'br', text: plain.text });
    expect(await asked('gzip')).toEqual({ encoding: 'gzip', text: plain.text });
    expect(await asked('br;q=0, gzip')).toEqual({ encoding: 'gzip', text: plain.text });
  });

  test('without them the service says what to do, and everything else works', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'anju-unbuilt-'));
    const api = await createApi(town.parts, { host: '127.0.0.1', port: 0, webDir: empty });
    const { port } = await api.start();
    const answer = await fetch(`http://127.0.0.1:${port}/family`);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ detail: expect.stringContaining('npm run build') });
    expect((await fetch(`http://127.0.0.1:${port}/api/v1/openapi.json`)).status).toBe(200);
    await api.stop();
    rmSync(empty, { recursive: true });
  });
});

describe('where map pictures come from', () => {
  const tiles = { ANJU_MAP_TILES: 'https://tiles.example.org/{z}/{x}/{y}.png' };

  test('by default from nowhere', async () => {
    const { json } = await town.ask(undefined, 'GET', '/api/v1/page-settings');
    expect(json).toEqual({ timeZone: 'Asia/Shanghai', map: {} });
  });

  test('a source is told to the pages, and the policy lets exactly its host in', async () => {
    const { map } = readConfig({ ...tiles, ANJU_MAP_TILES_DATUM: 'GCJ02', ANJU_MAP_ATTRIBUTION: '© Somebody' });
    const api = await createApi(town.parts, { host: '127.0.0.1', port: 0, mapTiles: map?.tiles });
    const { port } = await api.start();
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/page-settings`);
    expect(await answer.json()).toMatchObject({
      map: { tiles: { url: tiles.ANJU_MAP_TILES, datum: 'GCJ02', attribution: '© Somebody' } },
    });
    const policy = answer.headers.get('content-security-policy') ?? '';
    const hosts = policy.match(/https?:[^;]*/g);
    expect(hosts).toEqual(['https://tiles.example.org', 'https://tiles.example.org']);
    expect(policy).toContain("script-src 'self';");
    await api.stop();
  });

  const refused = [
    { ANJU_MAP_TILES: 'https://tiles.example.org/0/0/0.png' },
    { ANJU_MAP_TILES: 'tiles/{z}/{x}/{y}' },
    { ANJU_MAP_TILES: 'pmtiles:' },
    { ...tiles, ANJU_MAP_TILES_DATUM: 'BD09' },
    { ANJU_MAP_TILES_DATUM: 'GCJ02' },
  ];
  for (const environment of refused) {
    test(`a setting that cannot work stops the start: ${JSON.stringify(environment)}`, () => {
      expect(() => readConfig(environment)).toThrow(/ANJU_MAP_TILES/);
    });
  }
});
