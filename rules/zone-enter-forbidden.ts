import type { Signal } from '../model/alert.ts';
import type { Reading } from '../model/reading.ts';
import type { Zone } from '../model/zone.ts';
import { isRecent, type UsableFix, votingFix, type Whereabouts, whereabouts } from './fixes.ts';
import { type PerDevice, withDevice } from './per-device.ts';
import type { Household, Rule } from './rule.ts';
import { clear, fromReading, raise } from './signals.ts';
import { forbiddenWords, words } from './words/location.ts';
import { whoOf } from './words.ts';

/**
 * One device in one forbidden zone. States: *nearby* (one fix inside), *inside* (`toldAtMs` is set: a second one agreed),
 * *leaving* (`outsideFixes` of the two that end it).
 */
type Stay = {
  readonly sinceMs: number;
  readonly toldAtMs?: number;
  readonly outsideFixes: number;
  /** When it was told as critical. */
  readonly urgentAtMs?: number;
};
/** A fix in a zone, of a stay that is told. */
type Visit = {
  readonly reading: Reading;
  readonly zone: Zone;
  readonly stay: Stay;
  readonly insideM: number;
  readonly accuracyM: number;
};
/** `stays` by zone id: never more than the home has forbidden zones. */
type Track = Whereabouts & { readonly stays: Readonly<Record<string, Stay>> };
type State = PerDevice<Track>;

const fixesToLeave = 2;
const leastOutsideM = 20;
const tellAgainMs = 10 * 60_000;

/**
 * Water, a road, a building site: P2 when two fixes agree that the resident is in it, until two agree that it is left. P1 when
 * a third one agrees and a cognitive risk is known.
 */
export const zoneEnterForbidden: Rule<State> = {
  kind: 'zoneEnterForbidden',
  initial: {},
  step(home, state, input) {
    if (input.kind !== 'reading' || input.reading.facts.position === undefined) return { state };
    const { reading } = input;
    const track = state[reading.deviceId] ?? nowhere;
    if (track === nowhere && home.zones.forbidden.length === 0) return { state };
    const fix = votingFix(reading);
    if (fix === undefined || reading.facts.homeAnchor === true) return { state };
    const where = whereabouts(track, fix);
    if (where === track) return { state };
    if (where.last !== fix) return { state: withDevice(home, state, reading.deviceId, { ...track, ...where }) };

    const { stays, signals } = judged(home, track.stays, reading, fix);
    if (stays === track.stays && isRecent(track.last, fix) && track.stray === undefined) return { state };
    return { state: withDevice(home, state, reading.deviceId, { last: fix, stays }), signals };
  },
};

const nowhere: Track = { stays: {} };

/** The stays after this fix; the same object when nobody is in or was in any zone. */
function judged(home: Household, was: Track['stays'], reading: Reading, fix: UsableFix) {
  const isInNone = Object.keys(was).length === 0;
  if (isInNone && !home.zones.mayBeForbidden(fix.lat, fix.lon)) return { stays: was, signals: [] };
  const after: Record<string, Stay> = {};
  const signals: Signal[] = [];
  for (const prepared of home.zones.forbidden) {
    const { zone } = prepared;
    const outsideM = prepared.isActive(fix.atMs)
      ? prepared.signedDistanceM(fix.lat, fix.lon)
      : Number.POSITIVE_INFINITY;
    const stay = was[zone.id];
    const next = stayAfter(stay, fix, outsideM, home.resident?.cognitiveRisk === true);
    if (next !== undefined) {
      after[zone.id] = next;
      signals.push(...told(home, { reading, zone, stay: next, insideM: -outsideM, accuracyM: fix.accuracyM }));
    } else if (stay?.toldAtMs !== undefined) signals.push(left(home, reading, zone, stay));
  }
  signals.push(...zonesGone(home, was, reading));
  return { stays: isInNone && Object.keys(after).length === 0 ? was : after, signals };
}

function stayAfter(stay: Stay | undefined, fix: UsableFix, outsideM: number, isAtRisk: boolean): Stay | undefined {
  const isIn = -outsideM > fix.accuracyM / 2;
  const isOut = outsideM > Math.max(leastOutsideM, fix.accuracyM / 2);
  if (stay === undefined) return isIn ? { sinceMs: fix.atMs, outsideFixes: 0 } : undefined;
  if (stay.toldAtMs === undefined) return isIn ? { ...stay, toldAtMs: fix.atMs } : undefined;

  const outsideFixes = isOut ? stay.outsideFixes + 1 : 0;
  if (outsideFixes >= fixesToLeave) return undefined;
  if (isIn && isAtRisk && stay.urgentAtMs === undefined) {
    return { ...stay, outsideFixes, toldAtMs: fix.atMs, urgentAtMs: fix.atMs };
  }
  const isDue = isIn && fix.atMs - stay.toldAtMs >= tellAgainMs;
  return { ...stay, outsideFixes, ...(isDue && { toldAtMs: fix.atMs }) };
}

/** A zone that was taken off the map forbids nothing any more. */
function zonesGone(home: Household, was: Track['stays'], reading: Reading): Signal[] {
  const told = Object.entries(was).filter(([, stay]) => stay.toldAtMs !== undefined);
  const gone = told.filter(([id]) => !home.zones.all.some(({ zone }) => zone.id === id));
  return gone.map(([id, stay]) => left(home, reading, { id, name: id }, stay));
}

/** Told with this very fix, if at all. */
function told(home: Household, visit: Visit): Signal[] {
  return visit.stay.toldAtMs === visit.reading.takenAtMs ? [entered(home, visit)] : [];
}

function entered(home: Household, { reading, zone, stay, insideM, accuracyM }: Visit): Signal {
  const [metres, errorM] = [Math.round(insideM), Math.round(accuracyM)];
  return raise(home, fromReading(reading), {
    type: 'zoneEnterForbidden',
    key: keyOf(home, reading, zone.id, stay) + suffixOf(stay, reading.takenAtMs),
    severity: stay.urgentAtMs === undefined ? 'P2' : 'P1',
    suspected: true,
    summary: words.forbidden(whoOf(home, reading.deviceId), zone.name),
    evidence: { zoneId: zone.id, insideM: metres, accuracyM: errorM, enteredAtMs: stay.sinceMs },
    because: [forbiddenWords.fixes(metres, errorM)],
    unless: [forbiddenWords.unlessOutside, forbiddenWords.unlessPoor(2 * metres)],
  });
}

/** The first word of a stay goes under its own name, later ones under the time they were said. */
function suffixOf({ sinceMs, urgentAtMs }: Stay, atMs: number): string {
  if (urgentAtMs === atMs) return ':urgent';
  return atMs - sinceMs < tellAgainMs ? '' : `:${atMs}`;
}

function left(home: Household, reading: Reading, zone: Pick<Zone, 'id' | 'name'>, stay: Stay): Signal {
  return clear(home, fromReading(reading), {
    type: 'zoneEnterForbidden',
    key: keyOf(home, reading, zone.id, stay),
    severity: stay.urgentAtMs === undefined ? 'P2' : 'P1',
    suspected: true,
    summary: words.forbiddenLeft(whoOf(home, reading.deviceId), zone.name),
    evidence: { zoneId: zone.id, leftAtMs: reading.takenAtMs },
  });
}

function keyOf(home: Household, { deviceId }: Reading, zoneId: string, { sinceMs }: Stay): string {
  return `${home.subjectId}:${deviceId}:${zoneId}:${sinceMs}`;
}
