import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { instant } from '../../api/range.ts';
import { itemOf, trackFormats } from '../../api/track-formats.ts';
import { AppError } from '../../model/errors.ts';
import type { TrackPoint } from '../../store/contracts.ts';
import { noonMs, openTown, type Page, type Town } from './support/town.ts';

let town: Town;

beforeAll(async () => {
  town = await openTown();
  const position = { lat: 24.4451, lon: 118.0823, accuracyM: 12 };
  for (let i = 0; i < 3; i++) await town.say('band-0', { position }, noonMs - (i + 1) * 60_000);
});
afterAll(() => town.close());

const whereWasGran = (query = '') => town.as<Page>('daughter', 'GET', `/residents/r0/track?${query}`);

/** Until `act` is over the track is this one. */
async function withTrack(track: () => AsyncIterable<TrackPoint>, act: () => Promise<void>): Promise<void> {
  const usual = town.telemetry.track;
  town.telemetry.track = track as typeof usual; // whoever is asked for
  await act().finally(() => {
    town.telemetry.track = usual;
  });
}

test('a short track comes whole, with its length, as JSON and as a file', async () => {
  const { json, headers } = await whereWasGran();
  expect(json.items).toHaveLength(3);
  expect(Number(headers.get('content-length'))).toBeGreaterThan(200);
  const file = await whereWasGran('format=csv');
  expect(Number(file.headers.get('content-length'))).toBe(file.text.length);
  expect(file.headers.get('cache-control')).toBe('no-store');
});

test('a long track comes in pieces, every point once and in order', async () => {
  const points = Array.from({ length: 5_000 }, (_, i) => ({ atMs: noonMs + i, lat: 24, lon: 118, deviceId: 'b' }));
  const long = async function* () {
    yield* points;
  };
  await withTrack(long, async () => {
    const { json, headers } = await whereWasGran();
    expect(headers.get('content-length')).toBeNull();
    expect(json.items).toEqual(points.map(itemOf));
  });
});

test('what cannot be read is refused in words, and is no half of a file', async () => {
  // biome-ignore lint/correctness/useYield: it ends before there is anything
  const broken = async function* (): AsyncGenerator<TrackPoint> {
    throw new AppError('unavailable', 'the history cannot be read');
  };
  await withTrack(broken, async () => {
    const { status, text } = await whereWasGran('format=csv');
    expect({ status, text }).toMatchObject({ status: 503, text: expect.stringContaining('cannot be read') });
  });
});

test('nobody is told where she was when that cannot be written into the audit log, and the reading ends', async () => {
  let ended = false;
  const watched = async function* () {
    try {
      for (;;) yield { atMs: noonMs, lat: 24, lon: 118, deviceId: 'band-0' };
    } finally {
      ended = true;
    }
  };
  const { records } = town;
  const usual = records.auditLooks;
  records.auditLooks = () => Promise.reject(new AppError('unavailable', 'the disk is full'));
  await withTrack(watched, async () => {
    const { status, text } = await whereWasGran();
    expect({ status, ended }).toEqual({ status: 503, ended: true });
    expect(text).not.toContain('118');
  });
  records.auditLooks = usual;
});

test('moments and points are written as JSON and dates write them', () => {
  const moment = fc.integer({ min: -8.64e15, max: 8.64e15 });
  fc.assert(
    fc.property(moment, (atMs) => {
      expect(instant(atMs)).toBe(new Date(atMs).toISOString());
    }),
  );
  const number = fc.double({ noNaN: true, noDefaultInfinity: true });
  const point = fc.record(
    { atMs: fc.nat(), lat: number, lon: number, accuracyM: number, deviceId: fc.string() },
    { requiredKeys: ['atMs', 'lat', 'lon', 'deviceId'] },
  );
  fc.assert(
    fc.property(point, (one) => {
      const text = trackFormats.json.point(one as TrackPoint, undefined); // a fix may lack its accuracy
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(itemOf(one as TrackPoint))));
    }),
  );
  expect(() => instant(Number.NaN)).toThrow(RangeError);
});
