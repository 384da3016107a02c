import type { Signal } from '../model/alert.ts';
import type { Reading } from '../model/reading.ts';
import { isReachable, isSpaced, type UsableFix, usableFix } from './fixes.ts';
import { bearingDeg, distanceM } from './geometry.ts';
import { earliest, type PerDevice, withDevice } from './per-device.ts';
import type { Household, Input, Outcome, Rule } from './rule.ts';
import { isClearlyOutside, metresOutside } from './safe-zones.ts';
import { clear, fromDeadline, fromReading, raise } from './signals.ts';
import { contactWords } from './words/location.ts';
import { whoOf } from './words.ts';

/**
 * A device outside every safe zone. States: *seen outside* (`fixes` is 1: it may have been a jump), *outside* (2),
 * *lost* (`toldAtMs`). A device that is inside has no entry.
 */
type Outside = {
  readonly fix: UsableFix;
  readonly fixes: 1 | 2;
  /** Time of receipt of the last word, within a minute. */
  readonly heardAtMs: number;
  /** The longest it has lately been silent, decaying: its own interval. */
  readonly everyMs: number;
  readonly speedMps?: number;
  readonly courseDeg?: number;
  /** How far to both sides of the course, from the errors of the fixes. */
  readonly coneDeg?: number;
  readonly batteryPct?: number;
  readonly toldAtMs?: number;
};
type State = PerDevice<Outside>;

const minuteMs = 60_000;
const heardGrainMs = minuteMs;
const fixGrainMs = 50_000;
/** Silent for twice its own interval, and never sooner or later than these. */
const soonestMs = 10 * minuteMs;
const latestMs = 60 * minuteMs;
/** A band that was nearly empty will not speak again. */
const emptyMs = 5 * minuteMs;
const lowBatteryPct = 15;
const walkMps = 1.2;

/**
 * Somebody outside every safe zone who is not heard from any more: P2, with the last place, course and speed. Two fixes
 * must have said outside, so that one jump and a band put down for the night are no lost person; one is enough where the
 * battery was nearly empty, since there will be no second. Cleared by the next word.
 */
export const contactLost: Rule<State> = {
  kind: 'contactLost',
  initial: {},
  step(home, state, input) {
    return input.kind === 'deadline' ? silent(home, state, input) : heard(home, state, input.reading);
  },
  deadlineAtMs(home, state) {
    return earliest(
      Object.entries(state).map(([id, outside]) => (home.devices.has(id) ? dueAtMs(outside) : undefined)),
    );
  },
};

function dueAtMs({ fixes, heardAtMs, toldAtMs, ...rest }: Outside): number | undefined {
  const isBelieved = fixes === 2 || isLow(rest.batteryPct);
  return !isBelieved || toldAtMs !== undefined ? undefined : heardAtMs + limitMs(rest);
}

function limitMs({ everyMs, batteryPct = 100 }: Pick<Outside, 'everyMs' | 'batteryPct'>): number {
  return batteryPct < lowBatteryPct ? emptyMs : Math.min(latestMs, Math.max(soonestMs, 2 * everyMs));
}

function heard(home: Household, state: State, reading: Reading): Outcome<State> {
  const { deviceId, facts } = reading;
  const was = state[deviceId];
  if (was === undefined && facts.position === undefined) return { state };
  if (facts.online === false) return { state }; // a last will is not the wearer's word
  const next = isHome(home, reading) ? undefined : spoken(was, seen(home, was, reading), reading);
  if (next === was) return { state };
  const signals = was?.toldAtMs === undefined ? [] : [foundAgain(home, was, reading)];
  return { state: withDevice(home, state, deviceId, next), ...(signals.length > 0 && { signals }) };
}

function isHome(home: Household, reading: Reading): boolean {
  if (reading.late) return false;
  if (reading.facts.homeAnchor === true) return true;
  const fix = usableFix(reading, undefined);
  return fix !== undefined && metresOutside(home, fix) <= 0;
}

/** What a fix outside adds; the same object when there is none. */
function seen(home: Household, was: Outside | undefined, reading: Reading): Outside | undefined {
  const fix = usableFix(reading, undefined);
  if (fix === undefined || !isClearlyOutside(metresOutside(home, fix), fix.accuracyM)) return was;
  if (was === undefined) return { fix, fixes: 1, heardAtMs: reading.receivedAtMs, everyMs: 0 };
  if (!isSpaced(was.fix.atMs, fix.atMs) || (was.fixes === 2 && fix.atMs - was.fix.atMs < fixGrainMs)) return was;
  if (!isReachable(was.fix, fix)) return was.fixes === 2 ? was : { ...was, fix };
  const { speedMps: _speed, courseDeg: _course, coneDeg: _cone, ...rest } = was;
  return { ...rest, fix, fixes: 2, ...motionOf(was.fix, fix) };
}

