import { columnsOf, rowsOf } from './csv.ts';
import { evenly, type Sample, type Stamped, type Trial } from './trial.ts';

const gravityMps2 = 9.80665;

/**
 * WEDA-FALL (Marques and Moreno 2023): Fitbit on the wrist, clipped at 4 g on each axis, young people's falls and the
 * daily life of people up to 95. The 50 Hz folder is never read: there the rate itself gives falls away.
 */
export async function wedaFallTrials(dir: string, rateHz: 25 | 40): Promise<Trial[]> {
  const stamped = new Map<string, Stamped>();
  for await (const [subject, activity, trial, tS, x, y, z] of columnsOf(dir, `accel_${rateHz}Hz.csv`)) {
    const key = `${subject} ${activity} ${trial}`;
    const { atS, samples } = stampedAt(stamped, key);
    atS.push(Number(tS));
    samples.push([Number(x) / gravityMps2, Number(y) / gravityMps2, Number(z) / gravityMps2] satisfies Sample);
  }
  const trials: Trial[] = [];
  for await (const { subject = '', activity = '', trial, age_group, is_fall } of rowsOf(dir, 'trials.csv')) {
    const found = stamped.get(`${subject} ${activity} ${trial}`);
    if (found === undefined) continue;
    const who = {
      set: 'weda-fall',
      subject,
      activity,
      part: '',
      isElder: age_group === 'elder',
      isFall: is_fall === '1',
    };
    trials.push({ ...who, site: 'wrist', rateHz, samples: evenly(found, rateHz) });
  }
  return trials;
}

/** The samples of one trial so far. */
export function stampedAt(all: Map<string, Stamped>, key: string): Stamped {
  const known = all.get(key);
  if (known !== undefined) return known;
  const fresh: Stamped = { atS: [], samples: [] };
  all.set(key, fresh);
  return fresh;
}
