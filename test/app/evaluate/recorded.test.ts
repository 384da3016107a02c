import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { recordedScores } from '../../../app/evaluate/recorded.ts';
import type { Recording } from '../../../app/evaluate/recordings/recording.ts';
import { formatRecorded } from '../../../app/evaluate/table.ts';
import { removeFolder, temporaryFolder } from '../../support/service.ts';

const folder = temporaryFolder();
afterAll(() => removeFolder(folder));
mkdirSync(join(folder, 'walks'));

const recording = (name: string): Recording => ({
  folder: name,
  async score(dir, progress) {
    progress('one of one');
    return [{ set: basename(dir), rule: 'ours', figure: 'false exits', value: 0.25, of: 8 }];
  },
});

test('a data set whose folder is there is scored, another is left out, and progress says which', async () => {
  const heard: string[] = [];
  const scores = await recordedScores(folder, (line) => heard.push(line), [recording('falls'), recording('walks')]);
  expect(scores.map(({ set }) => set)).toEqual(['walks']);
  expect(heard).toEqual(['walks: one of one']);
  expect(formatRecorded(scores).split('\n')).toEqual([
    'recording  rule  figure       value',
    'walks      ours  false exits  0.250 of 8',
  ]);
});
