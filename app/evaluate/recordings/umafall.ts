import { scored } from './falls/score.ts';
import { umaFallTrials } from './falls/umafall.ts';
import type { Recording, Score } from './recording.ts';

/** Falls on wrist and waist at 20 Hz. */
export const umaFall: Recording = {
  folder: 'umafall',
  async score(dir, progress) {
    const scores: Score[] = [];
    for (const site of ['wrist', 'waist'] as const) {
      progress(`umafall, ${site}`);
      scores.push(...scored(`umafall ${site}`, await umaFallTrials(dir, site)));
    }
    return scores;
  },
};
