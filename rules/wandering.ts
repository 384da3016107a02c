import type { Severity, Signal } from '../model/alert.ts';
import type { Reading } from '../model/reading.ts';
import { surelyApartM, type UsableFix, usableFix } from './fixes.ts';
import { distanceM } from './geometry.ts';
import { type PerDevice, withDevice } from './per-device.ts';
import type { Household, Outcome, Rule } from './rule.ts';
import { metresOutside } from './safe-zones.ts';
import { clear, fromReading, raise } from './signals.ts';
import { isKnownLongEnough, isUsual, nearestUsualM, type UsualPlaces, visited } from './usual-places.ts';
import { type PathFigures, type Pattern, patternOf, type Step } from './wandering-pattern.ts';
import { patternWords, wanderingWords } from './words/location.ts';
import { whoOf } from './words.ts';

/**
 * The way of one device outside the zones, in steps longer than the error of the fixes. `lost` counts fixes in a row far
 * from anywhere usual.
 */
type Way = {
  readonly steps: readonly Step[];
  readonly lost?: number;
  readonly toldAtMs?: number;
  readonly told?: Severity;
};
type State = { readonly ways: PerDevice<Way>; readonly usual: UsualPlaces };

const minuteMs = 60_000;
const windowMs = 30 * minuteMs;
const stepsAtMost = 30;
const leastStepM = 25;
const worstAccuracyM = 50;
/** Without any zone, this far from the home counts as outside. */
const awayM = 300;
const fastestWalkMps = 3;
const farFromUsualM = 1000;
const fixesFarFromUsual = 5;
const tellAgainMs = 60 * minuteMs;

/**
 * Outside every safe zone and walking to and fro (pacing), round and round (lapping) or without aim (random), after
 * Martino-Saltzman: P3, or P2 where the resident has not been in four weeks. Also P3: more than a kilometre from anywhere
 * usual. Nothing for a resident known to have no cognitive risk. Steps shorter than the error of their fixes are not steps, so that a phone on a bench does not wander.
 */
export const wandering: Rule<State> = {
  kind: 'wandering',
  initial: { ways: {}, usual: { sinceDay: 0, visits: [] } },
  step(home, state, input) {
    if (input.kind !== 'reading') return { state };
    const { reading } = input;
    const was = state.ways[reading.deviceId];
    if (reading.facts.homeAnchor === true && was !== undefined) return atHome(home, state, was, reading);
    const fix = usableFix(reading, was?.steps.at(-1) && fixOf(was.steps.at(-1)!)); // asked for a line before
    if (fix === undefined || fix.accuracyM > worstAccuracyM || reading.facts.motion === false) return { state };
    return isAway(home, fix) ? out(home, state, was, reading, fix) : inside(home, state, was, reading);
  },
};

function fixOf([atMs, lat, lon, accuracyM]: Step): UsableFix {
  return { atMs, lat, lon, accuracyM };
}

function isAway(home: Household, fix: UsableFix): boolean {
  const outsideM = metresOutside(home, fix);
  if (outsideM > Number.NEGATIVE_INFINITY) return outsideM > fix.accuracyM;
  return home.home !== undefined && distanceM(home.home, fix) > awayM;
}

function inside(home: Household, state: State, was: Way | undefined, reading: Reading): Outcome<State> {
  return was === undefined ? { state } : atHome(home, state, was, reading);
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

function out(
  home: Household,
  state: State,
  was: Way = { steps: [] },
  reading: Reading,
  fix: UsableFix,
): Outcome<State> {
  const last = was.steps.at(-1);
  if (last !== undefined && surelyApartM(fixOf(last), fix) < 0 && fix.atMs - last[0] < windowMs / 3) return { state };
  if (last !== undefined && distanceM(fixOf(last), fix) < leastStepM) return { state };

  const step: Step = [fix.atMs, round5(fix.lat), round5(fix.lon), Math.round(fix.accuracyM)];
  const before = last !== undefined && isDriven(last, fix) ? [] : was.steps;
  const steps = [...before.filter(([atMs]) => fix.atMs - atMs <= windowMs), step].slice(-stepsAtMost);
  const usual = isUsual(home, state.usual, fix);
  const isFar = !usual && isKnownLongEnough(state.usual, fix.atMs) && isFarFromUsual(home, state.usual, fix);
  const { lost: _before, ...rest } = was;
  const way: Way = { ...rest, steps, ...(isFar && { lost: (was.lost ?? 0) + 1 }) };
  return judged(home, { ...state, usual: visited(home, state.usual, fix) }, way, reading, usual);
}

/** Faster than anybody walks: whoever rides does not wander, and the way begins again where they get off. */
function isDriven(last: Step, fix: UsableFix): boolean {
  return surelyApartM(fixOf(last), fix) / ((fix.atMs - last[0]) / 1000) > fastestWalkMps;
}

function isFarFromUsual(home: Household, usual: UsualPlaces, fix: UsableFix): boolean {
  return metresOutside(home, fix) > farFromUsualM && nearestUsualM(home, usual, fix) > farFromUsualM;
}

function judged(home: Household, state: State, way: Way, reading: Reading, isUsualPlace: boolean): Outcome<State> {
  const told = way.toldAtMs !== undefined && reading.takenAtMs - way.toldAtMs < tellAgainMs;
  const found = told || !mayWander(home, isUsualPlace) ? undefined : patternOf(way.steps);
  const isUnknown = !isUsualPlace && isKnownLongEnough(state.usual, reading.takenAtMs);
  const isLost = !told && home.resident?.cognitiveRisk !== false && (way.lost ?? 0) >= fixesFarFromUsual;
  if (found === undefined && !isLost) return { state: withWay(home, state, reading, way) };

  const severity = found && isUnknown ? 'P2' : 'P3';
  const toldAtMs = reading.takenAtMs;
  const next = withWay(home, state, reading, { ...way, toldAtMs, told: severity });
  return { state: next, signals: [wanders(home, reading, severity, way, found, isUnknown)] };
}

/** Laps round the usual park are exercise, unless a cognitive risk is known; never a matter of ours when none is. */
function mayWander({ resident }: Household, isUsualPlace: boolean): boolean {
  return resident?.cognitiveRisk === true || (resident?.cognitiveRisk === undefined && !isUsualPlace);
}

function withWay(home: Household, state: State, { deviceId }: Reading, way: Way): State {
  return { ...state, ways: withDevice(home, state.ways, deviceId, way) };
}

type Found = { readonly pattern: Pattern; readonly figures: PathFigures };

function wanders(
  home: Household,
  reading: Reading,
  severity: Severity,
  way: Way,
  found: Found | undefined,
  isUnknown: boolean,
): Signal {
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
      path: way.steps.map(([atMs, lat, lon]) => [atMs, lat, lon]),
    },
    because: [
      ...(found ? [wanderingWords.figures(found.figures)] : []),
      ...(isUnknown ? [wanderingWords.unknown] : []),
    ],
    unless: found ? [wanderingWords.unlessStraight] : [wanderingWords.unlessUsual],
  });
}

function keyOf(home: Household, { deviceId }: Reading, toldAtMs: number): string {
  return `${home.subjectId}:${deviceId}:${toldAtMs}`;
}

function round5(degrees: number): number {
  return Math.round(degrees * 1e5) / 1e5 || 0;
}
