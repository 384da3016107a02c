import { scored } from './falls/score.ts';
import { sisFallTrials } from './falls/sisfall.ts';
import type { Recording } from './recording.ts';

/** Falls on the waist at 50 Hz. */
export const sisFall: Recording = {
  folder: 'sisfall',
  async score(dir, progress) {
    progress('sisfall');
    return scored('sisfall', await sisFallTrials(dir));
  },
};
