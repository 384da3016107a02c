import { geotecTrials } from './falls/geotec.ts';
import { naive, scored, suspects } from './falls/score.ts';
import type { Trial } from './falls/trial.ts';
import type { Recording, Score } from './recording.ts';

/** A band that streams sends a window of 12 s every 6. */
const windowS = 12;
const everyS = 6;
const secondsADay = 86_400;

/** A watch worn while nobody falls: each execution by itself, and each person's one after the other, as a band streams without end. */
export const geotecWatch: Recording = {
  folder: 'geotec-watch-adl',
  async score(dir, progress) {
    progress('geotec-watch-adl');
    const trials = await geotecTrials(dir);
    return [...scored('geotec-watch-adl', trials), ...streamed(trials)];
  },
};

function streamed(trials: readonly Trial[]): Score[] {
  const [first] = trials;
  if (first === undefined) return [];
  const days = trials.reduce((sum, { samples, rateHz }) => sum + samples.length / rateHz, 0) / secondsADay;
  // One person's executions follow each other; two people's are never joined.
  const people = [...Map.groupBy(trials, ({ subject }) => subject).values()];
  const windows = people.flatMap((own) =>
    windowsOf(
      first,
      own.flatMap(({ samples }) => samples),
    ),
  );
  const rules = [
    { rule: 'fall', says: suspects },
    { rule: 'peak above 3 g', says: naive },
  ];
  return rules.map(({ rule, says }) => ({
    set: 'geotec-watch-adl streamed',
    rule,
    figure: 'suspected per day of such activity',
    value: Math.round((10 * windows.filter(says).length) / days) / 10,
    of: Math.round(windows.length),
  }));
}

function windowsOf(like: Trial, samples: Trial['samples']): Trial[] {
  const length = Math.round(windowS * like.rateHz);
  const step = Math.round(everyS * like.rateHz);
  const count = Math.max(0, Math.floor((samples.length - length) / step) + 1);
  return Array.from({ length: count }, (_, i) => ({ ...like, samples: samples.slice(i * step, i * step + length) }));
}
