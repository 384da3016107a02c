import type { AlertType, Signal } from '../../model/alert.ts';
import { distanceM } from '../geometry.ts';
import type { Outcome } from '../rule.ts';
import { fromDeadline, raise } from '../signals.ts';
import { buildingWords as words } from '../words/building.ts';
import { type AreaRule, commonArea, type HomeSaid, type Region, subjectOfArea } from './area-rule.ts';

/** A home where something burns or leaks. */
type Burning = {
  readonly residentId: string;
  readonly areaId: string;
  readonly type: AlertType;
  readonly deviceId: string;
  /** The last report; the condition is taken to hold until the window has passed. */
  readonly atMs: number;
  readonly building?: string;
  readonly lat?: number;
  readonly lon?: number;
  readonly confirmed?: true;
  /** Homes that burn together share the report of the first: the name of the incident. */
  readonly incident: string;
};
type State = {
  readonly burning: readonly Burning[];
  readonly told: readonly (readonly [incident: string, homes: number])[];
};

/** Alarms of neighbours within so long are one fire. */
const windowMs = 5 * 60_000;
/** Homes whose building is not in the records are neighbours within so many metres. */
const neighbourM = 30;
/** So many homes make an incident of the building. */
const homesForIncident = 3;
const burningAtMost = 200;
const toldAtMost = 16;
const listedAtMost = 50;

/**
 * Smoke or gas in several homes of one building within 5 min. Each home's own P1 has gone out already and is neither
 * delayed nor taken back. A second home confirms both; with the third there is one alert for the building, with the
 * list of homes, which grows with each further one. Closed by people only, like every P1.
 */
export const buildingFire: AreaRule<State> = {
  kind: 'buildingFire',
  initial: { burning: [], told: [] },
  hears: new Set<string>(['smoke', 'gas'] satisfies AlertType[]),
  step(region, state, input) {
    if (input.kind === 'said') return said(region, state, input);
    if (input.kind !== 'forget') return { state };
    const burning = state.burning.filter(({ residentId }) => residentId !== input.residentId);
    return burning.length === state.burning.length ? { state } : { state: { ...state, burning } };
  },
};

function said(region: Region, state: State, { said: signal, home }: HomeSaid): Outcome<State> {
  // A record of yesterday is no fire of now.
  const isAlarm = !('is' in signal) && signal.effect === 'raise' && signal.severity === 'P1';
  if (!isAlarm || home.resident === undefined) return { state };
  const { id: residentId, areaId, building } = home.resident;
  // What is over for the longest window a neighbour could need is forgotten; a late report may still find it.
  const recent = state.burning.filter(({ atMs }) => Math.abs(atMs - signal.atMs) <= windowMs);
  const known = recent.find((one) => one.residentId === residentId);
  const one: Burning = {
    ...(known ?? { residentId, areaId, ...(building !== undefined && { building }), ...home.home }),
    type: signal.type,
    deviceId: signal.deviceId,
    atMs: Math.max(signal.atMs, known?.atMs ?? 0),
    incident: known?.incident ?? `${signal.atMs}-${signal.deviceId}`,
  };
  const others = recent.filter((other) => other !== known);
  const beside = others.filter((other) => areNeighbours(region, one, other));
  if (beside.length === 0) return { state: { ...state, burning: [...others, one].slice(-burningAtMost) } };
  return together(region, state, one, others, beside, signal);
}

function areNeighbours(region: Region, one: Burning, other: Burning): boolean {
  if (one.building !== undefined && other.building !== undefined) {
    return one.building === other.building && one.areaId === other.areaId;
  }
  const metres = metresBetween(one, other);
  return (
    metres !== undefined &&
    metres <= neighbourM &&
    commonArea([one, other].map((a) => region.pathOf(a.areaId))) !== undefined
  );
}

function metresBetween(one: Burning, other: Burning): number | undefined {
  if (one.lat === undefined || one.lon === undefined || other.lat === undefined || other.lon === undefined)
    return undefined;
  return distanceM({ lat: one.lat, lon: one.lon }, { lat: other.lat, lon: other.lon });
}

