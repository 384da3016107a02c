import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Api, createApi } from '../../api/server.ts';
import { readConfig } from '../../app/config.ts';
import { openMapSource } from '../../app/map-settings.ts';
import { fromWgs84 } from '../../model/datum.ts';
import { openTown, type Town } from '../api/support/town.ts';
import { groundOf, lookFrom } from './support/on-the-map.ts';
import { archiveOf, greenTile, type TileHost, tileHost } from './support/tiles.ts';
import { townLayers, townTile } from './support/vector-tile.ts';
import { Visit } from './support/visit.ts';

const seen = { lat: 24.4466, lon: 118.0841 };
const [pngTiles, vectorTiles] = [2, 1];
let town: Town;
let host: TileHost;
const folder = mkdtempSync(join(tmpdir(), 'anju-map-'));
beforeAll(async () => {
  [town, host] = await Promise.all([openTown(), tileHost()]);
  town.clock.nowMs = Date.now();
  await town.say('band-0', { position: { ...seen, accuracyM: 12 } });
});
afterAll(async () => {
  host.close();
  await town.close();
  rmSync(folder, { recursive: true });
});

/** The same town behind a service with this map. */
async function served(environment: Record<string, string>): Promise<{ api: Api; url: string }> {
  const source = await openMapSource(readConfig(environment).map);
  const api = await createApi(town.parts, { host: '127.0.0.1', port: 0, ...source });
  const { port } = await api.start();
  return { api, url: `http://127.0.0.1:${port}` };
}

/** The form in which a place is pressed on a map, with her last position in the middle. */
async function mapOf(url: string): Promise<Visit> {
  const visit = await Visit.begin(town, {
    as: 'east',
    language: 'en',
    screen: 'desk',
    at: '/notices?resident=r0',
    url,
  });
  await visit.page.locator('[data-part=map][data-state=drawn] canvas').waitFor();
  await expect.poll(() => visit.page.inputValue('[name=lat]')).toBe('24.4466');
  return visit;
}

function tileOf(z: number, { lat, lon }: { lat: number; lon: number }): string {
  const sine = Math.sin((lat * Math.PI) / 180);
  const y = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  return [z, Math.floor((lon / 360 + 0.5) * 2 ** z), Math.floor(y * 2 ** z)].join('/');
}

test('on a Chinese map she stands where the picture shows the place, and what is pressed there is the true place', async () => {
  const { api, url } = await served({ ANJU_MAP_TILES: `${host.url}/{z}/{x}/{y}`, ANJU_MAP_TILES_DATUM: 'GCJ02' });
  const visit = await mapOf(url);
  const { page } = visit;
  const closest = 19;
  for (let press = 0; press < 8; press++) await page.getByRole('button', { name: 'Zoom in' }).click();
  await expect.poll(() => [...host.asked]).toContain(tileOf(closest, fromWgs84(seen, 'GCJ02')));
  expect([...host.asked]).not.toContain(tileOf(closest, seen));
  await page.locator('[data-part=map] canvas').click({ position: { x: 60, y: 60 } });
  await expect.poll(() => page.inputValue('[name=lat]')).not.toBe('24.4466');
  // The picture may still be on its way to the last level; the two datums are 290 m (north) and 500 m (east) apart here.
  expect(Math.abs(Number(await page.inputValue('[name=lat]')) - seen.lat)).toBeLessThan(0.0013);
  expect(Math.abs(Number(await page.inputValue('[name=lon]')) - seen.lon)).toBeLessThan(0.0024);
  await visit.screenshot('map-gcj02');
  visit.forgive(new RegExp(`asked ${host.url}/`)); // and nothing else: the policy knows this host alone
  await visit.leave();
  await api.stop();
});

test('a host of pictures that is not there leaves a plain ground, with everything on it', async () => {
  const { api, url } = await served({ ANJU_MAP_TILES: 'http://127.0.0.1:9/{z}/{x}/{y}' });
  const visit = await mapOf(url);
  visit.forgive(/ERR_|127\.0\.0\.1:9|Failed to fetch|AJAXError/);
  await visit.leave();
  await api.stop();
});

