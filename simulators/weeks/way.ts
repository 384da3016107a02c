import type { Random } from '../random.ts';
import { atHome, metresApart, type Place, placeAt } from './ground-truth.ts';

/** Where somebody is from one moment to the next: straight lines between the points, at rest after the last. */
export type Way = readonly (Place & { readonly atMs: number })[];

export const walkMps = { least: 0.6, most: 1.1 };
const secondMs = 1000;

/** Puts a way together leg by leg. */
export class WayMaker {
  readonly #points: (Place & { atMs: number })[];

  constructor(atMs: number, from: Place = atHome) {
    this.#points = [{ ...from, atMs }];
  }

  get here(): Place & { readonly atMs: number } {
    return this.#points.at(-1)!; // never empty
  }

  to(place: Place, mps: number): this {
    const { atMs } = this.here;
    this.#points.push({ ...place, atMs: atMs + (metresApart(this.here, place) / mps) * secondMs });
    return this;
  }

  rest(ms: number): this {
    if (ms > 0) this.#points.push({ ...this.here, atMs: this.here.atMs + ms });
    return this;
  }

  get way(): Way {
    return this.#points;
  }
}

/** Interpolated; at the first point before the way began. */
export function placeOn(way: Way, atMs: number): Place {
  let low = 0;
  let high = way.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (way[middle]!.atMs < atMs)
      low = middle + 1; // both indices stay within
    else high = middle;
  }
  const to = way[low] ?? { ...atHome, atMs };
  const from = way[low - 1];
  if (from === undefined || atMs >= to.atMs) return to;
  const done = (atMs - from.atMs) / (to.atMs - from.atMs);
  return {
    eastM: from.eastM + (to.eastM - from.eastM) * done,
    northM: from.northM + (to.northM - from.northM) * done,
  };
}

export function endOf(way: Way): number {
  return way.at(-1)?.atMs ?? 0;
}

/** An ordinary walk of about `ms` through `stops`, with a bench at each. */
export function strollThrough(fromMs: number, ms: number, stops: readonly Place[], mps: number): Way {
  const lengthM = [...stops, atHome].reduce(({ from, sum }, to) => ({ from: to, sum: sum + metresApart(from, to) }), {
    from: atHome,
    sum: 0,
  }).sum;
  const restMs = Math.max(0, ms - (lengthM / mps) * secondMs) / Math.max(1, stops.length);
  const maker = new WayMaker(fromMs);
  for (const stop of stops) maker.to(stop, mps).rest(restMs);
  return maker.to(atHome, mps).way;
}

/** Out on foot in one direction, about there for a while, and brought home by car. */
export function goneOnFoot(fromMs: number, random: Random): Way {
  const mps = random.between(walkMps.least, walkMps.most);
  const target = placeAt(random.between(0, 2 * Math.PI), random.between(800, 2_200));
  const maker = new WayMaker(fromMs).to(target, mps);
  for (let leg = random.whole(2, 6); leg > 0; leg--) {
    maker.to(placeAt(random.between(0, 2 * Math.PI), random.between(50, 200), target), mps);
    maker.rest(random.between(2, 8) * 60 * secondMs);
  }
  return maker.to(atHome, 6).way;
}

/** By bus or taxi, some kilometres, an hour or three, and back. */
export function goneByVehicle(fromMs: number, random: Random): Way {
  const mps = random.between(6, 12);
  const target = placeAt(random.between(0, 2 * Math.PI), random.between(3_000, 10_000));
  return new WayMaker(fromMs)
    .to(target, mps)
    .rest(random.between(60, 180) * 60 * secondMs)
    .to(atHome, mps).way;
}

export type WanderingKind = 'pacing' | 'lapping' | 'random';

export type Wandering = {
  readonly fromMs: number;
  readonly forMs: number;
  /** What they circle about. */
  readonly round: Place;
  readonly kind: WanderingKind;
};

/** The patterns of Martino-Saltzman (1991), walked to from home and back. */
export function wandering({ fromMs, forMs, round, kind }: Wandering, random: Random): Way {
  const mps = random.between(walkMps.least, walkMps.most);
  const maker = new WayMaker(fromMs).to(round, mps);
  const untilMs = maker.here.atMs + forMs;
  const bearingRad = random.between(0, 2 * Math.PI);
  const sizeM = random.between(40, 70);
  for (let leg = 0; maker.here.atMs < untilMs; leg++) maker.to(nextCorner(kind, leg, bearingRad, sizeM), mps);
  return maker.to(atHome, mps).way;

  function nextCorner(pattern: WanderingKind, leg: number, startRad: number, metres: number): Place {
    const jitterM = random.between(-5, 5);
    if (pattern === 'pacing') return placeAt(startRad + (leg % 2) * Math.PI, metres / 1.5 + jitterM, round);
    if (pattern === 'lapping') return placeAt(startRad + (leg * Math.PI) / 4, metres + jitterM, round);
    return placeAt(random.between(0, 2 * Math.PI), random.between(15, metres * 1.4), round);
  }
}
