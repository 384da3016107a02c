import type { Severity } from '../model/alert.ts';
import type { Reading } from '../model/reading.ts';
import { type PerDevice, withDevice } from './per-device.ts';
import type { Household, Outcome, Rule } from './rule.ts';
import { clear, fromReading, raise } from './signals.ts';
import { deviceWords } from './words/devices.ts';
import { aboutDevice } from './words.ts';

/**
 * One battery. Levels: good (no `level`), `low` (told as P4), `empty` (told as P3). It only falls to the next level, and is
 * good again on the charger or well above the limit, so that a reading that wavers does not alert twice.
 */
type Battery = {
  readonly level?: 'low' | 'empty';
  /** Of the last change; what was taken before is history. */
  readonly atMs: number;
  readonly lowSinceMs?: number;
  readonly chargingAtMs?: number;
};
type State = PerDevice<Battery>;
type Level = Battery['level'];

const lowPct = 15;
const emptyPct = 5;
const goodAgainPct = lowPct + 5;
/** Not every message of a device on the charger says so. */
const chargingHoldsMs = 2 * 3_600_000;
/** How often "still charging" is written down. */
const chargingGrainMs = 30 * 60_000;

const severities: Readonly<Record<'low' | 'empty', Severity>> = { low: 'P4', empty: 'P3' };

export const batteryLow: Rule<State> = {
  kind: 'batteryLow',
  initial: {},
  step(home, state, input) {
    if (input.kind !== 'reading') return { state };
    const { batteryPct, charging } = input.reading.facts;
    if (input.reading.late || (batteryPct === undefined && charging === undefined)) return { state };
    return judged(home, state, input.reading);
  },
};

function judged(home: Household, state: State, reading: Reading): Outcome<State> {
  const { deviceId, takenAtMs: atMs } = reading;
  const was = state[deviceId] ?? { atMs: Number.NEGATIVE_INFINITY };
  if (atMs < was.atMs) return { state };
  const chargingAtMs = chargingAt(was, reading);
  const isCharging = chargingAtMs !== undefined && atMs - chargingAtMs < chargingHoldsMs;
  const level = levelAfter(was.level, reading.facts.batteryPct, isCharging);

  if (level !== was.level) {
    const is = { atMs, ...(level && { level, lowSinceMs: was.lowSinceMs ?? atMs }), ...withCharging(chargingAtMs) };
    return { state: withDevice(home, state, deviceId, is), signals: [said(home, reading, level, is, was)] };
  }
  if (!worthWriting(was.chargingAtMs, chargingAtMs)) return { state };
  const { chargingAtMs: _old, ...rest } = was;
  const is = { ...rest, atMs, ...withCharging(chargingAtMs) };
  return { state: withDevice(home, state, deviceId, is) };
}

function chargingAt(was: Battery, { facts, takenAtMs }: Reading): number | undefined {
  if (facts.charging === undefined) return was.chargingAtMs;
  return facts.charging ? takenAtMs : undefined;
}

function withCharging(chargingAtMs: number | undefined) {
  return chargingAtMs === undefined ? {} : { chargingAtMs };
}

function worthWriting(wasAtMs: number | undefined, isAtMs: number | undefined): boolean {
  if (wasAtMs === undefined || isAtMs === undefined) return wasAtMs !== isAtMs;
  return isAtMs - wasAtMs >= chargingGrainMs;
}

function levelAfter(was: Level, pct: number | undefined, isCharging: boolean): Level {
  if (isCharging) return undefined;
  if (pct === undefined) return was;
  if (pct <= emptyPct) return 'empty';
  if (pct <= lowPct) return was ?? 'low';
  return pct >= goodAgainPct ? undefined : was;
}

function said(home: Household, reading: Reading, level: Level, is: Battery, was: Battery) {
  const { deviceId, facts } = reading;
  const sinceMs = is.lowSinceMs ?? was.lowSinceMs ?? is.atMs;
  const key = `${deviceId}:${sinceMs}`;
  const evidence = facts.batteryPct === undefined ? {} : { batteryPct: facts.batteryPct };
  if (level === undefined) {
    const summary = aboutDevice(home, deviceId, deviceWords.batteryOk);
    return clear(home, fromReading(reading), { type: 'batteryLow', key, severity: 'P4', summary, evidence });
  }
  const summary = aboutDevice(home, deviceId, (what) =>
    deviceWords.batteryLow(what, Math.round(facts.batteryPct ?? 0)),
  );
  const limitPct = level === 'empty' ? emptyPct : lowPct;
  return raise(home, fromReading(reading), {
    type: 'batteryLow',
    key: `${key}:${level}`,
    severity: severities[level],
    summary,
    evidence: { ...evidence, limitPct, lowSinceMs: sinceMs },
    because: [deviceWords.batteryAt(Math.round(facts.batteryPct ?? limitPct), limitPct)],
    unless: [deviceWords.unlessCharging],
  });
}