/** `one` and everything that burns with one of its neighbours are one incident. */
function together(
  region: Region,
  state: State,
  one: Burning,
  others: readonly Burning[],
  beside: readonly Burning[],
  cause: Signal,
): Outcome<State> {
  const names = new Set([one, ...beside].map(({ incident }) => incident));
  const incident = [...names].sort()[0] ?? one.incident;
  const isIn = (other: Burning) => names.has(other.incident);
  const joined = [...others, one].map((home) =>
    home === one || isIn(home) ? { ...home, incident, confirmed: true as const } : home,
  );
  const homes = joined.filter((home) => home.incident === incident);
  const before = new Set([...others, one].filter(({ confirmed }) => confirmed).map(({ residentId }) => residentId));
  const fresh = homes.filter(({ residentId }) => !before.has(residentId));
  const signals = fresh.map((home) => confirmation(region, home, homes, cause));
  const told = state.told.find(([name]) => names.has(name))?.[1] ?? 0;
  const isMore = homes.length >= homesForIncident && homes.length > told;
  if (isMore) signals.push(incidentOf(region, incident, homes, cause));
  const rest = state.told.filter(([name]) => !names.has(name));
  const counted = Math.max(told, isMore ? homes.length : 0);
  const tellings = counted === 0 ? rest : [...rest, [incident, counted] as const].slice(-toldAtMost);
  return { state: { burning: joined.slice(-burningAtMost), told: tellings }, signals };
}

/** Joins the alert the home has open. It names no neighbour: the family reads it, too. */
function confirmation(region: Region, home: Burning, homes: readonly Burning[], cause: Signal): Signal {
  const { residentId, type, deviceId, incident } = home;
  const nearest = homes
    .filter((other) => other.residentId !== residentId)
    .map((other) => ({
      metres: metresBetween(home, other),
      seconds: Math.round(Math.abs(other.atMs - home.atMs) / 1000),
    }))
    .sort((a, b) => (a.metres ?? Infinity) - (b.metres ?? Infinity))[0];
  const metres = nearest?.metres === undefined ? undefined : Math.round(nearest.metres);
  const seconds = nearest?.seconds ?? 0;
  return raise({ subjectId: residentId }, fromDeadline(deviceId, home.atMs, cause.receivedAtMs), {
    type,
    key: `confirmed:${residentId}:${incident}`,
    severity: 'P1',
    summary: words.confirmed(region.resident(residentId)?.name ?? residentId),
    evidence: {
      confirmed: true,
      confirmedBy: 'neighbour',
      otherHomes: homes.length - 1,
      neighbourAfterS: seconds,
      ...(metres !== undefined && { neighbourM: metres }),
    },
    because: [words.besideMe(seconds, metres)],
    unless: [words.nobodyBeside(windowMs / 60_000)],
  });
}

function incidentOf(region: Region, incident: string, homes: readonly Burning[], cause: Signal): Signal {
  const areaId = commonArea(homes.map((home) => region.pathOf(home.areaId))) ?? region.areaId;
  const firstMs = Math.min(...homes.map(({ atMs }) => atMs));
  const building = homes.find((home) => home.building !== undefined)?.building;
  const area = region.nameOf(areaId);
  const place = building === undefined ? words.neighbours(area) : words.building(area, building);
  const minutes = windowMs / 60_000;
  const [zh, en] = [words.fire(place.zh, homes.length).zh, words.fire(place.en, homes.length).en];
  return raise(
    { subjectId: subjectOfArea(areaId, `fire-${incident}`) },
    fromDeadline('', firstMs, cause.receivedAtMs),
    {
      type: cause.type,
      key: `building:${areaId}:${incident}:${homes.length}`,
      severity: 'P1',
      summary: { zh, en },
      evidence: {
        confirmed: true,
        ...(building !== undefined && { building }),
        homeCount: homes.length,
        homes: homes.slice(0, listedAtMost).map(({ residentId, type, atMs }) => {
          const resident = region.resident(residentId);
          return { residentId, name: resident?.name ?? residentId, type, reportedAtMs: atMs, ...tierOf(resident) };
        }),
      },
      because: [words.homes(homes.length, minutes)],
      unless: [words.fewerHomes(homesForIncident)],
    },
  );
}

function tierOf(resident: { riskTier?: string | undefined } | undefined) {
  return resident?.riskTier === undefined ? {} : { riskTier: resident.riskTier };
}
