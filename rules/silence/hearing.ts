import type { Device } from '../../model/device.ts';
import { earliest, type PerDevice } from '../per-device.ts';
import type { Household } from '../rule.ts';
import { eventsSilenceMs, othersWereHeard } from './by-events.ts';
import { carriesLifeSafety, connectedMs, limitsOf, lostMs } from './limits.ts';
import { recurringUntilMs, type UsualGaps, usualSilenceMs } from './usual-gaps.ts';

/**
 * One device that has been heard from. States: *alive*, *lost* (`lostAtMs`: its connection broke, which alone means
 * nothing), *suspect* (`notedAtMs`: the area was told), *folded* (part of an outage of the area), *offline* (`toldAtMs`),
 * *back on trial* (`backAtMs`: it goes on and off, and its alert stays until it is steady).
 */
export type Hearing = {
  readonly heardMs: number;
  /** Silence counts from here: `heardMs`, or later when the silence was its hub's or our own. */
  readonly fromMs: number;
  readonly lostAtMs?: number;
  readonly notedAtMs?: number;
  readonly folded?: true;
  readonly toldAtMs?: number;
  readonly backAtMs?: number;
} & Habits;

/** What outlives a word from the device. */
export type Habits = {
  /** Its connection stands. */
  readonly up?: true;
  /** At its last word: 10 % or less, on the charger, where. */
  readonly batteryPct?: number;
  readonly charging?: true;
  readonly lat?: number;
  readonly lon?: number;
  /** How often it was told without a quiet day in between, and when last. */
  readonly tellings?: number;
  readonly lastToldMs?: number;
  readonly usual?: UsualGaps;
};

export type State = PerDevice<Hearing>;

const hourMs = 3_600_000;
/** A device told lately is told again only after so long: nobody wants each dip of one that comes and goes. */
const againAfterMs = 2 * hourMs;
export const latelyMs = 24 * hourMs;
/** From its second telling within a day on, an alert stays open until the device was steady for 2 h, 4 h, … a day. */
const steadyMs = 2 * hourMs;

/** A connection that stands is not suspect before it is nearly offline: were it cut, that would be known. */
const connectedShare = 0.9;

/** The state with one entry put. Devices that left the home go: never more entries than devices and their hubs. */
export function put(home: Household, state: State, deviceId: string, hearing: Hearing): State {
  const after: Record<string, Hearing> = { ...state, [deviceId]: hearing };
  for (const id of Object.keys(after)) if (id !== deviceId && !isOurs(home, id)) delete after[id];
  return after;
}

function isOurs(home: Household, deviceId: string): boolean {
  return home.devices.has(deviceId) || home.hubsElsewhere?.has(deviceId) === true;
}

/** Heard now: what was awaited is over, habits stay. */
export function freshly(was: Hearing | undefined, atMs: number): Hearing {
  if (was === undefined) return { heardMs: atMs, fromMs: atMs };
  if (!isMissing(was)) return { ...was, heardMs: atMs, fromMs: atMs };
  const { lostAtMs: _l, notedAtMs: _n, folded: _f, toldAtMs: _t, backAtMs: _b, ...habits } = was;
  return { ...habits, heardMs: atMs, fromMs: atMs };
}

/** Is anything known to be wrong with it? */
export function isMissing({ lostAtMs, notedAtMs, folded, toldAtMs }: Hearing): boolean {
  return lostAtMs !== undefined || notedAtMs !== undefined || folded === true || toldAtMs !== undefined;
}

/** Nothing can be known of what stands behind it. */
export function isSilent({ notedAtMs, folded, toldAtMs, backAtMs }: Hearing): boolean {
  return notedAtMs !== undefined || folded === true || (toldAtMs !== undefined && backAtMs === undefined);
}

/** How long the device may be silent before anybody is told. */
export function allowedMs(home: Household, device: Device, hearing: Hearing): number {
  return Math.max(kindMs(device, hearing), habitMs(home, device, hearing));
}

/** What it may have beyond its kind: by its own habit, and because it was told lately. */
function habitMs(home: Household, device: Device, hearing: Hearing): number {
  const { usual } = hearing;
  const usualMs = eventsSilenceMs(device, usual) ?? usualSilenceMs(usual, limitsOf[device.kind].learnedAtMostMs) ?? 0;
  return isImpatient(home, device) ? usualMs : Math.max(usualMs, againMs(hearing));
}