/** Course and speed from one fix to the next, unless the way between them is all error. */
function motionOf(from: UsableFix, to: UsableFix): Pick<Outside, 'speedMps' | 'courseDeg' | 'coneDeg'> {
  const wayM = distanceM(from, to);
  const errorM = Math.hypot(from.accuracyM, to.accuracyM);
  if (wayM <= errorM) return {};
  return {
    speedMps: Math.round((wayM / ((to.atMs - from.atMs) / 1000)) * 10) / 10,
    courseDeg: Math.round(bearingDeg(from, to)),
    coneDeg: Math.round((Math.asin(errorM / wayM) * 180) / Math.PI),
  };
}

/** The same with the time of this word, the interval it shows, and the battery. */
function spoken(
  was: Outside | undefined,
  now: Outside | undefined,
  { receivedAtMs, facts }: Reading,
): Outside | undefined {
  if (now === undefined) return undefined;
  const isBatteryNews = facts.batteryPct !== undefined && isLow(facts.batteryPct) !== isLow(now.batteryPct);
  // Either way round: the clock may have been set back, and the word counts from then on.
  const isNews = Math.abs(receivedAtMs - now.heardAtMs) >= heardGrainMs;
  if (now === was && !isNews && !isBatteryNews && now.toldAtMs === undefined) return was;
  const { toldAtMs, ...rest } = now;
  // The silence that was told is not its interval.
  const gapMs = toldAtMs === undefined ? receivedAtMs - now.heardAtMs : 0;
  const everyMs = Math.round(Math.max(gapMs, 0.8 * now.everyMs));
  return {
    ...rest,
    heardAtMs: receivedAtMs,
    everyMs,
    ...(facts.batteryPct !== undefined && { batteryPct: Math.round(facts.batteryPct) }),
  };
}

function isLow(batteryPct: number | undefined): boolean {
  return batteryPct !== undefined && batteryPct < lowBatteryPct;
}

function silent(
  home: Household,
  state: State,
  { nowMs, listeningSinceMs }: Input & { kind: 'deadline' },
): Outcome<State> {
  let after = state;
  const signals: Signal[] = [];
  for (const [deviceId, outside] of Object.entries(state)) {
    if (!home.devices.has(deviceId) || (dueAtMs(outside) ?? Number.POSITIVE_INFINITY) > nowMs) continue;
    // Silence before the service listened was ours.
    const isOurs = outside.heardAtMs < listeningSinceMs;
    const next = isOurs ? { ...outside, heardAtMs: listeningSinceMs } : { ...outside, toldAtMs: nowMs };
    after = withDevice(home, after, deviceId, next);
    if (!isOurs) signals.push(isLost(home, deviceId, outside, nowMs));
  }
  return { state: after, signals };
}

function isLost(home: Household, deviceId: string, outside: Outside, nowMs: number): Signal {
  const { fix, heardAtMs, speedMps, courseDeg, coneDeg, batteryPct } = outside;
  const minutes = Math.round((nowMs - heardAtMs) / minuteMs);
  const position = { lat: fix.lat, lon: fix.lon, accuracyM: fix.accuracyM };
  const outsideM = Math.round(metresOutside(home, fix));
  const reachM = Math.round(fix.accuracyM + ((nowMs - fix.atMs) / 1000) * Math.max(walkMps, speedMps ?? 0));
  return raise(
    home,
    { ...fromDeadline(deviceId, nowMs, nowMs), position },
    {
      type: 'contactLost',
      key: keyOf(home, deviceId, outside),
      severity: 'P2',
      suspected: true,
      summary: contactWords.lost(whoOf(home, deviceId), minutes),
      evidence: {
        lastHeardAtMs: heardAtMs,
        lastFixAtMs: fix.atMs,
        ...position,
        outsideM,
        reachM,
        ...(courseDeg !== undefined && { courseDeg, coneDeg, speedMps }),
        ...(batteryPct !== undefined && { batteryPct }),
      },
      because: [
        contactWords.lastSeen(minutes, outsideM, Math.round(fix.accuracyM)),
        ...(courseDeg === undefined || speedMps === undefined ? [] : [contactWords.course(courseDeg, speedMps)]),
        ...(isLow(batteryPct) ? [contactWords.battery(batteryPct ?? 0)] : []),
      ],
      unless: [contactWords.unlessHeard(Math.round(limitMs(outside) / minuteMs)), contactWords.unlessInside],
    },
  );
}

function foundAgain(home: Household, was: Outside, reading: Reading): Signal {
  return clear(home, fromReading(reading), {
    type: 'contactLost',
    key: keyOf(home, reading.deviceId, was),
    severity: 'P2',
    suspected: true,
    summary: contactWords.back(whoOf(home, reading.deviceId)),
    evidence: { lastHeardAtMs: was.heardAtMs },
  });
}

function keyOf(home: Household, deviceId: string, { fix }: Outside): string {
  return `${home.subjectId}:${deviceId}:${fix.atMs}`;
}
