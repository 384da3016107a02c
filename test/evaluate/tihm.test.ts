import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Score } from '../../app/evaluate/recordings/recording.ts';
import { tihm } from '../../app/evaluate/recordings/tihm.ts';
import { outageOf, readHomes } from '../../app/evaluate/recordings/tihm-homes.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const firstMs = Date.parse('2019-04-10T00:00:00Z'); // on the wall
const outage = { fromDay: 20, toDay: 21 };
let dir = '';

/** A room every twenty minutes from seven to eleven in the evening; `stillOn`: nothing after nine that day. */
function rows(days: number, stillOn?: number): string {
  const lines = ['date,location_name'];
  for (let day = 0; day < days; day++) {
    if (day >= outage.fromDay && day <= outage.toDay) continue;
    const untilMin = day === stillOn ? 9 * 60 : 23 * 60;
    for (let minute = 7 * 60; minute <= untilMin; minute += 20) {
      const at = new Date(firstMs + day * dayMs + minute * minuteMs).toISOString().slice(0, 19).replace('T', ' ');
      lines.push(`${at},${['kitchen', 'lounge', 'bedroom', 'fridge-door'][(minute / 20) % 4]}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tihm-'));
  await mkdir(join(dir, 'activity'));
  await writeFile(join(dir, 'activity', 'calm.csv.gz'), gzipSync(rows(30)));
  await writeFile(join(dir, 'activity', 'still.csv'), rows(30, 25));
});
afterAll(() => rm(dir, { recursive: true }));

const figureOf = (scores: readonly Score[], rule: string, figure: string) =>
  scores.find((score) => score.rule === rule && score.figure === figure)?.value;

test('a recorded day without a movement is one false alarm, the outage of all homes is none', async () => {
  const scores = await tihm.score(dir, () => undefined);
  const days = 2 * (30 - 2 - 14);
  expect(figureOf(scores, 'learned line', 'false alarms at home per home-day')).toBeCloseTo(1 / days, 9);
  expect(figureOf(scores, 'learned line', 'silences found %')).toBe(100);
  expect(figureOf(scores, 'learned line', 'homes with every silence found')).toBe(2);
  const delayH = figureOf(scores, 'learned line', 'delay by day median h');
  expect(delayH).toBeGreaterThan(3);
  expect(delayH).toBeLessThan(4);
  expect(figureOf(scores, 'fixed 12 h', 'delay by day median h')).toBe(12);
});

test('without heartbeats the silences are found as well, and the outage looks like a silence: counted apart', async () => {
  const scores = await tihm.score(dir, () => undefined);
  const rule = 'learned line, events only';
  expect(figureOf(scores, rule, 'false alarms at home per home-day')).toBeCloseTo(1 / (2 * (30 - 2 - 14)), 9);
  expect(figureOf(scores, rule, 'homes with every silence found')).toBe(2);
  expect(figureOf(scores, rule, 'delay by day median h')).toBeLessThan(4);
  expect(figureOf(scores, rule, 'delay in the second week p90 h')).toBeLessThan(14.5);
  expect(figureOf(scores, rule, 'alarms in the outage of all homes')).toBeGreaterThanOrEqual(2);
  expect(figureOf(scores, 'learned line', 'alarms in the outage of all homes')).toBe(0);
});

test('the same recording scores the same', async () => {
  expect(await tihm.score(dir, () => undefined)).toEqual(await tihm.score(dir, () => undefined));
});

test('times on the wall of April are an hour ahead of UTC, and the outage is what no home has', async () => {
  const homes = await readHomes(dir);
  expect(homes.map(({ id }) => id)).toEqual(['calm', 'still']);
  expect(homes[0]?.activations[0]?.atMs).toBe(firstMs + 6 * 60 * minuteMs);
  expect(outageOf(homes)).toEqual({
    fromMs: firstMs + 19 * dayMs + 22 * 60 * minuteMs,
    toMs: firstMs + 22 * dayMs + 6 * 60 * minuteMs,
  });
});
