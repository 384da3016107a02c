import { columnsOf, rowsOf } from './csv.ts';
import type { Sample, Trial } from './trial.ts';

const countsPerG = 256;
const rateHz = 50;

/** SisFall (Sucerquia et al. 2017): waist, 50 Hz (every fourth of 200), young people's falls and elders' daily life. */
export async function sisFallTrials(dir: string): Promise<Trial[]> {
  const found = new Map<string, Sample[]>();
  for (const file of ['falls_accel_50Hz.csv', 'adl_accel_50Hz.csv']) {
    for await (const [subject, activity, trial, _i, x, y, z] of columnsOf(dir, file)) {
      const key = `${subject} ${activity} ${trial}`;
      const samples = found.get(key) ?? [];
      if (samples.length === 0) found.set(key, samples);
      samples.push([Number(x) / countsPerG, Number(y) / countsPerG, Number(z) / countsPerG]);
    }
  }
  const trials: Trial[] = [];
  for await (const { subject = '', activity = '', trial, age_group, is_fall } of rowsOf(dir, 'trials.csv')) {
    const samples = found.get(`${subject} ${activity} ${trial}`);
    if (samples === undefined) continue;
    const who = { set: 'sisfall', subject, activity, part: '', isElder: age_group?.startsWith('eld') === true };
    trials.push({ ...who, isFall: is_fall === '1', site: 'waist', rateHz, samples });
  }
  return trials;
}
