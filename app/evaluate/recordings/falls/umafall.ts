import { columnsOf, rowsOf } from './csv.ts';
import { evenly, type Stamped, type Trial } from './trial.ts';
import { stampedAt } from './weda-fall.ts';

const rateHz = 20;
const elderFromAge = 60;

/** UMAFall (Casilari et al. 2017): SensorTags on wrist and waist, 20 Hz over Bluetooth, samples repeated or missing. */
export async function umaFallTrials(dir: string, site: 'wrist' | 'waist'): Promise<Trial[]> {
  const stamped = new Map<string, Stamped>();
  for await (const [file = '', tMs, x, y, z] of columnsOf(dir, `${site}_accel.csv`)) {
    const { atS, samples } = stampedAt(stamped, file);
    atS.push(Number(tMs) / 1000);
    samples.push([Number(x), Number(y), Number(z)]);
  }
  const trials: Trial[] = [];
  for await (const { file_no = '', subject = '', age, activity = '', is_fall } of rowsOf(dir, 'trials.csv')) {
    const found = stamped.get(file_no);
    if (found === undefined) continue;
    const who = { set: 'umafall', subject, activity, part: '', isElder: Number(age) >= elderFromAge };
    trials.push({ ...who, isFall: is_fall === '1', site, rateHz, samples: evenly(found, rateHz) });
  }
  return trials;
}
