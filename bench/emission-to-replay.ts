import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { CommunityDocument } from '../model/community.ts';
import type { LatLon } from '../model/geo.ts';
import { distanceM } from '../rules/geometry.ts';

/**
 * Turns a recorded phone track (`locations.csv`, `battery.csv` when there) into what `anju replay` eats: `replay.ndjson`,
 * lines `{at, topic, payload}` in order of arrival, and `community.json` with one resident, one band and a safe zone of
 * 300 m round the place where the phone rested longest.
 *
 *     node bench/emission-to-replay.ts <track directory> <output directory>
 */
const usage = 'usage: emission-to-replay.ts <track directory> <output directory>';
const topic = 'v1/devices/band-1/telemetry';
const zoneRadiusM = 300;
/** Two fixes this close are the same place. */
const restingM = 150;
const goodAccuracyM = 100;
const longestGapMs = 12 * 3_600_000;

type Row = ReadonlyMap<string, string>;
type Located = LatLon & { readonly atMs: number; readonly receivedAtMs: number; readonly accuracyM: number };
type Line = { readonly at: number; readonly topic: string; readonly payload: Readonly<Record<string, unknown>> };

async function rowsOf(file: string): Promise<Row[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const [head = '', ...lines] = text.split('\n').filter((line) => line.trim() !== '');
  const names = head.split(',');
  return lines.map((line) => new Map(line.split(',').map((value, i) => [names[i] ?? '', value])));
}

function number(row: Row, name: string): number {
  const text = row.get(name) ?? '';
  const value = Number(text);
  if (text === '' || !Number.isFinite(value)) throw new Error(`${name} must be a number, got "${text}"`);
  return value;
}

function locatedOf(row: Row): Located {
  const atMs = Math.round(number(row, 'ts') * 1000);
  const receivedAtMs = row.get('received_ts') ? Math.round(number(row, 'received_ts') * 1000) : atMs;
  return { atMs, receivedAtMs, lat: number(row, 'lat'), lon: number(row, 'lon'), accuracyM: number(row, 'accuracy_m') };
}

function positionLine({ atMs, receivedAtMs, lat, lon, accuracyM }: Located): Line {
  return { at: receivedAtMs, topic, payload: { t: atMs, position: { lat, lon, accuracyM, datum: 'WGS84' } } };
}

function batteryLine(row: Row): Line {
  const at = Math.round(number(row, 'ts') * 1000);
  return { at, topic, payload: { t: at, batteryPct: number(row, 'battery_pct') } };
}

/** The recorded order of arrival stays; a clock that stepped back does not turn the time of the replay back. */
function inOrderOfArrival(positions: readonly Line[], others: readonly Line[]): Line[] {
  let latest = 0;
  const steady = positions.map((line) => {
    latest = Math.max(latest, line.at);
    return { ...line, at: latest };
  });
  const from = steady[0]?.at ?? 0;
  const during = others.filter(({ at }) => at >= from && at <= latest);
  return [...steady, ...during].sort((a, b) => a.at - b.at);
}

/** Where most time passed between one good fix and the next one at the same place. */
function restingPlace(fixes: readonly Located[]): LatLon {
  const good = fixes.filter(({ accuracyM }) => accuracyM <= goodAccuracyM).sort((a, b) => a.atMs - b.atMs);
  const rests = good.flatMap((fix, i) => {
    const next = good[i + 1];
    if (next === undefined || distanceM(fix, next) > restingM) return [];
    return [{ lat: fix.lat, lon: fix.lon, ms: Math.min(longestGapMs, next.atMs - fix.atMs) }];
  });
  const around = (place: LatLon) => rests.filter((rest) => distanceM(place, rest) <= restingM);
  const total = (some: readonly { ms: number }[]) => some.reduce((sum, { ms }) => sum + ms, 0);

  const best = rests.reduce<{ ms: number; of: typeof rests }>(
    (found, rest) => {
      const of = around(rest);
      return total(of) > found.ms ? { ms: total(of), of } : found;
    },
    { ms: 0, of: [] },
  );
  if (best.of.length === 0) throw new Error('the phone never rests in this track');
  const mean = (value: (rest: (typeof rests)[number]) => number) =>
    best.of.reduce((sum, rest) => sum + value(rest) * rest.ms, 0) / best.ms;
  return { lat: mean(({ lat }) => lat), lon: mean(({ lon }) => lon) };
}

function communityAround(home: LatLon): CommunityDocument {
  const shape = { type: 'circle' as const, center: home, radiusM: zoneRadiusM };
  return CommunityDocument.parse({
    areas: [{ id: 'area-1', name: 'Area', kind: 'community' }],
    residents: [{ id: 'resident-1', name: 'Resident', areaId: 'area-1', home: { ...home, datum: 'WGS84' } }],
    devices: [{ id: 'band-1', kind: 'wristband', residentId: 'resident-1' }],
    zones: [{ id: 'home-1', residentId: 'resident-1', name: 'Home', kind: 'safe', shape, datum: 'WGS84' }],
  });
}

async function convert(trackDir: string, outDir: string): Promise<void> {
  const fixes = (await rowsOf(join(trackDir, 'locations.csv'))).map(locatedOf);
  const battery = (await rowsOf(join(trackDir, 'battery.csv'))).map(batteryLine);
  const lines = inOrderOfArrival(fixes.map(positionLine), battery);
  const home = restingPlace(fixes);
  await mkdir(outDir, { recursive: true });
  await writeFile(join(outDir, 'replay.ndjson'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  await writeFile(join(outDir, 'community.json'), `${JSON.stringify(communityAround(home), undefined, 2)}\n`);
  console.log(`${basename(trackDir)}: ${fixes.length} fixes, ${lines.length} lines`);
}

const [trackDir, outDir] = process.argv.slice(2);
if (trackDir === undefined || outDir === undefined) {
  console.error(usage);
  process.exitCode = 2;
} else {
  await convert(trackDir, outDir);
}
