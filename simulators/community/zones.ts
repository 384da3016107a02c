import type { CommunityDocument } from '../../model/community.ts';
import type { LatLon, Shape } from '../../model/geo.ts';
import type { Resident } from '../../model/people.ts';
import { moved, ringAround, towards } from '../ground.ts';
import { centre } from './places.ts';

type Zone = CommunityDocument['zones'][number];

export const safeRadiusM = 300;
const polygonRadiusM = 380;
/** The building site stands apart from where anybody walks. */
const holeDistanceM = 320;
const holeRadiusM = 30;
const polygonEvery = 7;

/** The safe zone of a resident: a circle around home, for every seventh a polygon with a hole. */
export function zoneOf(resident: Resident, index: number): Zone {
  const { lat, lon, datum } = resident.home;
  const isPolygon = index % polygonEvery === polygonEvery - 1;
  const shape: Shape = isPolygon
    ? withHole({ lat, lon })
    : { type: 'circle', center: { lat, lon }, radiusM: safeRadiusM };
  return { id: `${resident.id}-safe`, residentId: resident.id, name: '安全区', kind: 'safe', shape, datum };
}

function withHole(home: LatLon): Shape {
  const hole = ringAround(towards(home, Math.PI / 3, holeDistanceM), holeRadiusM, 6);
  // GeoJSON winds holes the other way round.
  return { type: 'Polygon', coordinates: [ringAround(home, polygonRadiusM, 12), hole.toReversed()] };
}

/** The water to the west, out of reach of every safe walk, forbidden for everybody in the area. */
export function water(areaId: string): Zone {
  const ring = ringAround(moved(centre, -1_500, 0), 400, 16);
  return {
    id: `${areaId}-water`,
    areaId,
    name: '水域',
    kind: 'forbidden',
    shape: { type: 'Polygon', coordinates: [ring] },
    datum: 'WGS84',
  };
}
