import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noonMs, openTown, type Page, type Town } from './support/town.ts';

const minute = 60_000;
let town: Town;

/** Half an hour of walking east, a fix each minute; the heart beats 60, 61, 62, … */
beforeAll(async () => {
  town = await openTown();
  for (let i = 0; i < 30; i++) {
    const position = { lat: 24.4451, lon: 118.0823 + i * 0.0001, accuracyM: 12 };
    await town.say('band-0', { position, heartRateBpm: 60 + i }, noonMs - (30 - i) * minute);
  }
  await town.say('motion-0', { motion: true, batteryPct: 90 }, noonMs - 5 * minute);
  await town.say('band-0', { batteryPct: 41, worn: true }, noonMs - minute);
});
afterAll(() => town.close());

describe('live', () => {
  test('the last position with its age, the sensors, home and zones, and what is open', async () => {
    const alertId = await town.raise('r0', 'batteryLow', 'P4');
    const { status, headers, json } = await town.as('daughter', 'GET', '/residents/r0/live');
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(json).toMatchObject({
      residentId: 'r0',
      lastHeardAt: '2026-03-07T03:59:00.000Z',
      position: { lat: 24.4451, lon: 118.0852, accuracyM: 12, ageS: 60, deviceId: 'band-0' },
      presence: { motion: true, room: 'kitchen', ageS: 300 },
      worn: { value: true },
      heartRateBpm: { value: 89 },
      home: { lat: 24.4451, lon: 118.0823 },
      zones: [{ id: 'zone-0', kind: 'safe' }],
      alerts: [{ id: alertId, type: 'batteryLow' }],
    });
    expect(json.battery).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ deviceId: 'band-0', batteryPct: 41 }),
        expect.objectContaining({ deviceId: 'motion-0', batteryPct: 90 }),
      ]),
    );
  });

  test('each look leaves a trace', async () => {
    const looks = async () => (await town.records.auditLog({ about: 'r1', limit: 100 })).length;
    expect(await looks()).toBe(0);
    await town.as('son', 'GET', '/residents/r1/live');
    await town.as('daughter', 'GET', '/residents/r1/live'); // not hers: refused, and nothing was looked at
    const [entry, ...more] = await town.records.auditLog({ about: 'r1', limit: 100 });
    expect(entry).toMatchObject({ who: 'u-son', what: 'livePositionRead', about: 'r1' });
    expect(more).toEqual([]);
  });

  test('what came before a restart is known after it', async () => {
    const { LiveBoard } = await import('../../api/live-board.ts');
    const fresh = new LiveBoard(town.directory, town.telemetry);
    const live = await fresh.live('r0', noonMs);
    expect(live.position?.value.lon).toBeCloseTo(118.0852, 6);
    expect(live.battery.get('motion-0')?.value).toBe(90);
  });

  test('a late position is history and moves nobody', async () => {
    await town.say('band-1', { position: { lat: 24.46, lon: 118.09 } });
    await town.say('band-1', { position: { lat: 24.1, lon: 118.1 } }, noonMs - 3_600_000);
    const { json } = await town.as('son', 'GET', '/residents/r1/live');
    expect(json).toMatchObject({ position: { lat: 24.46 } });
  });
});

