import { connect } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { csvLine } from '../../api/csv.ts';
import { placeBetween } from '../../api/in-datum.ts';
import { fromWgs84 } from '../../model/datum.ts';
import { noonMs, openTown, type Page, type Town } from './support/town.ts';

const minute = 60_000;
let town: Town;

beforeAll(async () => {
  town = await openTown();
  for (let i = 0; i < 30; i++) {
    const position = { lat: 24.4451, lon: 118.0823 + i * 0.0001, accuracyM: 12 };
    await town.say('band-0', { position, heartRateBpm: 60 + i }, noonMs - (30 - i) * minute);
  }
});
afterAll(() => town.close());

const track = (query: string) => town.as<Page>('daughter', 'GET', `/residents/r0/track?${query}`);
const readings = (query: string) =>
  town.as<Page>('daughter', 'GET', `/residents/r0/readings?metric=heartRateBpm&${query}`);

describe('a track on a Chinese map', () => {
  for (const datum of ['GCJ02', 'BD09'] as const) {
    test(`in ${datum}, which is named`, async () => {
      const { json } = await track(`datum=${datum}`);
      const there = fromWgs84({ lat: 24.4451, lon: 118.0823 }, datum);
      expect(json).toMatchObject({ datum, nextCursor: null });
      expect(json.items[0]?.lat).toBeCloseTo(there.lat, 6);
      expect(json.items[0]?.lon).toBeCloseTo(there.lon, 6);
      const csv = await track(`datum=${datum}&format=csv`);
      expect(csv.text.split('\r\n')[0]).toBe('t,lat,lon,accuracyM,deviceId,datum');
      expect(csv.text.split('\r\n')[1]).toMatch(new RegExp(`,12,band-0,${datum}$`));
      const geo = await track(`datum=${datum}&format=geojson`);
      expect(geo.json).toMatchObject({ type: 'FeatureCollection', datum });
    });
  }

  test('GPX is WGS-84 by definition, and another datum is refused', async () => {
    expect((await track('format=gpx&datum=WGS84')).status).toBe(200);
    const { status, text } = await track('format=gpx&datum=BD09');
    expect({ status, text }).toMatchObject({
      status: 400,
      text: expect.stringContaining('GPX is WGS84 by definition'),
    });
  });

  test('live: position, home and zones move together', async () => {
    const live = async (query: string) => (await town.as('daughter', 'GET', `/residents/r0/live${query}`)).json;
    const [here, there] = [await live(''), await live('?datum=GCJ02')];
    expect([here.datum, there.datum]).toEqual(['WGS84', 'GCJ02']);
    type Places = { position: { lat: number; lon: number }; home: object; zones: { shape: { center: object } }[] };
    const [a, b] = [here as Places, there as Places];
    expect(b.position).toMatchObject(placeBetween(a.position, 'WGS84', 'GCJ02'));
    expect(b.home).toEqual(b.zones[0]?.shape.center);
    expect(b.home).not.toEqual(a.home);
  });
});

describe('a track page by page', () => {
  test('every point once, in order', async () => {
    const times: unknown[] = [];
    let cursor = '';
    do {
      const { json } = await track(`limit=7${cursor}`);
      times.push(...json.items.map(({ t }) => t));
      cursor = json.nextCursor === null ? '' : `&cursor=${json.nextCursor}`;
    } while (cursor !== '');
    expect(times).toEqual((await track('')).json.items.map(({ t }) => t));
  });

  for (const query of ['limit=7&format=csv', 'limit=7&simplifyM=5', 'cursor=made-up', 'limit=0', 'limit=10001']) {
    test(`'${query}' is refused`, async () => expect((await track(query)).status).toBe(400));
  }
});

describe('whole files', () => {
  test('a track as NDJSON is one point a line, and is saved under a name', async () => {
    const { text, headers } = await track('format=ndjson');
    expect(headers.get('content-disposition')).toBe('attachment; filename="r0-track.ndjson"');
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(lines).toHaveLength(30);
    expect(lines[0]).toMatchObject({ t: '2026-03-07T03:30:00.000Z', lat: 24.4451, deviceId: 'band-0' });
  });

  test('readings as CSV and NDJSON, raw and in buckets', async () => {
    expect((await readings('format=csv')).text.split('\r\n').slice(0, 2)).toEqual([
      't,heartRateBpm,deviceId',
      '2026-03-07T03:30:00.000Z,60,band-0',
    ]);
    expect((await readings('format=ndjson')).text.trimEnd().split('\n')).toHaveLength(30);
    expect((await readings('format=csv&bucket=10m&agg=mean,max')).text).toBe(
      't,mean,max\r\n2026-03-07T03:30:00.000Z,64.5,69\r\n2026-03-07T03:40:00.000Z,74.5,79\r\n2026-03-07T03:50:00.000Z,84.5,89\r\n',
    );
    expect(JSON.parse((await readings('format=ndjson&bucket=1h&agg=count')).text)).toMatchObject({ count: 30 });
    expect((await readings('format=csv&limit=5')).status).toBe(400);
  });

  test('what a spreadsheet would run is text, and numbers stay numbers', () => {
    expect(csvLine(['=1+1', '+a', '-b', '@c', 'plain', -118.08, undefined])).toBe(
      "'=1+1,'+a,'-b,'@c,plain,-118.08,\r\n",
    );
    expect(csvLine(['a"b', 'c,d', 'e\nf'])).toBe('"a""b","c,d","e\nf"\r\n');
  });

  test('the description names every parameter and every form of answer', async () => {
    type Described = { parameters: { name: string }[]; responses: Record<string, { content: object }> };
    const { json } = await town.as<{ paths: Record<string, Record<string, Described>> }>(
      'admin',
      'GET',
      '/openapi.json',
    );
    const described = (path: string, method = 'get') => json.paths[`/api/v1${path}`]?.[method];
    const trackRoute = described('/residents/{id}/track');
    expect(trackRoute?.parameters.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['format', 'datum', 'limit', 'cursor', 'simplifyM']),
    );
    expect(Object.keys(trackRoute?.responses['200']?.content ?? {})).toEqual(
      expect.arrayContaining(['application/json', 'text/csv; charset=utf-8', 'application/gpx+xml']),
    );
    expect(described('/residents/{id}/data', 'delete')).toBeDefined();
    expect(described('/backup', 'post')).toBeDefined();
  });
});

test('a reader that stops reading holds up nobody else, and the service does not read on without it', async () => {
  const busy = await openTown();
  let read = 0;
  /** A track without an end: only a reader that takes nothing more can stop it. */
  busy.telemetry.track = async function* () {
    for (;;) {
      if (read % 1_000 === 0) await nextTurn();
      read += 1;
      yield { atMs: noonMs + read, lat: 24.4, lon: 118.1, deviceId: 'band-0' };
    }
  };
  const token = await busy.tokenOf('admin');
  const socket = connect(Number(new URL(busy.url).port), '127.0.0.1');
  socket.pause();
  socket.write(
    `GET /api/v1/residents/r0/track?format=csv HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\n\r\n`,
  );
  expect(await comesToRest(() => read)).toBe(true);
  expect((await busy.as('admin', 'GET', '/residents/r0/live')).status).toBe(200);
  socket.destroy();
  await busy.close();
});

/** Does a count that grows stop growing within ten seconds? */
async function comesToRest(count: () => number): Promise<boolean> {
  const endMs = performance.now() + 10_000;
  for (let last = -1; performance.now() < endMs; ) {
    await new Promise((resolve) => setTimeout(resolve, 300));
    if (count() > 0 && count() === last) return true;
    last = count();
  }
  return false;
}
