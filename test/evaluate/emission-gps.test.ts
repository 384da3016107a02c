import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emissionGps } from '../../app/evaluate/recordings/emission-gps.ts';

const startS = 1_700_000_000;
const head = 'ts,received_ts,lat,lon,accuracy_m,speed_mps,heading_deg,altitude_m,filter';
const row = (minute: number, metresNorth: number, accuracyM: number) =>
  `${startS + minute * 60},${startS + minute * 60 + 1},${48 + metresNorth / 111_195},11,${accuracyM},0,0,0,time`;
/** Half an hour at home with two cell jumps and one lie, an outing of half an hour, home again. */
const rest = Array.from({ length: 61 }, (_, i) => row(i / 2, 0, 15));
const jumps = [row(7.2, 1300, 900), row(12.2, 700, 800), row(20.2, 900, 20)];
const outing = Array.from({ length: 60 }, (_, i) => row(31 + i / 2, 60 * i, 20));
const home = Array.from({ length: 40 }, (_, i) => row(62 + i / 2, 0, 15));
const byTime = (lines: string[]) => lines.sort((a, b) => Number(a.split(',')[0]) - Number(b.split(',')[0]));

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'emission-'));
  await mkdir(join(dir, 'walker'));
  const unset = `0,${startS},0,0,5,0,0,0,time`;
  const lines = [head, unset, ...byTime([...rest, ...jumps, ...outing, ...home])];
  await writeFile(join(dir, 'walker', 'locations.csv'), `${lines.join('\n')}\n`);
});
afterAll(() => rm(dir, { recursive: true }));

test('rests, outings, false exits and delays are counted for every rule side by side', async () => {
  const scores = await emissionGps.score(dir, () => undefined);
  const of = (rule: string) =>
    Object.fromEntries(scores.filter((score) => score.rule === rule).map(({ figure, value }) => [figure, value]));
  expect(of('raw point outside')).toMatchObject({
    'false exits while resting': 3,
    'outings found': 1,
    'delay p50 s': 0,
  });
  expect(of('distance minus accuracy')).toMatchObject({ 'false exits while resting': 2, 'outings found': 1 });
  expect(of('anju')).toMatchObject({ 'false exits while resting': 0, 'outings found': 1, 'delay p50 s': 90 });
  expect(scores.find(({ figure }) => figure === 'false exits while resting')?.of).toBe(2);
});

test('an outing that ends in silence a few metres past the edge is found between two fixes', async () => {
  const silent = await mkdtemp(join(tmpdir(), 'emission-'));
  await mkdir(join(silent, 'walker'));
  const pastTheEdge = [31, 31.5, 32, 33].map((minute) => row(minute, 330, 8));
  const after = [row(75, 600, 8), ...Array.from({ length: 40 }, (_, i) => row(76 + i / 2, 0, 15))];
  const lines = [head, ...rest, ...pastTheEdge, ...after];
  await writeFile(join(silent, 'walker', 'locations.csv'), `${lines.join('\n')}\n`);
  const scores = await emissionGps.score(silent, () => undefined);
  expect(scores.find(({ rule, figure }) => rule === 'anju' && figure === 'outings found')).toMatchObject({
    value: 1,
    of: 1,
  });
  await rm(silent, { recursive: true });
});

test('a folder without tracks gives figures of nothing, not an error', async () => {
  const empty = await mkdtemp(join(tmpdir(), 'emission-'));
  const scores = await emissionGps.score(empty, () => undefined);
  expect(scores.find(({ figure }) => figure === 'outings found')).toMatchObject({ value: 0, of: 0 });
  await rm(empty, { recursive: true });
});
