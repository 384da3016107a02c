import type { Signal } from '../model/alert.ts';
import type { Reading } from '../model/reading.ts';
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
type Stay = { readonly sinceMs: number; readonly toldAtMs?: number; readonly outsideFixes: number };
/** `stays` by zone id: never more than the home has forbidden zones. */
type Track = Whereabouts & { readonly stays: Readonly<Record<string, Stay>> };
type State = PerDevice<Track>;

const fixesToLeave = 2;
const leastOutsideM = 20;
const tellAgainMs = 10 * 60_000;

/** Water, a road, a building site: P2 when two fixes agree that the resident is in it, until two agree that it is left. */
export const zoneEnterForbidden: Rule<State> = {
  kind: 'zoneEnterForbidden',
  initial: {},
  step(home, state, input) {
    if (input.kind !== 'reading' || input.reading.facts.position === undefined) return { state };
    const { reading } = input;
    const track = state[reading.deviceId] ?? nowhere;
    if (track === nowhere && !home.zones.some(isForbidden)) return { state };
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

function isForbidden({ zone }: Household['zones'][number]): boolean {
  return zone.kind === 'forbidden';
}

/** The stays after this fix; the same object when nobody is in or was in any zone. */
function judged(home: Household, was: Track['stays'], reading: Reading, fix: UsableFix) {
  const after: Record<string, Stay> = {};
  const signals: Signal[] = [];
  for (const prepared of home.zones) {
    if (!isForbidden(prepared)) continue;
    const { id, name } = prepared.zone;
    const outsideM = prepared.isActive(fix.atMs)
      ? prepared.signedDistanceM(fix.lat, fix.lon)
      : Number.POSITIVE_INFINITY;
    const stay = was[id];
    const next = stayAfter(stay, fix, outsideM);
    if (next !== undefined) after[id] = next;
    if (next?.toldAtMs === fix.atMs) signals.push(entered(home, reading, id, name, next, fix, -outsideM));
    if (next === undefined && stay?.toldAtMs !== undefined) signals.push(left(home, reading, id, name, stay));
  }
  signals.push(...zonesGone(home, was, reading));
  const nothing = Object.keys(was).length === 0 && Object.keys(after).length === 0;
  return { stays: nothing ? was : after, signals };
}

function stayAfter(stay: Stay | undefined, fix: UsableFix, outsideM: number): Stay | undefined {
  const isIn = -outsideM > fix.accuracyM / 2;
  const isOut = outsideM > Math.max(leastOutsideM, fix.accuracyM / 2);
  if (stay === undefined) return isIn ? { sinceMs: fix.atMs, outsideFixes: 0 } : undefined;
  if (stay.toldAtMs === undefined) return isIn ? { ...stay, toldAtMs: fix.atMs } : undefined;

  const outsideFixes = isOut ? stay.outsideFixes + 1 : 0;
  if (outsideFixes >= fixesToLeave) return undefined;
  const isDue = isIn && fix.atMs - stay.toldAtMs >= tellAgainMs;
  return { ...stay, outsideFixes, ...(isDue && { toldAtMs: fix.atMs }) };
}

/** A zone that was taken off the map forbids nothing any more. */
function zonesGone(home: Household, was: Track['stays'], reading: Reading): Signal[] {
  const known = new Set(home.zones.map(({ zone }) => zone.id));
  const gone = Object.entries(was).filter(([id, stay]) => !known.has(id) && stay.toldAtMs !== undefined);
  return gone.map(([id, stay]) => left(home, reading, id, id, stay));
}

function entered(
  home: Household,
  reading: Reading,
  zoneId: string,
  name: string,
  stay: Stay,
  { accuracyM }: UsableFix,
  insideM: number,
): Signal {
  const isFirst = reading.takenAtMs - stay.sinceMs < tellAgainMs;
  const key = keyOf(home, reading, zoneId, stay);
  return raise(home, fromReading(reading), {
    type: 'zoneEnterForbidden',
    key: isFirst ? key : `${key}:${reading.takenAtMs}`,
    severity: 'P2',
    suspected: true,
    summary: words.forbidden(whoOf(home, reading.deviceId), name),
    evidence: { zoneId, insideM: Math.round(insideM), accuracyM: Math.round(accuracyM), enteredAtMs: stay.sinceMs },
    because: [forbiddenWords.fixes(Math.round(insideM), Math.round(accuracyM))],
    unless: [forbiddenWords.unlessOutside, forbiddenWords.unlessPoor(Math.round(2 * insideM))],
  });
}

function left(home: Household, reading: Reading, zoneId: string, name: string, stay: Stay): Signal {
  return clear(home, fromReading(reading), {
    type: 'zoneEnterForbidden',
    key: keyOf(home, reading, zoneId, stay),
    severity: 'P2',
    suspected: true,
    summary: words.forbiddenLeft(whoOf(home, reading.deviceId), name),
    evidence: { zoneId, leftAtMs: reading.takenAtMs },
  });
}

function keyOf(home: Household, { deviceId }: Reading, zoneId: string, { sinceMs }: Stay): string {
  return `${home.subjectId}:${deviceId}:${zoneId}:${sinceMs}`;
}
