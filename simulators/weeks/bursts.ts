import type { Random } from '../random.ts';

/** Acceleration in g: x, y, z. */
export type Sample = [number, number, number];

export const rateHz = 50;
/** Uploaded: two seconds before something sudden to fifteen after. */
export const beforeS = 2;
const seconds = 17;
const length = seconds * rateHz;
const at = beforeS * rateHz;

/**
 * Acceleration of the wrist round something sudden. The shapes follow the phases of Noury et al. (EMBC 2007:
 * fall, impact, rest), with the spread that recorded sets show; they are made up and stand for no data set. That is what
 * `--recordings` is for: here bursts only have to meet the rest of a life (links, clocks, several a day).
 */
export function fallBurst(random: Random, clipsAtG: number): Sample[] {
  const burst = new Burst(random);
  burst.walking(0, at);
  const fallFrom = at - Math.round(random.between(0.25, 0.6) * rateHz);
  burst.scale(fallFrom, at, random.between(0.25, 0.8));
  const peakG = random.chance(0.15) ? random.between(1.4, 2.6) : random.between(2.8, 8);
  burst.hit(at, peakG);
  for (let bounce = random.whole(0, 2); bounce > 0; bounce--) {
    burst.hit(at + random.whole(5, 25), peakG * random.between(0.25, 0.5));
  }
  burst.turn(at + 8, random.between(0.4, 2.4));
  burst.shake(at, at + Math.round(random.between(0.8, 2.5) * rateHz), random.between(0.1, 0.4));
  // Some lie still, some try to get up from the start.
  burst.shake(at + 2 * rateHz, length, random.chance(0.75) ? random.between(0.01, 0.03) : random.between(0.05, 0.15));
  return burst.clipped(clipsAtG);
}

/** What people do all day that also hits the wrist hard: sits down, claps, knocks, swings a door shut. */
export function activityBurst(random: Random, clipsAtG: number): Sample[] {
  const burst = new Burst(random);
  const kind = random.pick(['sit', 'sit', 'clap', 'knock', 'swing']);
  burst.shake(0, at, random.between(0.03, 0.2));
  if (kind === 'sit') sit(burst, random);
  else if (kind === 'clap') clap(burst, random);
  else if (kind === 'knock') burst.hit(at, random.between(2, 6), 2);
  else burst.swing(at, at + Math.round(0.5 * rateHz), random.between(1.5, 4));
  const isRestless = kind !== 'sit' || random.chance(0.7);
  burst.shake(at + rateHz, length, isRestless ? random.between(0.05, 0.3) : random.between(0.01, 0.05));
  return burst.clipped(clipsAtG);
}

function sit(burst: Burst, random: Random): void {
  burst.scale(at - Math.round(0.3 * rateHz), at, random.between(0.7, 0.95));
  burst.hit(at, random.between(1.2, 3.2));
  burst.turn(at, random.between(0, 1));
}

function clap(burst: Burst, random: Random): void {
  const everyS = random.between(0.25, 0.45);
  const times = random.whole(4, 20);
  for (let clap = 0; clap < times; clap++) {
    burst.hit(at + Math.round(clap * everyS * rateHz), random.between(1.5, 4.5), 2);
  }
}

/** A window that is drawn into; starts as an arm at rest. */
class Burst {
  readonly #samples: Sample[];
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
    const down = direction(random);
    this.#samples = Array.from({ length }, (): Sample => [...down]);
  }

  walking(from: number, to: number): void {
    const swingG = this.#random.between(0.05, 0.25);
    this.#each(from, to, ([x, y, z], index) => [x, y, z + swingG * Math.sin((2 * Math.PI * 1.8 * index) / rateHz)]);
    this.shake(from, to, 0.04);
  }

  scale(from: number, to: number, by: number): void {
    this.#each(from, to, ([x, y, z]) => [x * by, y * by, z * by]);
  }

  /** A half sine of `width` samples each side of the middle. */
  hit(middle: number, peakG: number, width = 3): void {
    const [dx, dy, dz] = direction(this.#random);
    this.#each(middle - width, middle + width + 1, ([x, y, z], index) => {
      const g = peakG * Math.cos(((index - middle) / (width + 1)) * (Math.PI / 2));
      return [x + g * dx, y + g * dy, z + g * dz];
    });
  }

  swing(from: number, to: number, peakG: number): void {
    const [dx, dy, dz] = direction(this.#random);
    this.#each(from, to, ([x, y, z], index) => {
      const g = peakG * Math.sin((Math.PI * (index - from)) / (to - from));
      return [x + g * dx, y + g * dy, z + g * dz];
    });
  }

  /** From here on gravity points elsewhere. */
  turn(from: number, angleRad: number): void {
    const [sin, cos] = [Math.sin(angleRad), Math.cos(angleRad)];
    this.#each(from, length, ([x, y, z]) => [x * cos - z * sin, y, x * sin + z * cos]);
  }

  shake(from: number, to: number, sigmaG: number): void {
    const noise = () => this.#random.gaussian(sigmaG);
    this.#each(from, to, ([x, y, z]) => [x + noise(), y + noise(), z + noise()]);
  }

  clipped(atG: number): Sample[] {
    const clip = (g: number) => Number(Math.min(atG, Math.max(-atG, g)).toFixed(3));
    return this.#samples.map(([x, y, z]) => [clip(x), clip(y), clip(z)]);
  }

  #each(from: number, to: number, change: (sample: Sample, index: number) => Sample): void {
    for (let index = Math.max(0, from); index < Math.min(length, to); index++) {
      this.#samples[index] = change(this.#samples[index]!, index); // within the bounds of the loop
    }
  }
}

function direction(random: Random): Sample {
  const z = random.between(-1, 1);
  const angle = random.between(0, 2 * Math.PI);
  const flat = Math.sqrt(1 - z * z);
  return [flat * Math.cos(angle), flat * Math.sin(angle), z];
}
