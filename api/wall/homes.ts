import type { Datum, LatLon } from '../../model/geo.ts';
import type { Resident } from '../../model/people.ts';
import { placeBetween } from '../in-datum.ts';

type Home = Resident['home'];
/** A record that changes is another object, so what was worked out for one holds as long as it lives. */
const known: Readonly<Record<Datum, WeakMap<Home, LatLon>>> = {
  WGS84: new WeakMap(),
  GCJ02: new WeakMap(),
  BD09: new WeakMap(),
};

/** Where a home is on a map of a datum. Going back to WGS-84 is found by trial, so it is worked out once for each home. */
export function homeIn(home: Home, datum: Datum): LatLon {
  const found = known[datum].get(home);
  if (found !== undefined) return found;
  const at = placeBetween(home, home.datum, datum);
  known[datum].set(home, at);
  return at;
}
