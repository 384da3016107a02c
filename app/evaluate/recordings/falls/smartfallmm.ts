import { columnsOf, rowsOf } from './csv.ts';
import { evenly, type Stamped, type Trial } from './trial.ts';
import { stampedAt } from './weda-fall.ts';

const gravityMps2 = 9.80665;
const rateHz = 32;

/** SmartFallMM (Ngu et al.), watch: mild falls of young people, daily life of elders, a clock that stutters. Suspect trials are left out. */
export async function smartFallTrials(dir: string): Promise<Trial[]> {
  const stamped = new Map<string, Stamped>();
  for await (const [subject, activity, trial, tS, x, y, z] of columnsOf(dir, 'watch_accel.csv')) {
    const { atS, samples } = stampedAt(stamped, `${subject} ${activity} ${trial}`);
    atS.push(Number(tS));
    samples.push([Number(x) / gravityMps2, Number(y) / gravityMps2, Number(z) / gravityMps2]);
  }
  const trials: Trial[] = [];
  for await (const row of rowsOf(dir, 'trials.csv')) {
    const { subject = '', activity = '', trial, age_group, is_fall, quality = '' } = row;
    const found = stamped.get(`${subject} ${activity} ${trial}`);
    if (found === undefined || quality === 'suspect') continue;
    const who = { set: 'smartfallmm-watch', subject, activity, part: quality, isElder: age_group === 'elder' };
    trials.push({ ...who, isFall: is_fall === '1', site: 'wrist', rateHz, samples: evenly(found, rateHz) });
  }
  return trials;
}