/** By its kind alone. */
export function kindMs({ kind }: Device, { up }: Hearing): number {
  const { offlineMs } = limitsOf[kind];
  return up ? Math.max(offlineMs, connectedMs) : offlineMs;
}

/** A life may hang on it: its second silence of a day counts like the first. */
function isImpatient(home: Household, { kind }: Device): boolean {
  return home.resident?.riskTier === 'red' && carriesLifeSafety.has(kind);
}

function againMs({ lastToldMs, fromMs }: Hearing): number {
  return lastToldMs !== undefined && fromMs - lastToldMs < latelyMs ? againAfterMs : 0;
}

/** When to look at a device again; undefined when nothing is awaited of it. */
export function dueAtMs(home: Household, state: State, deviceId: string, hearing: Hearing): number | undefined {
  const device = home.devices.get(deviceId);
  if (device === undefined || hearing.folded) return undefined;
  if (hearing.toldAtMs !== undefined) return trialEndsAtMs(home, device, hearing);
  const hub = device.hubId === undefined ? undefined : state[device.hubId];
  if (hub !== undefined && isSilent(hub)) return undefined;
  const eventsMs = eventsSilenceMs(device, hearing.usual);
  if (eventsMs !== undefined && !othersWereHeard(home, state, device, hearing.fromMs, eventsMs)) return undefined;
  const atMs = Math.min(noteAtMs(home, device, hearing) ?? Infinity, tellAtMs(home, device, hearing));
  return hub === undefined ? atMs : afterHub(home, device, hub, atMs);
}

/** Unless its hub is heard in between it would be silent itself by then, and it is looked at first. */
function afterHub(home: Household, { hubId = '' }: Device, hub: Hearing, atMs: number): number {
  const device = home.devices.get(hubId);
  if (device === undefined || hub.toldAtMs !== undefined || atMs - hub.fromMs < kindMs(device, hub)) return atMs;
  return Math.max(atMs, noteAtMs(home, device, hub) ?? 0);
}

/** When the area is told that it may be missing: at a share of what it is allowed, never inside a usual gap. */
export function noteAtMs(home: Household, device: Device, hearing: Hearing): number | undefined {
  if (hearing.notedAtMs !== undefined) return undefined;
  const { suspectMs, offlineMs } = limitsOf[device.kind];
  // What speaks only of events says nothing of its area before it is missing itself.
  const isByEvents = eventsSilenceMs(device, hearing.usual) !== undefined;
  const share = isByEvents ? 1 : hearing.up ? connectedShare : suspectMs / offlineMs;
  const atMs = hearing.fromMs + share * allowedMs(home, device, hearing);
  return Math.max(atMs, recurringUntilMs(hearing.usual, hearing.fromMs, home.timeZone) ?? 0);
}

/** When it is offline: silent for too long, or not back after its connection broke; never inside a usual gap. */
export function tellAtMs(home: Household, device: Device, hearing: Hearing): number {
  const { fromMs, lostAtMs } = hearing;
  const brokenMs = Math.max(lostMs, habitMs(home, device, hearing));
  const brokenAtMs = lostAtMs === undefined ? undefined : Math.max(lostAtMs, fromMs) + brokenMs;
  const atMs = Math.min(fromMs + allowedMs(home, device, hearing), brokenAtMs ?? Number.POSITIVE_INFINITY);
  return Math.max(atMs, recurringUntilMs(hearing.usual, fromMs, home.timeZone) ?? 0);
}

function trialEndsAtMs(home: Household, device: Device, hearing: Hearing): number | undefined {
  if (hearing.backAtMs === undefined) return undefined;
  // Suspected again is not steady.
  return earliest([steadyAtMs(hearing), noteAtMs(home, device, hearing)]);
}

/** When a device that comes and goes has been back for long enough. */
export function steadyAtMs({ backAtMs = 0, tellings = 1 }: Hearing): number {
  return backAtMs + Math.min(steadyMs * 2 ** Math.max(0, tellings - 2), latelyMs);
}

/** Does it come and go, so that being back is not yet believed? */
export function isOnTrial({ tellings = 0 }: Hearing): boolean {
  return tellings >= 2;
}
