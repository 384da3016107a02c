import type { Severity, Signal } from '../model/alert.ts';
import type { Reading } from '../model/reading.ts';
import { surelyApartM, type UsableFix, usableFix } from './fixes.ts';
import { degreesEast, distanceM, metresPerDegree, shrinkAt } from './geometry.ts';
import { type PerDevice, withDevice } from './per-device.ts';
import type { Household, Outcome, Rule } from './rule.ts';
import { metresOutside } from './safe-zones.ts';
import { clear, fromReading, raise } from './signals.ts';
import { type PathFigures, type Pattern, patternOf, type Step } from './wandering/pattern.ts';
import { isKnownLongEnough, isUsual, nearestUsualM, type UsualPlaces, visited } from './wandering/usual-places.ts';
import { patternWords, wanderingWords } from './words/location.ts';
import { whoOf } from './words.ts';

/**
 * The way of one device outside the zones, in steps longer than the error of the fixes, from the place and time it began.
 * `lost` counts fixes in a row far from anywhere usual.
 */
type Way = {
  readonly from: Origin;
  readonly steps: readonly Step[];
  readonly lost?: number;
  readonly toldAtMs?: number;
  readonly told?: Severity;
};
/** One step more, and whether somebody goes there usually. */
type Now = { readonly reading: Reading; readonly way: Way; readonly isUsualPlace: boolean };
type Origin = readonly [atMs: number, lat: number, lon: number];
type State = { readonly ways: PerDevice<Way>; readonly usual: UsualPlaces };

const minuteMs = 60_000;
const windowMs = 30 * minuteMs;
const stepsAtMost = 30;
const leastStepM = 25;
const worstAccuracyM = 50;
/** Without any zone, this far from the home counts as outside. */
const neighbourhoodM = 300;
const leastInsideM = 20;
const fastestWalkMps = 3;
const farFromUsualM = 1000;
const fixesFarFromUsual = 5;
const tellAgainMs = 60 * minuteMs;

/**
 * Outside every safe zone and walking to and fro (pacing), round and round (lapping) or without aim (random), after
 * Martino-Saltzman: P3, or P2 where the resident has not been in four weeks. Also P3: more than a kilometre from anywhere
 * usual. Nothing for a resident known to have no cognitive risk. Steps shorter than the error of their fixes are not steps,
 * so that a phone on a bench does not wander. Measured on 403 recorded ways of delivery agents, 18 days of a phone and a
 * phone that lies still: no alert.
 */
export const wandering: Rule<State> = {
  kind: 'wandering',
  initial: { ways: {}, usual: { sinceDay: 0, visits: [] } },
  step(home, state, input) {
    if (input.kind !== 'reading' || input.reading.late) return { state };
    const { reading } = input;
    const was = state.ways[reading.deviceId];
    if (was !== undefined && reading.facts.homeAnchor === true) return atHome(home, state, was, reading);
    const fix = usableFix(reading, was && lastOf(was));
    if (fix === undefined || fix.accuracyM > worstAccuracyM || reading.facts.motion === false) return { state };

    const outsideM = awayM(home, fix);
    if (outsideM > fix.accuracyM) return out(home, state, was, reading, fix);
    const isIn = -outsideM > Math.max(leastInsideM, fix.accuracyM);
    return isIn && was !== undefined ? atHome(home, state, was, reading) : { state };
  },
};

/** The last step as the fix it was. */
function lastOf({ from, steps }: Way): UsableFix | undefined {
  const last = steps.at(-1);
  return last && fixOf(from, last);
}

function fixOf([atMs, lat, lon]: Origin, [s, eastM, northM, accuracyM]: Step): UsableFix {
  const place = { lat: lat + northM / metresPerDegree, lon: lon + eastM / (metresPerDegree * shrinkAt(lat)) };
  return { atMs: atMs + s * 1000, ...place, accuracyM };
}

function stepOf([atMs, lat, lon]: Origin, fix: UsableFix): Step {
  const eastM = degreesEast(lon, fix.lon) * shrinkAt(lat) * metresPerDegree;
  const northM = (fix.lat - lat) * metresPerDegree;
  return [whole((fix.atMs - atMs) / 1000), whole(eastM), whole(northM), whole(fix.accuracyM)];
}

/** Never -0, which JSON does not know. */
function whole(value: number): number {
  return Math.round(value) || 0;
}

/** Metres outside every safe zone; where none counts, metres beyond the neighbourhood of the home. */
function awayM(home: Household, fix: UsableFix): number {
  const outsideM = metresOutside(home, fix);
  if (outsideM > Number.NEGATIVE_INFINITY || home.home === undefined) return outsideM;
  return distanceM(home.home, fix) - neighbourhoodM;
}

function atHome(home: Household, state: State, was: Way, reading: Reading): Outcome<State> {
  const ways = withDevice(home, state.ways, reading.deviceId, undefined);
  if (was.toldAtMs === undefined) return { state: { ...state, ways } };
  const over = clear(home, fromReading(reading), {
    type: 'wandering',
    key: keyOf(home, reading, was.toldAtMs),
    severity: was.told ?? 'P3',
    suspected: true,
    summary: wanderingWords.over(whoOf(home, reading.deviceId)),
  });
  return { state: { ...state, ways }, signals: [over] };
}

