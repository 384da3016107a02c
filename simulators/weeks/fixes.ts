import type { LatLon } from '../../model/geo.ts';
import { moved } from '../ground.ts';
import type { Random } from '../random.ts';
import type { Place } from './ground-truth.ts';

/** A position as a band reports it. */
export type ReportedFix = LatLon & { readonly accuracyM: number; readonly source: 'gnss' | 'wifi' | 'cell' };

type SourceName = 'gnss' | 'wifi' | 'cell' | 'multipath';
type Mix = readonly { readonly name: SourceName; readonly share: number; readonly r68M: number }[];

/** Indoors: the noise model the defaults of the safe-zone rule were chosen on. */
const indoors: Mix = [
  { name: 'gnss', share: 0.6, r68M: 12 },
  { name: 'wifi', share: 0.33, r68M: 45 },
  { name: 'cell', share: 0.05, r68M: 450 },
  { name: 'multipath', share: 0.02, r68M: 180 },
];
/**
 * Under the sky: A-GPS of a phone has a median error of 8 m, Wi-Fi 74 m, cell 600 m (Zandbergen, Trans. GIS 2009); how often each is
 * used outdoors is our assumption.
 */
const outdoors: Mix = [
  { name: 'gnss', share: 0.87, r68M: 10 },
  { name: 'wifi', share: 0.09, r68M: 60 },
  { name: 'cell', share: 0.03, r68M: 500 },
  { name: 'multipath', share: 0.01, r68M: 180 },
];
/** A reflected signal is as sure of itself as a good one: 180 m wrong, reported as 25 m. */
const multipathClaimsM = 25;
/** The correlation time of every error. */
const tauMs = 300_000;
/** 68 % of a circular normal error lie within 1.51 sigma. */
const sigmasIn68 = 1.51;
/** Outdoors a source is kept this long on average: the sky opens and closes as one walks. */
const outdoorsKeepsMs = 60_000;

/**
 * The receiver of one band. Its source persists (for `driftMs` on average, exponentially), and its error is a
 * first-order Gauss-Markov process, so that several fixes in a row are wrong together: counting votes alone is then not enough.
 */
export class Receiver {
  readonly #driftMs: number;
  readonly #isCanyon: boolean;
  readonly #random: Random;
  #kind: Mix[number] = indoors[0]!; // the tables are not empty
  #wasIndoors = true;
  #atMs = Number.NEGATIVE_INFINITY;
  #unitEast = 0;
  #unitNorth = 0;

  constructor(driftMs: number, isCanyon: boolean, random: Random) {
    this.#driftMs = driftMs;
    this.#isCanyon = isCanyon;
    this.#random = random;
  }

  /** What it says at `atMs`, really being at `place` metres from `home`. */
  fixAt(home: LatLon, place: Place, isIndoors: boolean, atMs: number): ReportedFix {
    this.#age(atMs, isIndoors);
    const { name, r68M } = this.#kind;
    const sigmaM = r68M / sigmasIn68;
    const { lat, lon } = moved(home, place.eastM + sigmaM * this.#unitEast, place.northM + sigmaM * this.#unitNorth);
    // What a receiver thinks of its error scatters round the truth by a third or so.
    const claimsM = (name === 'multipath' ? multipathClaimsM : r68M) * Math.exp(this.#random.gaussian(0.3));
    const source = name === 'multipath' ? 'gnss' : name;
    return { lat: Number(lat.toFixed(6)), lon: Number(lon.toFixed(6)), accuracyM: Math.round(claimsM), source };
  }

  #age(atMs: number, isIndoors: boolean): void {
    const sinceMs = atMs - this.#atMs;
    this.#atMs = atMs;
    const keepsMs = isIndoors ? this.#driftMs : outdoorsKeepsMs;
    const isKept = isIndoors === this.#wasIndoors && this.#random.chance(Math.exp(-sinceMs / keepsMs));
    this.#wasIndoors = isIndoors;
    const kept = isKept ? Math.exp(-sinceMs / tauMs) : 0;
    if (!isKept) this.#kind = drawn(isIndoors || this.#isCanyon ? indoors : outdoors, this.#random);
    const fresh = Math.sqrt(1 - kept * kept);
    this.#unitEast = kept * this.#unitEast + fresh * this.#random.gaussian(1);
    this.#unitNorth = kept * this.#unitNorth + fresh * this.#random.gaussian(1);
  }
}

function drawn(mix: Mix, random: Random): Mix[number] {
  let left = random.next();
  for (const kind of mix) {
    left -= kind.share;
    if (left < 0) return kind;
  }
  return mix[0]!; // rounding: the shares sum to one
}
