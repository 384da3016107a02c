import { degreesEast } from './geometry.ts';
import type { PreparedZone } from './zones.ts';

/** South, north, the middle meridian and the width on either side of it, in degrees. */
const numbersEach = 4;

/**
 * The zones of one home by what they mean. The boxes of the forbidden ones lie side by side in memory: most people are
 * near none of them, and finding that out must not fetch each zone (20 zones of one of 5,000 homes: 2.5 µs so, 0.2 µs now).
 */
export class HomeZones {
  static readonly none = new HomeZones([]);
  readonly all: readonly PreparedZone[];
  readonly safe: readonly PreparedZone[];
  readonly forbidden: readonly PreparedZone[];
  readonly #boxes: Float64Array;

  constructor(all: readonly PreparedZone[]) {
    this.all = all;
    this.safe = all.filter(({ zone }) => zone.kind === 'safe');
    this.forbidden = all.filter(({ zone }) => zone.kind === 'forbidden');
    const boxes = this.forbidden.map(({ box }) => [box.south, box.north, box.lon, box.halfWidth]);
    this.#boxes = Float64Array.from(boxes.flat());
  }

  /** False: surely in no forbidden zone. `lat`, `lon` in WGS-84. */
  mayBeForbidden(lat: number, lon: number): boolean {
    const boxes = this.#boxes;
    for (let at = 0; at < boxes.length; at += numbersEach) {
      if (lat < boxes[at]! || lat > boxes[at + 1]!) continue; // four numbers each
      if (Math.abs(degreesEast(boxes[at + 2]!, lon)) <= boxes[at + 3]!) return true;
    }
    return false;
  }
}
