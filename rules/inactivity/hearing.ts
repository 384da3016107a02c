import type { Device } from '../../model/device.ts';
import type { Reading } from '../../model/reading.ts';
import { withDevice } from '../per-device.ts';
import type { Household } from '../rule.ts';
import { eventOnlyIn, habitAfter, heardMsOf, hubWasSilent, isSensor, silenceMsOf, speaksByItself } from './habits.ts';
import type { State } from './limits.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** Hearing is written down once in so long. */
const grainMs = 15 * minuteMs;
/** A sensor of events is dead when others moved for so many times its usual silence, and for days. */
const deadFactor = 3;
const leastDeadMs = 3 * dayMs;
/** For so long the line rests; then the home is one without that sensor, and its line was learned without it. */
const restMs = 4 * dayMs;
/** A hub whose connection broke is often back within that time. */
const lostMs = 30 * minuteMs;
const forEver = Number.POSITIVE_INFINITY;

/** Notes that a sensor or its hub works. After a time without eyes, what was not seen cannot be held against anybody. */
export function heardFrom(home: Household, state: State, reading: Reading): State {
  const { kind, deviceId, takenAtMs: atMs } = reading;
  const limitMs = silenceMsOf(kind);
  if (limitMs === undefined) return state;
  const own = spoke(home, state, reading, limitMs);
  const hubId = kind === 'hub' ? deviceId : home.devices.get(deviceId)?.hubId;
  const after = hubId === undefined ? own : hubIsThere(home, own, hubId, atMs);
  if (after === state || (kind === 'hub' && state.lastMs === undefined)) return after;
  if (state.lastMs === undefined) return { ...after, lastMs: atMs, lastDeviceId: deviceId, fromMs: atMs };
  return withClocks(home, state, after, atMs);
}

/** The connection of a hub broke: its sensors of events see nothing. A sensor's own breaks whenever it sleeps. */
export function hubLost(home: Household, state: State, { kind, deviceId, takenAtMs: atMs, late }: Reading): State {
  const { goneMs = {} } = state;
  if (late || kind !== 'hub' || goneMs[deviceId] !== undefined || atMs < heardMsOf(state, deviceId, kind)) return state;
  return { ...state, goneMs: withDevice(home, goneMs, deviceId, atMs) };
}

function spoke(home: Household, state: State, reading: Reading, limitMs: number): State {
  const { deviceId, takenAtMs: atMs } = reading;
  const was = state.heardUntilMs[deviceId];
  const until = atMs + limitMs;
  if (was !== undefined && until - was < grainMs) return state;
  const heardUntilMs = withDevice(home, state.heardUntilMs, deviceId, until);
  const { habits = {} } = state;
  const habit = was === undefined ? undefined : habitAfter(state, reading, was - limitMs);
  if (habit === habits[deviceId]) return { ...state, heardUntilMs };
  return { ...state, heardUntilMs, habits: withDevice(home, habits, deviceId, habit) };
}

/** Whoever speaks through a hub shows that it works. */
function hubIsThere(home: Household, state: State, hubId: string, atMs: number): State {
  const heard = hubHeard(home, state, hubId, atMs);
  const { goneMs, ...rest } = heard;
  if (goneMs?.[hubId] === undefined || atMs < goneMs[hubId]) return heard;
  const others = withDevice(home, goneMs, hubId, undefined);
  return Object.keys(others).length === 0 ? rest : { ...rest, goneMs: others };
}

/** Only of a hub that has spoken itself is anything expected. */
function hubHeard(home: Household, state: State, hubId: string, atMs: number): State {
  const was = state.heardUntilMs[hubId];
  const until = atMs + (silenceMsOf('hub') ?? 0);
  if (was === undefined || until - was < grainMs) return state;
  const heard = { ...state, heardUntilMs: withDevice(home, state.heardUntilMs, hubId, until) };
  if (atMs <= was) return heard;
  const { habits = {} } = state;
  return { ...heard, habits: withDevice(home, habits, hubId, hubWasSilent(habits[hubId])) };
}

/** A sensor that sees again begins the line's clock anew, and all of them together every clock. */
function withClocks(home: Household, before: State, after: State, atMs: number): State {
  const saw = seeing(home, before);
  const isBack = [...seeing(home, after)].some(([id, untilMs]) => untilMs >= atMs && (saw.get(id) ?? 0) < atMs);
  if (!isBack) return after;
  const wasBlind = [...saw.values()].every((untilMs) => untilMs < atMs);
  return { ...after, clearFromMs: atMs, ...(wasBlind && { fromMs: atMs }) };
}

/** Until when all of the home's sensors that were ever heard are known to see, and half of them. */
export function seeingUntilMs(home: Household, state: State): { readonly all: number; readonly half: number } {
  const until = [...seeing(home, state).values()].sort((a, b) => b - a);
  return { all: until.at(-1) ?? 0, half: until[Math.ceil(until.length / 2) - 1] ?? 0 };
}

/** A door says that somebody passed, not which way: it takes every sensor of movement, heard until `atMs`, to say that nobody is in. */
export function seesComingBack(home: Household, state: State, atMs: number): boolean {
  const rooms = [...seeing(home, state)].filter(([id]) => home.devices.get(id)?.kind !== 'doorSensor');
  return rooms.length > 0 && rooms.every(([, untilMs]) => untilMs >= atMs);
}

/** Until when each sensor that was ever heard is known to see: past it nobody knows whether something moves. */
export function seeing(home: Household, state: State): ReadonlyMap<string, number> {
  const eventOnly = eventOnlyIn(home, state);
  const until = new Map<string, number>();
  for (const deviceId in state.heardUntilMs) {
    const device = home.devices.get(deviceId);
    if (device === undefined || !isSensor(device.kind)) continue;
    const untilMs = eventOnly.has(deviceId) ? eventsUntilMs(state, device) : state.heardUntilMs[deviceId];
    if (untilMs !== undefined) until.set(deviceId, untilMs);
  }
  return until;
}

/** For ever, unless its hub is away or it is dead: a silence of the home says nothing against it. Undefined: long dead. */
function eventsUntilMs(state: State, { id, kind, hubId }: Device): number | undefined {
  const { lastMs = 0, wokeMs = 0, habits } = state;
  const heardMs = heardMsOf(state, id, kind);
  const deadAfterMs = Math.max(leastDeadMs, deadFactor * hourMs * (habits?.[id]?.[2] ?? 0));
  if (lastMs > heardMs + deadAfterMs + restMs) return undefined;
  const deadMs = Math.max(heardMs, wokeMs) + deadAfterMs;
  return Math.min(lastMs > deadMs ? deadMs : forEver, hubUntilMs(state, hubId));
}

function hubUntilMs({ goneMs, habits, heardUntilMs }: State, hubId: string | undefined): number {
  if (hubId === undefined) return forEver;
  const isHeard = speaksByItself(habits?.[hubId]) ? heardUntilMs[hubId] : undefined;
  return Math.min((goneMs?.[hubId] ?? forEver) + lostMs, isHeard ?? forEver);
}
