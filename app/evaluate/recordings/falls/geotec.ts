import { columnsOf } from './csv.ts';
import { evenly, type Stamped, type Trial } from './trial.ts';
import { stampedAt } from './weda-fall.ts';

const gravityMps2 = 9.80665;
const rateHz = 104;

/** GeoTec (Matey-Sanz et al. 2023): a watch at 104 Hz while people sit, stand up, walk and turn. No falls. */
export async function geotecTrials(dir: string): Promise<Trial[]> {
  const stamped = new Map<string, Stamped>();
  for await (const [subject, execution, tS, x, y, z] of columnsOf(dir, 'watch_accel.csv')) {
    const { atS, samples } = stampedAt(stamped, `${subject} ${execution}`);
    atS.push(Number(tS));
    samples.push([Number(x) / gravityMps2, Number(y) / gravityMps2, Number(z) / gravityMps2]);
  }
  return [...stamped].map(([key, found]) => {
    const [subject = '', activity = ''] = key.split(' ');
    const who = { set: 'geotec-watch-adl', subject, activity, part: '', isElder: false, isFall: false };
    return { ...who, site: 'wrist', rateHz, samples: evenly(found, rateHz) };
  });
}
