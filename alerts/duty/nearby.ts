import type { Alert } from '../../model/alert.ts';
import type { Approach, Sighting } from '../../model/dispatch.ts';
import { distanceM } from '../../model/distance.ts';
import type { LatLon } from '../../model/geo.ts';
import type { User } from '../../model/people.ts';
import { destinationOf } from '../place.ts';
import type { Whereabouts } from './whereabouts.ts';

/** Streets are longer than the crow's way. */
const detour = 1.4;
/** On foot; or by e-bike, as most grid workers go, with three minutes to fetch and lock it. */
const onFootMPerMin = 80;
const ridingMPerMin = 250;
const mountingMin = 3;

/** From a sighting to a place. The error of the position counts against: whoever is surely near goes first. */
export function approachTo(place: LatLon, sighting: Sighting): Approach {
  const metres = distanceM(sighting, place) + (sighting.accuracyM ?? 0);
  const wayM = metres * detour;
  const minutes = Math.min(wayM / onFootMPerMin, mountingMin + wayM / ridingMPerMin);
  return { distanceM: Math.round(metres), arrivalMin: Math.max(1, Math.ceil(minutes)), sightedAtMs: sighting.atMs };
}

/** Where an alert needs people, and where they are. */
export type Field = {
  readonly residents: ReadonlyMap<string, Parameters<typeof destinationOf>[1]>;
  readonly whereabouts: Pick<Whereabouts, 'of'>;
  readonly nowMs: number;
};

/** How far somebody is from an alert; undefined when either place is not known. */
export function approachOf(
  userId: string,
  alert: Alert,
  { residents, whereabouts, nowMs }: Field,
): Approach | undefined {
  const resident = residents.get(alert.residentId);
  const sighting = whereabouts.of(userId, nowMs);
  return resident && sighting && approachTo(destinationOf(alert, resident).at, sighting);
}

/** Nearest first; behind them, in the order they came, those of whom nobody knows where they are. */
export function nearestFirst(people: readonly User[], alert: Alert, field: Field): readonly User[] {
  const far = (user: User): number => approachOf(user.id, alert, field)?.distanceM ?? Number.POSITIVE_INFINITY;
  const ranked = people.map((user) => ({ user, metres: far(user) }));
  ranked.sort((a, b) => (a.metres === b.metres ? 0 : a.metres - b.metres));
  return ranked.map(({ user }) => user);
}