describe('a map that lies with the service', () => {
  test('pictures of a PMTiles file are served by it, and no other host is asked', async () => {
    const file = join(folder, 'city.pmtiles');
    writeFileSync(file, archiveOf(pngTiles, 14));
    const { api, url } = await served({ ANJU_MAP_TILES: `pmtiles:${file}`, ANJU_MAP_ATTRIBUTION: '© Somebody' });
    const visit = await mapOf(url);
    await visit.page.getByText('© Somebody').waitFor({ state: 'attached' });
    await visit.screenshot('map-pmtiles');
    await visit.leave();
    const picture = await fetch(`${url}/api/v1/map/tiles/14/13557/7059`);
    expect(picture.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await picture.arrayBuffer())).toEqual(greenTile);
    for (const nowhere of ['15/0/0', '3/8/0']) {
      expect((await fetch(`${url}/api/v1/map/tiles/${nowhere}`)).status).toBe(204);
    }
    const policy = picture.headers.get('content-security-policy') ?? '';
    expect(policy).not.toMatch(/https?:/);
    await api.stop();
  });

  test('a vector file of Protomaps is drawn by the page, by day and on a dark wall, with names in its language', async () => {
    const file = join(folder, 'town.pmtiles');
    writeFileSync(file, archiveOf(vectorTiles, 14, townTile(), townLayers));
    const { api, url } = await served({ ANJU_MAP_TILES: `pmtiles:${file}`, ANJU_MAP_ATTRIBUTION: '© Somebody' });
    const visit = await mapOf(url);
    await lookFrom(visit, 14);
    const drawn = ['earth', 'water', 'green', 'buildings', 'highways', 'minor-roads', 'place-names'];
    await expect
      .poll(async () => Object.keys(await groundOf(visit)), { timeout: 15_000 })
      .toEqual(expect.arrayContaining(drawn));
    expect((await groundOf(visit))['place-names']).toEqual(['Qianpu']);
    await visit.screenshot('map-vector');
    await visit.leave();
    const wall = await Visit.begin(town, { as: 'admin', language: 'zh', screen: 'wall', at: '/wall/city', url });
    await wall.page.locator('[data-part=map][data-state=drawn] canvas').waitFor();
    await expect.poll(async () => (await groundOf(wall))['place-names'], { timeout: 15_000 }).toEqual(['前埔']);
    await wall.screenshot('map-vector-dark');
    await wall.page.locator('[data-do=language]').click();
    await expect.poll(async () => (await groundOf(wall))['place-names'], { timeout: 15_000 }).toEqual(['Qianpu']);
    await wall.leave();
    const tile = await fetch(`${url}/api/v1/map/tiles/14/13557/7059`);
    expect(tile.headers.get('content-type')).toBe('application/vnd.mapbox-vector-tile');
    expect(Buffer.from(await tile.arrayBuffer())).toEqual(townTile());
    expect(tile.headers.get('content-security-policy') ?? '').not.toMatch(/https?:/);
    await api.stop();
  });

  test('a file that is missing, no archive, or that nobody can draw stops the start in words', async () => {
    const [none, text, vectors] = ['none', 'text', 'vectors'].map((name) => join(folder, `${name}.pmtiles`));
    writeFileSync(text!, 'hello, this is no archive at all');
    const others = { vector_layers: [{ id: 'transportation' }, { id: 'water' }] };
    writeFileSync(vectors!, archiveOf(vectorTiles, 3, townTile(), others));
    for (const file of [none, text, vectors]) {
      const opened = openMapSource(readConfig({ ANJU_MAP_TILES: `pmtiles:${file}` }).map);
      await expect(opened).rejects.toThrow(`ANJU_MAP_TILES names ${file}`);
    }
  });
});
