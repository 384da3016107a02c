import type { LatLon } from '../../model/geo.ts';

/** South-west and north-east corner, as GeoJSON has it: west, south, east, north. */
export type Bounds = readonly [west: number, south: number, east: number, north: number];

/** About 1 km: an edge says nothing of the home that lies on it. */
const coarseSteps = 100;

export function widened(bounds: Bounds | undefined, { lat, lon }: LatLon): Bounds {
  if (bounds === undefined) return [lon, lat, lon, lat];
  const [west, south, east, north] = bounds;
  return [Math.min(west, lon), Math.min(south, lat), Math.max(east, lon), Math.max(north, lat)];
}

export function middleOf([west, south, east, north]: Bounds): LatLon {
  return { lat: (south + north) / 2, lon: (west + east) / 2 };
}

/** The next hundredths of a degree around them. */
export function coarse([west, south, east, north]: Bounds): Bounds {
  return [stepBelow(west), stepBelow(south), stepAbove(east), stepAbove(north)];
}

function stepBelow(degrees: number): number {
  return Math.floor(degrees * coarseSteps) / coarseSteps;
}

function stepAbove(degrees: number): number {
  return Math.ceil(degrees * coarseSteps) / coarseSteps;
}
