import type { DeviceKind } from '../../model/device.ts';
import type { Reading } from '../../model/reading.ts';
import type { Household } from '../rule.ts';
import type { State } from './limits.ts';

/**
 * How a device speaks, learned from when it does. Points rise by one for a day on which it came back from a silence; they
 * fall by one whenever it spoke by itself, and for a day without a silence. The day is that of its last silence (days since
 * 1970, UTC); the hours are the longest in which others in the home moved and it said nothing.
 */
export type Habit = readonly [points: number, silentDay: number, usualH: number];

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** The sensors that can see life: not heard for two hourly heartbeats is a silence. */
const sensorSilenceMs: Partial<Readonly<Record<DeviceKind, number>>> = {
  motionSensor: 2 * hourMs,
  doorSensor: 2 * hourMs,
  bedSensor: 2 * hourMs,
};
const hubSilenceMs = hourMs;
/** What a device says when nothing has moved in the home for so long, it says by itself. */
const quietMs = 30 * minuteMs;

/** From here on a sensor reports events and nothing else. */
const eventPoints = 3;
const mostPoints = 5;
const leastPoints = -3;
const mostUsualH = 14 * 24;
/** One long silence may have been a fault: it counts for this at most, or twice what was known. */
const firstUsualH = 48;

export function isSensor(kind: DeviceKind | undefined): boolean {
  return kind !== undefined && sensorSilenceMs[kind] !== undefined;
}

/** Not heard for so long is a silence; undefined for what neither sees life nor speaks for what does. */
export function silenceMsOf(kind: DeviceKind | undefined): number | undefined {
  if (kind === undefined) return undefined;
  return kind === 'hub' ? hubSilenceMs : sensorSilenceMs[kind];
}

/** @param heardMs when it was heard before */
export function habitAfter(state: State, reading: Reading, heardMs: number): Habit | undefined {
  const habit = state.habits?.[reading.deviceId];
  const [points, silentDay, usualH] = habit ?? [0, 0, 0];
  const { takenAtMs: atMs, kind } = reading;
  if (atMs > heardMs + (silenceMsOf(kind) ?? 0)) {
    const day = Math.floor(atMs / dayMs);
    const more = day === silentDay ? points : Math.min(mostPoints, pointsAt(habit, heardMs) + 1);
    return [more, day, Math.max(usualH, silentH(state, heardMs, usualH))];
  }
  if (points === leastPoints || !isByItself(state, reading)) return habit;
  return [points - 1, silentDay, usualH];
}

/** A sensor spoke through a hub that had said nothing for long: so the hub does not speak by itself. */
export function hubWasSilent(habit: Habit | undefined): Habit {
  const [points, silentDay, usualH] = habit ?? [0, 0, 0];
  return [Math.min(mostPoints, points + 1), silentDay, usualH];
}

export function speaksByItself(habit: Habit | undefined): boolean {
  return habit?.[0] === leastPoints;
}

/** A day without a silence takes a point; it makes no sensor one that speaks by itself. */
function pointsAt(habit: Habit | undefined, heardMs: number): number {
  const [points, silentDay] = habit ?? [0, 0];
  if (points <= 0) return points;
  return Math.max(0, points - Math.max(0, Math.floor(heardMs / dayMs) - silentDay - 1));
}

/** How long the others moved meanwhile: a silence of the whole home, or of the service, is not the sensor's. */
function silentH({ lastMs = 0, wokeMs = 0 }: State, heardMs: number, usualH: number): number {
  const mostH = Math.min(mostUsualH, Math.max(firstUsualH, 2 * usualH));
  return Math.min(mostH, Math.ceil((lastMs - Math.max(heardMs, wokeMs)) / hourMs));
}

/** Not the end of a movement, and not an event. A contact that only ever says "open" may mean either. */
function isByItself({ lastMs = 0, stirs, contacts }: State, { deviceId, takenAtMs, facts }: Reading): boolean {
  const { motion, contactOpen: open, events } = facts;
  if (motion === true || events !== undefined) return false;
  const contact = contacts[deviceId];
  if (open !== undefined && (contact?.open !== open || (open && contact.closes !== true))) return false;
  return takenAtMs - Math.max(lastMs, stirs?.atMs ?? 0) >= quietMs;
}

type Known = { readonly home: Household; readonly habits: State['habits']; readonly ids: ReadonlySet<string> };
const known = new WeakMap<State['heardUntilMs'], Known>();
const none: ReadonlySet<string> = new Set();

/**
 * Which sensors report events and nothing else: their silence means that nothing happens. One not known yet is taken to be
 * as the others, unless one of its kind speaks by itself.
 */
export function eventOnlyIn(home: Household, state: State): ReadonlySet<string> {
  const { heardUntilMs, habits } = state;
  if (habits === undefined) return none;
  const before = known.get(heardUntilMs);
  if (before?.home === home && before.habits === habits) return before.ids;
  const ids = eventOnly(home, state);
  known.set(heardUntilMs, { home, habits, ids });
  return ids;
}

function eventOnly(home: Household, state: State): ReadonlySet<string> {
  const sensors = Object.keys(state.heardUntilMs).flatMap((id) => {
    const kind = home.devices.get(id)?.kind;
    return kind !== undefined && isSensor(kind) ? [{ id, kind, points: pointsOf(state, id, kind) }] : [];
  });
  if (!sensors.some(({ points }) => points >= eventPoints)) return none;
  const byThemselves = new Set(sensors.filter(({ points }) => points < 0).map(({ kind }) => kind));
  const isOne = ({ points, kind }: (typeof sensors)[number]) =>
    points >= eventPoints || (points >= 0 && !byThemselves.has(kind));
  return new Set(sensors.filter(isOne).map(({ id }) => id));
}

function pointsOf(state: State, deviceId: string, kind: DeviceKind): number {
  return pointsAt(state.habits?.[deviceId], heardMsOf(state, deviceId, kind));
}

export function heardMsOf({ heardUntilMs }: State, deviceId: string, kind: DeviceKind | undefined): number {
  return (heardUntilMs[deviceId] ?? 0) - (silenceMsOf(kind) ?? 0);
}
