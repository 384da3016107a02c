import { scored } from './falls/score.ts';
import { smartFallTrials } from './falls/smartfallmm.ts';
import type { Recording } from './recording.ts';

/** Mild falls under a watch with a poor clock: the recordings that are whole, and all that are in order. */
export const smartFallWatch: Recording = {
  folder: 'smartfallmm-watch',
  async score(dir, progress) {
    progress('smartfallmm-watch');
    const all = await smartFallTrials(dir);
    const whole = all.filter(({ part }) => part === 'ok');
    return [...scored('smartfallmm-watch ok', whole), ...scored('smartfallmm-watch ok+gappy', all)];
  },
};