describe('track', () => {
  const track = (query: string) => town.as<Page>('daughter', 'GET', `/residents/r0/track${query}`);

  test('the last day as JSON, in order', async () => {
    const { json } = await track('');
    expect(json.items).toHaveLength(30);
    expect(json.items[0]).toEqual({
      t: '2026-03-07T03:30:00.000Z',
      lat: 24.4451,
      lon: 118.0823,
      accuracyM: 12,
      deviceId: 'band-0',
    });
  });

  test('a part of it, half open', async () => {
    const { json } = await track('?from=2026-03-07T03:30:00Z&to=2026-03-07T11:35:00%2B08:00');
    expect(json.items.map(({ t }) => String(t).slice(14, 16))).toEqual(['30', '31', '32', '33', '34']);
  });

  test('as GeoJSON, GPX and CSV', async () => {
    const geo = await town.as<{ type: string; features: unknown[] }>(
      'daughter',
      'GET',
      '/residents/r0/track?format=geojson',
    );
    expect(geo.headers.get('content-type')).toContain('application/geo+json');
    expect({ type: geo.json.type, features: geo.json.features.length }).toEqual({
      type: 'FeatureCollection',
      features: 30,
    });
    const gpx = await track('?format=gpx');
    expect(
      gpx.text.match(/<trkpt lat="24.4451" lon="118\.08\d+"><time>2026-03-07T03:\d\d:00.000Z<\/time><\/trkpt>/g),
    ).toHaveLength(30);
    const csv = await track('?format=csv');
    expect(csv.text.split('\r\n').slice(0, 2)).toEqual([
      't,lat,lon,accuracyM,deviceId',
      '2026-03-07T03:30:00.000Z,24.4451,118.0823,12,band-0',
    ]);
  });

  test('a straight walk needs two points', async () => {
    const { json } = await track('?simplifyM=5');
    expect(json.items.map(({ t }) => t)).toEqual(['2026-03-07T03:30:00.000Z', '2026-03-07T03:59:00.000Z']);
  });

  test('nobody there is an empty track in every format', async () => {
    const day = 'from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z';
    expect((await track(`?${day}`)).json).toEqual({ items: [], nextCursor: null });
    expect((await track(`?${day}&format=geojson&simplifyM=3`)).json).toEqual({
      type: 'FeatureCollection',
      features: [],
    });
  });
});

describe('readings', () => {
  const readings = (query: string) =>
    town.as<Page>('daughter', 'GET', `/residents/r0/readings?metric=heartRateBpm${query}`);

  test('raw, page by page, each point once', async () => {
    const values: unknown[] = [];
    let cursor = '';
    do {
      const { json } = await readings(`&limit=7${cursor && `&cursor=${cursor}`}`);
      values.push(...json.items.map(({ value }) => value));
      cursor = json.nextCursor ?? '';
    } while (cursor !== '');
    expect(values).toEqual(Array.from({ length: 30 }, (_, i) => 60 + i));
  });

  test('points of several devices at the very same moment are neither lost nor doubled between pages', async () => {
    const atMs = noonMs - 2 * 86_400_000;
    await town.as('admin', 'POST', '/devices', { id: 'band-0b', kind: 'wristband', residentId: 'r0' });
    await town.as('admin', 'POST', '/devices', { id: 'band-0c', kind: 'wristband', residentId: 'r0' });
    for (const id of ['band-0', 'band-0b', 'band-0c']) await town.say(id, { heartRateBpm: 70 }, atMs);
    const seen: unknown[] = [];
    let cursor = '';
    do {
      const { json } = await readings(`&limit=1&from=${atMs}&to=${atMs + 1}${cursor && `&cursor=${cursor}`}`);
      seen.push(...json.items.map(({ deviceId }) => deviceId));
      cursor = json.nextCursor ?? '';
    } while (cursor !== '');
    expect(seen.sort()).toEqual(['band-0', 'band-0b', 'band-0c']);
  });

  test('in buckets, with the figures asked for', async () => {
    const { json } = await readings('&bucket=10m&agg=mean,max,count&from=2026-03-07T03:30:00Z&to=2026-03-07T04:00:00Z');
    expect(json.items).toEqual([
      { t: '2026-03-07T03:30:00.000Z', mean: 64.5, max: 69, count: 10 },
      { t: '2026-03-07T03:40:00.000Z', mean: 74.5, max: 79, count: 10 },
      { t: '2026-03-07T03:50:00.000Z', mean: 84.5, max: 89, count: 10 },
    ]);
  });

  test('a day starts at midnight where the people are', async () => {
    const { json } = await readings('&bucket=1d&agg=last,min');
    expect(json.items).toEqual([{ t: '2026-03-06T16:00:00.000Z', last: 89, min: 60 }]);
  });

  test('claims are metrics of 0 and 1', async () => {
    const { json } = await town.as<Page>('daughter', 'GET', '/residents/r0/readings?metric=motion');
    expect(json.items).toMatchObject([{ value: 1, deviceId: 'motion-0' }]);
  });
});
