import type { Severity } from '../model/alert.ts';
import { localTime, nextLocal, stamp } from '../model/local-time.ts';
import type { Reading } from '../model/reading.ts';
import { type UsableFix, usableFix } from './fixes.ts';
import { earliest, type PerDevice, withDevice } from './per-device.ts';
import type { Household, Input, Outcome, Rule } from './rule.ts';
import { isClearlyOutside, metresOutside } from './safe-zones.ts';
import { clear, fromDeadline, fromReading, raise } from './signals.ts';
import { deviceWords } from './words/devices.ts';
import { whoOf } from './words.ts';

/** A band that is off the wrist since `sinceMs`; on the charger it may be. A band that is worn has no entry. */
type Off = { readonly sinceMs: number; readonly charging: boolean; readonly toldAs?: Severity };
type State = {
  readonly off: PerDevice<Off>;
  /** When a fix last said that the resident is outside every safe zone; absent once one says otherwise. */
  readonly outsideAtMs?: number;
};

const minuteMs = 60_000;
const atHomeMs = 30 * minuteMs;
const outsideMs = 5 * minuteMs;
/** A fix from outside this long before says little about where the band was taken off. */
const outsideHoldsMs = 120 * minuteMs;
const outsideGrainMs = 10 * minuteMs;
const dayFrom = 7 * 60;
const dayTo = 22 * 60;

/**
 * The band is off: P4 when it lasts 30 min of daytime, P2 at any hour when it was taken off outside every safe zone
 * (after 5 min: somebody who wanders and cannot be followed). On the charger the clock waits.
 */
export const notWorn: Rule<State> = {
  kind: 'notWorn',
  initial: { off: {} },
  step(home, state, input) {
    if (input.kind === 'deadline') return stillOff(home, state, input);
    if (input.reading.late) return { state };
    return noticed(home, withPlace(home, state, input.reading), input.reading);
  },
  deadlineAtMs(home, state) {
    return earliest(Object.keys(state.off).map((deviceId) => dueOf(home, state, deviceId)?.atMs));
  },
};

function withPlace(home: Household, state: State, reading: Reading): State {
  const outside = isOutside(home, reading);
  if (outside === undefined) return state;
  const { outsideAtMs, ...rest } = state;
  if (!outside) return outsideAtMs === undefined ? state : rest;
  const isNews = outsideAtMs === undefined || reading.takenAtMs - outsideAtMs >= outsideGrainMs;
  return isNews ? { ...rest, outsideAtMs: reading.takenAtMs } : state;
}

/** Undefined when the reading does not say. */
function isOutside(home: Household, reading: Reading): boolean | undefined {
  if (reading.facts.homeAnchor === true) return false;
  const fix: UsableFix | undefined = usableFix(reading, undefined);
  return fix && isClearlyOutside(metresOutside(home, fix), fix.accuracyM);
}

function noticed(home: Household, state: State, reading: Reading): Outcome<State> {
  const { deviceId, takenAtMs, facts } = reading;
  const was = state.off[deviceId];
  if (was !== undefined && takenAtMs <= was.sinceMs) return { state };
  if (facts.worn === true) return was === undefined ? { state } : wornAgain(home, state, was, reading);

  const charging = facts.charging ?? was?.charging ?? false;
  if (was === undefined ? facts.worn === undefined : charging === was.charging) return { state };
  const toldAs = was?.toldAs;
  return { state: withOff(home, state, deviceId, { sinceMs: takenAtMs, charging, ...(toldAs && { toldAs }) }) };
}

function withOff(home: Household, state: State, deviceId: string, off: Off | undefined): State {
  return { ...state, off: withDevice(home, state.off, deviceId, off) };
}

type Due = { readonly atMs: number; readonly severity: 'P2' | 'P4' };

function dueOf(home: Household, state: State, deviceId: string): Due | undefined {
  const off = state.off[deviceId];
  if (off === undefined || off.charging || off.toldAs === 'P2' || !home.devices.has(deviceId)) return undefined;
  const { sinceMs, toldAs } = off;
  const { outsideAtMs } = state;
  if (outsideAtMs !== undefined && sinceMs - outsideAtMs < outsideHoldsMs) {
    return { atMs: Math.max(sinceMs + outsideMs, outsideAtMs), severity: 'P2' };
  }
  return toldAs === undefined ? { atMs: daytimeAfter(home.timeZone, sinceMs), severity: 'P4' } : undefined;
}

/** When 30 min of one day have passed: what began at night counts from the morning. */
function daytimeAfter(timeZone: string, sinceMs: number): number {
  const { minute } = localTime(timeZone, sinceMs);
  const isInTime = minute >= dayFrom && minute + atHomeMs / minuteMs <= dayTo;
  return (isInTime ? sinceMs : nextLocal(timeZone, dayFrom, sinceMs)) + atHomeMs;
}

function stillOff(home: Household, state: State, input: Input & { kind: 'deadline' }): Outcome<State> {
  let after = state;
  const signals = [];
  for (const [deviceId, off] of Object.entries(state.off)) {
    const due = dueOf(home, after, deviceId);
    if (due === undefined || due.atMs > input.nowMs) continue;
    after = withOff(home, after, deviceId, { ...off, toldAs: due.severity });
    const knownAtMs = Math.max(input.nowMs, input.listeningSinceMs);
    signals.push(told(home, deviceId, off, { ...due, knownAtMs, outsideAtMs: state.outsideAtMs }));
  }
  return { state: after, signals };
}

type Telling = Due & { readonly knownAtMs: number; readonly outsideAtMs: number | undefined };

function told(home: Household, deviceId: string, { sinceMs }: Off, telling: Telling) {
  const { severity, atMs, knownAtMs, outsideAtMs } = telling;
  const who = whoOf(home, deviceId);
  const minutes = Math.round((atMs - sinceMs) / minuteMs);
  const outside = severity === 'P2' && outsideAtMs !== undefined;
  return raise(home, fromDeadline(deviceId, atMs, knownAtMs), {
    type: 'notWorn',
    key: `${deviceId}:${sinceMs}:${severity}`,
    severity,
    suspected: true,
    summary: severity === 'P2' ? deviceWords.notWornOutside(who) : deviceWords.notWorn(who, minutes),
    evidence: { offSinceMs: sinceMs, offMin: minutes, ...(outside && { outsideAtMs }) },
    because: [
      deviceWords.offSince(minutes),
      ...(outside ? [deviceWords.offOutside(stamp(home.timeZone, outsideAtMs))] : []),
    ],
    unless: [outside ? deviceWords.unlessInside : deviceWords.unlessWornSoon],
  });
}

function wornAgain(home: Household, state: State, off: Off, reading: Reading): Outcome<State> {
  const after = withOff(home, state, reading.deviceId, undefined);
  if (off.toldAs === undefined) return { state: after };
  const signal = clear(home, fromReading(reading), {
    type: 'notWorn',
    key: `${reading.deviceId}:${off.sinceMs}`,
    severity: off.toldAs,
    suspected: true,
    summary: deviceWords.wornAgain(whoOf(home, reading.deviceId)),
  });
  return { state: after, signals: [signal] };
}
