import { Directory } from '../../../../model/directory.ts';
import type { Reading } from '../../../../model/reading.ts';
import { fall } from '../../../../rules/fall.ts';
import { buildHousehold } from '../../../../rules/household.ts';
import type { Score } from '../recording.ts';
import { cut, peakIndex, strengthG, type Trial } from './trial.ts';

const naiveAboveG = 3;
const startMs = Date.UTC(2026, 0, 1);

/** What the rule is compared with: an alert whenever a sample is above 3 g. */
export function naive(trial: Trial): boolean {
  const { samples } = cut(trial);
  const peak = samples[peakIndex(samples)];
  return peak !== undefined && strengthG(peak) > naiveAboveG;
}

/** Sends the trial, cut to 12 s round its peak, to the rule as a band would: is a fall suspected? */
export function suspects(trial: Trial): boolean {
  const { samples, rateHz, site } = cut(trial);
  if (samples.length === 0) return false;
  const receivedAtMs = startMs + Math.ceil((1000 * samples.length) / rateHz);
  const reading: Reading = {
    id: `band:${startMs}`,
    deviceId: 'band',
    kind: 'wristband',
    subjectId: 'resident',
    lane: 'burst',
    takenAtMs: startMs,
    receivedAtMs,
    late: false,
    facts: { burst: { rateHz, site, samples } },
  };
  const { signals = [] } = fall.step(home, fall.initial, { kind: 'reading', reading, nowMs: receivedAtMs });
  return signals.some(({ effect, type }) => effect === 'raise' && type === 'fall');
}

const home = homeWithBand();

function homeWithBand() {
  const directory = new Directory();
  const home = { lat: 24.4451, lon: 118.0823, datum: 'WGS84' as const };
  const resident = { id: 'resident', name: 'resident', areaId: 'area', home, contacts: [] };
  directory.apply({ kind: 'residents', id: 'resident', entity: resident });
  directory.apply({ kind: 'devices', id: 'band', entity: { id: 'band', kind: 'wristband', residentId: 'resident' } });
  return buildHousehold(directory, 'resident', 'Asia/Shanghai');
}

/** Sensitivity and specificity of the rule and of "peak above 3 g", and the specificity for elders where there are any. */
export function scored(set: string, trials: readonly Trial[]): Score[] {
  const falls = trials.filter(({ isFall }) => isFall);
  const others = trials.filter(({ isFall }) => !isFall);
  const elders = others.filter(({ isElder }) => isElder);
  const rules = [
    { rule: 'fall', says: suspects },
    { rule: 'peak above 3 g', says: naive },
  ];
  return rules.flatMap(({ rule, says }) => {
    const share = (figure: string, of: readonly Trial[], hits: (trial: Trial) => boolean): Score[] =>
      of.length === 0 ? [] : [{ set, rule, figure, value: percent(of.filter(hits).length, of.length), of: of.length }];
    const isQuiet = (trial: Trial) => !says(trial);
    return [
      ...share('sensitivity %', falls, says),
      ...share('specificity %', others, isQuiet),
      ...share('specificity of elders %', elders, isQuiet),
    ];
  });
}

function percent(count: number, of: number): number {
  return Math.round((1000 * count) / of) / 10;
}
