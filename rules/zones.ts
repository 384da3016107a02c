import type { Zone } from '../model/zone.ts';

/** A zone ready for fast tests: WGS-84, bounding box known, schedule kept. */
export type PreparedZone = {
  readonly zone: Zone;
  /** Metres from the edge: positive outside, negative inside. `lat`, `lon` in WGS-84. */
  signedDistanceM(lat: number, lon: number): number;
  /** Does it count at this moment, in the community's time zone? */
  isActive(atMs: number): boolean;
};
