import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LatLon } from '../../../../model/geo.ts';

/** One row of `locations.csv`: degrees, WGS-84; `accuracyM` is Android's 68 % radius. */
export type Located = LatLon & { readonly atMs: number; readonly receivedAtMs: number; readonly accuracyM: number };
/** One row of `motion.csv` that says whether somebody moved, where the phone was confident of it. */
export type Moved = { readonly atMs: number; readonly isMoving: boolean };
/** A day or two of one phone. `fixes` in order of arrival. */
export type PhoneTrack = {
  readonly name: string;
  readonly fixes: readonly Located[];
  readonly motion: readonly Moved[];
};

/** 2015-01-01: a fix stamped before was stamped by a clock that was never set. */
const earliestBelievedMs = Date.UTC(2015, 0, 1);
const confidentPct = 60;
const still = new Set(['STILL', 'stationary']);
const moving = new Set([
  'ON_FOOT',
  'WALKING',
  'RUNNING',
  'BICYCLING',
  'IN_VEHICLE',
  'walking',
  'running',
  'cycling',
  'automotive',
]);

/** Every track below the folder: one directory each, with `locations.csv` in it. */
export async function readTracks(dir: string): Promise<PhoneTrack[]> {
  const names = (await readdir(dir, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  return Promise.all(names.map(({ name }) => readTrack(dir, name)));
}

async function readTrack(dir: string, name: string): Promise<PhoneTrack> {
  const fixes = (await rowsOf(join(dir, name, 'locations.csv'))).flatMap(locatedOf);
  const motion = (await rowsOf(join(dir, name, 'motion.csv'))).flatMap(movedOf);
  return { name, fixes, motion };
}

type Row = ReadonlyMap<string, string>;

async function rowsOf(file: string): Promise<Row[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const [head = '', ...lines] = text.split('\n').filter((line) => line.trim() !== '');
  const names = head.trim().split(',');
  return lines.map(
    (line) =>
      new Map(
        line
          .trim()
          .split(',')
          .map((value, i) => [names[i] ?? '', value]),
      ),
  );
}

function numberIn(row: Row, name: string): number {
  const text = row.get(name) ?? '';
  return text === '' ? Number.NaN : Number(text);
}

function locatedOf(row: Row): Located[] {
  const atMs = Math.round(numberIn(row, 'ts') * 1000);
  const receivedAtMs = Math.round(numberIn(row, 'received_ts') * 1000) || atMs;
  const [lat, lon, accuracyM] = [numberIn(row, 'lat'), numberIn(row, 'lon'), numberIn(row, 'accuracy_m')];
  const isBelieved = atMs >= earliestBelievedMs && Number.isFinite(lat + lon + accuracyM);
  return isBelieved ? [{ atMs, receivedAtMs, lat, lon, accuracyM }] : [];
}

function movedOf(row: Row): Moved[] {
  const atMs = Math.round(numberIn(row, 'ts') * 1000);
  const activity = row.get('activity') ?? '';
  const confidence = row.get('confidence') ?? '';
  const isSure = Number.isNaN(Number(confidence)) || confidence === '' || Number(confidence) >= confidentPct;
  if (!isSure || !Number.isFinite(atMs)) return [];
  if (still.has(activity)) return [{ atMs, isMoving: false }];
  return moving.has(activity) ? [{ atMs, isMoving: true }] : [];
}
