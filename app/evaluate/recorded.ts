import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../model/errors.ts';
import { recordings } from './recordings/index.ts';
import type { Recording, Score } from './recordings/recording.ts';

/**
 * Scores every data set whose folder lies in `dir`; what is not there is left out. Throws AppError when there is no such
 * folder.
 *
 * @param progress hears how far each set is, a line at a time
 */
export async function recordedScores(
  dir: string,
  progress: (line: string) => void,
  known: readonly Recording[] = recordings,
): Promise<Score[]> {
  if (!existsSync(dir)) throw new AppError('notFound', `there is no folder ${dir}`);
  const scores: Score[] = [];
  for (const { folder, score } of known) {
    if (!existsSync(join(dir, folder))) continue;
    scores.push(...(await score(join(dir, folder), (line) => progress(`${folder}: ${line}`))));
  }
  return scores;
}
