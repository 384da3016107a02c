import type { Alert, AlertType } from '../model/alert.ts';
import { toWgs84 } from '../model/datum.ts';
import type { LatLon } from '../model/geo.ts';
import type { Resident } from '../model/people.ts';

/** What happens away from home: the place is where she was last seen. */
export const outside: readonly AlertType[] = ['zoneExit', 'zoneEnterForbidden', 'wandering', 'missing', 'contactLost'];

/** Where somebody has to go, WGS-84. */
export type Destination = {
  readonly place: 'lastSeen' | 'home';
  readonly at: LatLon;
  readonly accuracyM?: number;
};

export function destinationOf({ type, position }: Alert, resident: Resident): Destination {
  if (position === undefined || !outside.includes(type))
    return { place: 'home', at: toWgs84(resident.home, resident.home.datum) };
  const { lat, lon, accuracyM } = position;
  return { place: 'lastSeen', at: { lat, lon }, ...(accuracyM !== undefined && { accuracyM }) };
}
