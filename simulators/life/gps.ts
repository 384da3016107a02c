import type { LatLon } from '../../model/geo.ts';
import { moved, towards } from '../ground.ts';
import type { Random } from '../random.ts';

export type Fix = LatLon & { readonly accuracyM: number; readonly source: 'gnss' | 'wifi' };

/** A receiver that knows it is lost says so; one in so many claims to be right. */
const outlierShare = 0.01;
const lyingShare = 0.1;

/** What a band reports when it really is at `place`. Error and reported accuracy (68 % radius) fit each other. */
export function fixAt(place: LatLon, source: Fix['source'], random: Random): Fix {
  if (random.chance(outlierShare)) return outlier(place, source, random);
  const accuracyM = source === 'gnss' ? random.between(4, 14) : random.between(15, 40);
  // 68 % of a circular normal error lie within 1.51 sigma.
  const sigma = accuracyM / 1.51;
  return reported(moved(place, random.gaussian(sigma), random.gaussian(sigma)), accuracyM, source);
}

function outlier(place: LatLon, source: Fix['source'], random: Random): Fix {
  const offM = random.between(150, 400);
  const accuracyM = random.chance(lyingShare) ? random.between(8, 25) : offM * random.between(0.8, 1.5);
  return reported(towards(place, random.between(0, 2 * Math.PI), offM), accuracyM, source);
}

function reported({ lat, lon }: LatLon, accuracyM: number, source: Fix['source']): Fix {
  return { lat: Number(lat.toFixed(6)), lon: Number(lon.toFixed(6)), accuracyM: Math.round(accuracyM), source };
}
