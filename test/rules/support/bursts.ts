import type { Burst } from '../../../model/reading.ts';
import { judge } from '../../../rules/fall/judge.ts';

type Sample = Burst['samples'][number];
type Motion = (atS: number) => Sample;

/** The same unrest each time: a few sines that never meet. */
const unrest = (atS: number, g: number): Sample => [
  g * Math.sin(37 * atS),
  g * Math.sin(53 * atS + 1),
  g * Math.sin(71 * atS + 2),
];
const plus = (a: Sample, b: Sample): Sample => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
const times = (a: Sample, k: number): Sample => [a[0] * k, a[1] * k, a[2] * k];

const armDown: Sample = [0.05, -0.99, 0.1];
const lying: Sample = [0.8, 0.15, 0.57];
/** When it strikes, from the first sample. */
export const impactAtS = 6;

/** Upright, a third of a second in the air, a blow of 5 g that rings in every direction, and lying still. */
const fallingBy =
  (strength: number): Motion =>
  (atS) => {
    const sinceS = atS - impactAtS;
    if (sinceS < -0.4) return plus(armDown, unrest(atS, 0.05));
    if (sinceS < 0) return plus(times(armDown, 0.3), unrest(atS, 0.1));
    if (sinceS < 0.45) {
      const ringing = Math.exp(-sinceS * 6);
      const blow: Sample = [
        4.2 * Math.cos(31 * sinceS),
        3.3 * Math.cos(23 * sinceS + 0.5),
        3.8 * Math.cos(17 * sinceS),
      ];
      return plus(times(lying, 0.8), times(blow, strength * ringing));
    }
    return plus(lying, unrest(atS, 0.012));
  };

/** Two steps a second, the arm swinging. */
const walking: Motion = (atS) => plus(times(armDown, 1 + 0.35 * Math.sin(4 * Math.PI * atS)), unrest(atS, 0.15));

/** Three claps a second, each as hard as a fall. */
const clapping: Motion = (atS) => {
  const beat = Math.max(0, Math.sin(6 * Math.PI * atS)) ** 12;
  return plus(plus([0.2, -0.4, 0.85], unrest(atS, 0.1)), [3.2 * beat, 0.3 * beat, 0]);
};

const resting: Motion = (atS) => plus(armDown, unrest(atS, 0.01));

function recorded(motion: Motion, rateHz: number, site: Burst['site'], seconds = 12): Burst {
  const samples = Array.from({ length: Math.round(seconds * rateHz) }, (_, i) => motion(i / rateHz));
  return { rateHz, site, samples };
}

export const fallBurst = (rateHz = 25, site: Burst['site'] = 'wrist') => recorded(fallingBy(1), rateHz, site);
/** So mild that the model is not sure. */
export const mildFallBurst = (strength = 0.3) => recorded(fallingBy(strength), 25, 'wrist');
/** The mildest blow at which the model is not sure. */
export const doubtfulBurst = () => {
  const bursts = Array.from({ length: 100 }, (_, i) => mildFallBurst(i / 100));
  const found = bursts.find((burst) => judge(burst).isDoubtful);
  if (found === undefined) throw new Error('the model is sure of every one of them');
  return found;
};
export const walkBurst = (rateHz = 25, site: Burst['site'] = 'wrist') => recorded(walking, rateHz, site);
export const clapBurst = (rateHz = 25) => recorded(clapping, rateHz, 'wrist');
export const restBurst = (rateHz = 25) => recorded(resting, rateHz, 'wrist');