function out(home: Household, state: State, was: Way | undefined, reading: Reading, fix: UsableFix): Outcome<State> {
  const last = was && lastOf(was);
  if (last !== undefined && isNoStep(last, fix)) return { state };
  const usual = isUsual(home, state.usual, fix);
  const isFar = !usual && isKnownLongEnough(state.usual, fix.atMs) && isFarFromUsual(home, state.usual, fix);
  const { lost = 0, ...rest } = grown(was, last, fix);
  const way: Way = { ...rest, ...(isFar && { lost: lost + 1 }) };
  return judged(home, { ...state, usual: visited(home, state.usual, fix) }, { reading, way, isUsualPlace: usual });
}

function isNoStep(last: UsableFix, fix: UsableFix): boolean {
  return distanceM(last, fix) < leastStepM || surelyApartM(last, fix) < 0;
}

/** The way with one step more; without what is older than the window, and begun again where somebody was driven. */
function grown(was: Way | undefined, last: UsableFix | undefined, fix: UsableFix): Way {
  const { from = pointOf(fix), steps = [], ...told } = was ?? {};
  const isNew = last === undefined || isDriven(last, fix) || fix.atMs - last.atMs > windowMs;
  if (isNew) return { ...told, from: pointOf(fix), steps: [stepOf(pointOf(fix), fix)] };
  const step = stepOf(from, fix);
  return { ...told, from, steps: [...steps.filter(([s]) => step[0] - s <= windowMs / 1000), step].slice(-stepsAtMost) };
}

/** Faster than anybody walks: whoever rides does not wander, and the way begins again where they get off. */
function isDriven(last: UsableFix, fix: UsableFix): boolean {
  return surelyApartM(last, fix) / ((fix.atMs - last.atMs) / 1000) > fastestWalkMps;
}

function isFarFromUsual(home: Household, usual: UsualPlaces, fix: UsableFix): boolean {
  return metresOutside(home, fix) > farFromUsualM && nearestUsualM(home, usual, fix) > farFromUsualM;
}

function judged(home: Household, state: State, { reading, way, isUsualPlace }: Now): Outcome<State> {
  const isTold = way.toldAtMs !== undefined && reading.takenAtMs - way.toldAtMs < tellAgainMs;
  const found = isTold || !mayWander(home, isUsualPlace) ? undefined : patternOf(way.steps);
  const isUnknown = !isUsualPlace && isKnownLongEnough(state.usual, reading.takenAtMs);
  const isLost = !isTold && home.resident?.cognitiveRisk !== false && (way.lost ?? 0) >= fixesFarFromUsual;
  if (found === undefined && !isLost) return { state: withWay(home, state, reading, way) };

  const severity = found && isUnknown ? 'P2' : 'P3';
  const next = withWay(home, state, reading, { ...way, toldAtMs: reading.takenAtMs, told: severity });
  return { state: next, signals: [wanders(home, { reading, way, severity, isUnknown, ...(found && { found }) })] };
}

/** Laps round the usual park are exercise, unless a cognitive risk is known; never a matter of ours when none is. */
function mayWander({ resident }: Household, isUsualPlace: boolean): boolean {
  return resident?.cognitiveRisk === true || (resident?.cognitiveRisk === undefined && !isUsualPlace);
}

function withWay(home: Household, state: State, { deviceId }: Reading, way: Way): State {
  return { ...state, ways: withDevice(home, state.ways, deviceId, way) };
}

type Told = {
  readonly reading: Reading;
  readonly way: Way;
  readonly severity: Severity;
  readonly isUnknown: boolean;
  readonly found?: { readonly pattern: Pattern; readonly figures: PathFigures };
};

function wanders(home: Household, { reading, way, severity, isUnknown, found }: Told): Signal {
  const who = whoOf(home, reading.deviceId);
  return raise(home, fromReading(reading), {
    type: 'wandering',
    key: keyOf(home, reading, reading.takenAtMs),
    severity,
    suspected: true,
    summary: found ? wanderingWords.wanders(who, patternWords[found.pattern]) : wanderingWords.farFromUsual(who),
    evidence: {
      ...(found && { pattern: found.pattern, ...found.figures }),
      isUnknownPlace: isUnknown,
      path: way.steps.map((step) => pointOf(fixOf(way.from, step))),
    },
    because: [
      ...(found ? [wanderingWords.figures(found.figures)] : []),
      ...(isUnknown ? [wanderingWords.unknown] : []),
    ],
    unless: found ? [wanderingWords.unlessStraight] : [wanderingWords.unlessUsual],
  });
}

function pointOf({ atMs, lat, lon }: UsableFix): Origin {
  return [atMs, round5(lat), round5(lon)];
}

function keyOf(home: Household, { deviceId }: Reading, toldAtMs: number): string {
  return `${home.subjectId}:${deviceId}:${toldAtMs}`;
}

function round5(degrees: number): number {
  return Math.round(degrees * 1e5) / 1e5 || 0;
}
