import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cut, evenly, peakIndex, strengthG, type Trial } from '../../app/evaluate/recordings/falls/trial.ts';
import { recordings } from '../../app/evaluate/recordings/index.ts';
import type { Burst } from '../../model/reading.ts';
import { clapBurst, fallBurst, restBurst, walkBurst } from '../rules/support/bursts.ts';
import { removeFolder, temporaryFolder } from '../support/service.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => removeFolder(folder));

const gravityMps2 = 9.80665;

/** Samples arrive four at a time: three within 5 ms, then nothing until the next four. */
const arrivalS = (i: number, rateHz: number) => (4 * Math.floor(i / 4)) / rateHz + 0.002 * (i % 4);

function rowsOf(burst: Burst, key: string, scale: number, unitS = 1): string[] {
  return burst.samples.map((sample, i) =>
    [key, (arrivalS(i, burst.rateHz) * unitS).toFixed(3), ...sample.map((g) => (g * scale).toFixed(3))].join(','),
  );
}

async function write(set: string, files: Readonly<Record<string, readonly string[]>>): Promise<void> {
  await mkdir(join(folder, set));
  for (const [name, lines] of Object.entries(files)) {
    const text = `${lines.join('\n')}\n`;
    await writeFile(join(folder, set, name), name.endsWith('.gz') ? gzipSync(text) : text);
  }
}

async function scoresOf(set: string): Promise<string[]> {
  const recording = recordings.find((one) => one.folder === set);
  const scores = (await recording?.score(join(folder, set), () => undefined)) ?? [];
  return scores.map(({ set: of, rule, figure, value, of: count }) => `${of}, ${rule}: ${figure} ${value} of ${count}`);
}

test('a recording with a stuttering clock is put on a grid, judged by the rule, and compared with "above 3 g"', async () => {
  const trials = { F01: fallBurst(), D10: clapBurst(), D01: walkBurst() };
  const samples = Object.entries(trials).flatMap(([activity, burst]) =>
    rowsOf(burst, `U01,${activity},R01`, gravityMps2),
  );
  await write('weda-fall', {
    'accel_25Hz.csv.gz': ['subject,activity,trial,t_s,x,y,z', ...samples],
    'accel_40Hz.csv.gz': ['subject,activity,trial,t_s,x,y,z'],
    'trials.csv': [
      'subject,age_group,activity,trial,is_fall',
      'U01,young,F01,R01,1',
      'U01,elder,D10,R01,0',
      'U01,young,D01,R01,0',
      'U09,young,D01,R07,0',
    ],
  });
  expect(await scoresOf('weda-fall')).toEqual([
    'weda-fall 25 Hz, fall: sensitivity % 100 of 1',
    'weda-fall 25 Hz, fall: specificity % 100 of 2',
    'weda-fall 25 Hz, fall: specificity of elders % 100 of 1',
    'weda-fall 25 Hz, peak above 3 g: sensitivity % 100 of 1',
    'weda-fall 25 Hz, peak above 3 g: specificity % 50 of 2',
    'weda-fall 25 Hz, peak above 3 g: specificity of elders % 0 of 1',
  ]);
});

test('a set that has one site only is scored on what is there', async () => {
  await write('umafall', {
    'wrist_accel.csv.gz': ['file_no,t_ms,x,y,z', ...rowsOf(fallBurst(20), '0', 1, 1000)],
    'waist_accel.csv.gz': ['file_no,t_ms,x,y,z'],
    'trials.csv': ['file_no,subject,age,activity,is_fall', '0,S01,67,forwardFall,1', '1,S01,67,Walking,0'],
  });
  expect(await scoresOf('umafall')).toEqual([
    'umafall wrist, fall: sensitivity % 100 of 1',
    'umafall wrist, peak above 3 g: sensitivity % 100 of 1',
  ]);
});

test('a watch that streams while nobody falls suspects nothing', async () => {
  const executions = [restBurst(104), walkBurst(104), restBurst(104)];
  const lines = executions.flatMap((burst, i) =>
    rowsOf(burst, `s01,${i}`, gravityMps2).map((line) => `${line},WALKING`),
  );
  await write('geotec-watch-adl', { 'watch_accel.csv.gz': ['subject,execution,t_s,x,y,z,label', ...lines] });
  expect((await scoresOf('geotec-watch-adl')).filter((line) => line.includes(', fall'))).toEqual([
    'geotec-watch-adl, fall: specificity % 100 of 3',
    'geotec-watch-adl streamed, fall: suspected per day of such activity 0 of 4',
  ]);
});

test('a clock that runs backwards stands still, and no value is made up', () => {
  const samples = Array.from({ length: 40 }, (_, i) => [0, 0, i / 40] as const);
  const atS = samples.map((_, i) => (i < 20 ? i / 20 : (i - 10) / 20));
  const grid = evenly({ atS, samples }, 20);
  for (const [, , z] of grid) {
    expect(z).toBeGreaterThanOrEqual(0);
    expect(z).toBeLessThan(1);
  }
});

test('a trial is cut to 12 s with its peak in the middle', () => {
  const samples = Array.from({ length: 1000 }, (_, i) => [0, 0, i === 700 ? 5 : 1] as const);
  const trial: Trial = {
    set: 'any',
    subject: 'U01',
    isElder: false,
    isFall: false,
    activity: 'D01',
    part: '',
    site: 'wrist',
    rateHz: 25,
    samples,
  };
  const piece = cut(trial).samples;
  expect(piece).toHaveLength(300);
  expect(peakIndex(piece)).toBe(150);
  expect(strengthG(piece[150] ?? [0, 0, 0])).toBe(5);
});
