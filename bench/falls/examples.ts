import { geotecTrials } from '../../app/evaluate/recordings/falls/geotec.ts';
import { sisFallTrials } from '../../app/evaluate/recordings/falls/sisfall.ts';
import { smartFallTrials } from '../../app/evaluate/recordings/falls/smartfallmm.ts';
import { cut, type Sample, type Trial } from '../../app/evaluate/recordings/falls/trial.ts';
import { umaFallTrials } from '../../app/evaluate/recordings/falls/umafall.ts';
import { wedaFallTrials } from '../../app/evaluate/recordings/falls/weda-fall.ts';
import { type Features, featuresOf } from '../../rules/fall/features.ts';
import { type Window, windowOf } from '../../rules/fall/window.ts';
import { chance } from './chance.ts';

export type Site = Trial['site'];

/** What the model sees of a trial. */
export type Seen = { readonly features: Features; readonly window: Window };

/** A trial as it is scored, and the same as other bands might have sent it, for learning only. */
export type Judged = {
  readonly trial: Trial;
  readonly seen: Seen;
  readonly variants: readonly Seen[];
  readonly weight: number;
};

/** Every trial of the site, each cut to 12 s round its peak. */
export async function trialsOf(dataDir: string, site: Site): Promise<Trial[]> {
  const uma = await umaFallTrials(`${dataDir}/umafall`, site);
  if (site === 'waist') return [...(await sisFallTrials(`${dataDir}/sisfall`)), ...uma].map(cut);
  const weda = `${dataDir}/weda-fall`;
  const at40 = (await wedaFallTrials(weda, 40)).map((trial) => ({ ...trial, part: '40 Hz' }));
  const smart = await smartFallTrials(`${dataDir}/smartfallmm-watch`);
  const geotec = await geotecTrials(`${dataDir}/geotec-watch-adl`);
  return [...(await wedaFallTrials(weda, 25)), ...at40, ...uma, ...smart, ...geotec].map(cut);
}

/** With what is seen of each, and of `variants` others of it, and weighted. */
export function judged(trials: readonly Trial[], variants: number, seed: number): Judged[] {
  const random = chance(seed);
  const weights = weightsOf(trials);
  return trials.map((trial, i) => ({
    trial,
    seen: seenOf(trial),
    variants: Array.from({ length: variants }, () => seenOf(varied(trial, random))),
    weight: weights[i] ?? 1,
  }));
}

function seenOf({ rateHz, site, samples }: Trial): Seen {
  const window = windowOf({ rateHz, site, samples });
  return { features: featuresOf(window), window };
}

/** Another rate (18 to 52 Hz) and phase, 4 % stronger or weaker, a little cut off either end. */
function varied(trial: Trial, random: () => number): Trial {
  const { samples, rateHz } = trial;
  const durationS = (samples.length - 1) / rateHz;
  const shorten = () => (random() < 0.5 ? random() * Math.min(1.5, 0.12 * durationS) : random() * 0.05);
  const otherHz = 18 + 34 * random();
  const scale = 1 + 0.04 * (2 * random() - 1);
  const [fromS, toS] = [shorten(), durationS - shorten()];
  const others: Sample[] = [];
  for (let atS = fromS; atS <= toS; atS += 1 / otherHz) {
    const at = atS * rateHz;
    const i = Math.min(samples.length - 1, Math.floor(at));
    const here = samples[i] ?? [0, 0, 0];
    const next = samples[i + 1] ?? here;
    const value = (axis: 0 | 1 | 2) => scale * (here[axis] + (at - i) * (next[axis] - here[axis]));
    others.push([value(0), value(1), value(2)]);
  }
  return { ...trial, rateHz: otherHz, samples: others.length > 0 ? others : samples };
}

/** A set counts by the root of its size. Elders' daily life counts double, the falls of the sets with few of them 1.5 and 2.5 times. */
function weightsOf(trials: readonly Trial[]): number[] {
  const classOf = ({ set, isFall }: Trial) => `${set} ${isFall}`;
  const sizes = Map.groupBy(trials, classOf);
  const raw = trials.map((trial) => {
    const size = sizes.get(classOf(trial))?.length ?? 1;
    return Math.sqrt(100 / size) * (trial.isElder ? 2 : 1) * (trial.part === 'gappy' ? 0.5 : 1) * fallWeight(trial);
  });
  const mean = raw.reduce((sum, weight) => sum + weight, 0) / raw.length;
  return raw.map((weight) => weight / mean);
}

function fallWeight({ isFall, set, site }: Trial): number {
  if (!isFall || site === 'waist') return 1;
  return set === 'smartfallmm-watch' ? 1.5 : set === 'umafall' ? 2.5 : 1;
}
