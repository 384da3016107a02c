import { scored } from './falls/score.ts';
import { wedaFallTrials } from './falls/weda-fall.ts';
import type { Recording, Score } from './recording.ts';

/** Falls on the wrist, at 25 and at 40 Hz. */
export const wedaFall: Recording = {
  folder: 'weda-fall',
  async score(dir, progress) {
    const scores: Score[] = [];
    for (const rateHz of [25, 40] as const) {
      progress(`weda-fall at ${rateHz} Hz`);
      scores.push(...scored(`weda-fall ${rateHz} Hz`, await wedaFallTrials(dir, rateHz)));
    }
    return scores;
  },
};
