import type { Command } from '../model/device.ts';
import type { Reading } from '../model/reading.ts';
import { type UsableFix, usableFix } from './fixes.ts';
import { type PerDevice, withDevice } from './per-device.ts';
import type { Household, Rule } from './rule.ts';
import { hasSafeZone, metresOutside } from './safe-zones.ts';

/** What a band was last told. */
type Told = {
  readonly everyS: number;
  readonly atMs: number;
  /** Since when a longer interval would do. */
  readonly longerSinceMs?: number;
  /** The last fix within reach of the edge, `[atMs, metres outside]`: how fast the edge comes nearer. */
  readonly near?: Near;
  /** After a call for help or a fall. */
  readonly urgentUntilMs?: number;
};
type Near = readonly [atMs: number, outsideM: number];
type State = PerDevice<Told>;

const minuteMs = 60_000;
const restingS = 600;
const deepS = 300;
const middleS = 120;
const edgeS = 60;
const outsideS = 30;
const urgentS = 15;
const urgentForMs = 30 * minuteMs;
const deepM = 200;
const middleM = 100;
const soonS = 120;
const slowestMps = 0.3;
const lowBatteryPct = 20;

/** A longer interval is told when it has been enough for so long, and then no sooner than so long after the last word. */
const longerAfterMs = 5 * minuteMs;
/** A shorter one at once, but a nervous fix does not send two commands in a row. */
const shorterEveryMs = 20_000;
const nearGrainMs = minuteMs;

/**
 * Tells a band how often to report: rarely while it is at home or still (600 s) or deep in a safe zone (300 s, and 120 s from
 * 200 m to 100 m of the edge), every 60 s near it, every 30 s outside or when the edge will be reached within two minutes,
 * every 15 s for half an hour after an SOS or a fall. Twice that on a battery below 20 %, except outside. Raises nothing.
 */
export const reportInterval: Rule<State> = {
  kind: 'reportInterval',
  initial: {},
  step(home, state, input) {
    if (input.kind !== 'reading' || input.reading.late || input.reading.kind !== 'wristband') return { state };
    const { reading } = input;
    const was = state[reading.deviceId];
    const wanted = wantedOf(home, was, reading);
    if (wanted === undefined) return { state };
    const { told, command } = after(was, wanted, reading);
    if (told === was) return { state };
    return { state: withDevice(home, state, reading.deviceId, told), ...(command && { commands: [command] }) };
  },
};

type Wanted = { readonly everyS: number; readonly near?: Near; readonly urgentUntilMs?: number };

/** Undefined when the reading says nothing about it. */
function wantedOf(home: Household, was: Told | undefined, reading: Reading): Wanted | undefined {
  const { takenAtMs, facts } = reading;
  if (was && takenAtMs < was.atMs) return undefined;
  const isCall = facts.events?.includes('sos') || facts.events?.includes('fall');
  const urgentUntilMs = isCall ? takenAtMs + urgentForMs : was?.urgentUntilMs;
  if (urgentUntilMs !== undefined && takenAtMs <= urgentUntilMs) return { everyS: urgentS, urgentUntilMs };
  if (facts.homeAnchor === true) return { everyS: thrifty(restingS, reading) };
  const fix = usableFix(reading, undefined);
  return fix === undefined || !hasSafeZone(home) ? undefined : byDistance(metresOutside(home, fix), was, reading, fix);
}

function byDistance(outsideM: number, was: Told | undefined, reading: Reading, { atMs, accuracyM }: UsableFix): Wanted {
  const { facts } = reading;
  if (outsideM > 0) return { everyS: outsideS };
  const depthM = -outsideM;
  if (facts.motion === false || facts.charging === true) return { everyS: thrifty(restingS, reading) };
  if (depthM > deepM) return { everyS: thrifty(deepS, reading) };

  const near: Near = [atMs, Math.round(outsideM) || 0]; // never -0, which JSON does not know
  if (secondsToEdge(depthM, was?.near, near, accuracyM) < soonS) return { everyS: outsideS, near };
  return { everyS: thrifty(depthM > middleM ? middleS : edgeS, reading), near };
}

/** By the speed at which the edge came nearer, as far as the error of the fix does not explain it. */
function secondsToEdge(depthM: number, before: Near | undefined, [atMs, outsideM]: Near, errorM: number): number {
  if (before === undefined || atMs - before[0] < 1000 || atMs - before[0] > 10 * minuteMs)
    return Number.POSITIVE_INFINITY;
  const nearerM = outsideM - before[1] - errorM;
  return nearerM <= 0 ? Number.POSITIVE_INFINITY : depthM / Math.max(slowestMps, nearerM / ((atMs - before[0]) / 1000));
}

function thrifty(everyS: number, { facts }: Reading): number {
  return facts.batteryPct !== undefined && facts.batteryPct < lowBatteryPct ? 2 * everyS : everyS;
}

type After = { readonly told: Told; readonly command?: Command };

function after(was: Told | undefined, wanted: Wanted, reading: Reading): After {
  const { takenAtMs, deviceId } = reading;
  const told = { ...wanted, atMs: takenAtMs };
  const command = commandOf(deviceId, takenAtMs, wanted.everyS);
  if (was === undefined) return { told, command };
  if (wanted.everyS < was.everyS) {
    return takenAtMs - was.atMs >= shorterEveryMs || wanted.everyS <= outsideS ? { told, command } : { told: was };
  }
  if (wanted.everyS === was.everyS) return { told: kept(was, wanted) };
  return longer(was, wanted, told, command);
}

/** Nothing to say; where the edge is near, the newest distance is kept. */
function kept(was: Told, { near, urgentUntilMs }: Wanted): Told {
  const isNearNews = near !== undefined && near[0] - (was.near?.[0] ?? 0) >= nearGrainMs;
  const isUrgentNews = urgentUntilMs !== was.urgentUntilMs;
  if (!isNearNews && !isUrgentNews && was.longerSinceMs === undefined) return was;
  const { longerSinceMs: _again, ...rest } = was;
  return { ...rest, ...(near && { near }), ...(urgentUntilMs !== undefined && { urgentUntilMs }) };
}

function longer(was: Told, wanted: Wanted, told: Told, command: Command): After {
  const { longerSinceMs } = was;
  if (longerSinceMs === undefined)
    return { told: { ...was, longerSinceMs: told.atMs, ...(wanted.near && { near: wanted.near }) } };
  const isSettled = told.atMs - longerSinceMs >= longerAfterMs && told.atMs - was.atMs >= longerAfterMs;
  return isSettled ? { told, command } : { told: was };
}

/** The id comes from the reading, so that a replay says the same again under the same name. */
function commandOf(deviceId: string, atMs: number, everyS: number): Command {
  return { id: `reportInterval:${deviceId}:${atMs}`, deviceId, name: 'reportInterval', args: { everyS } };
}
