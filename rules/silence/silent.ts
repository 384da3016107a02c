import type { Signal } from '../../model/alert.ts';
import type { Device } from '../../model/device.ts';
import type { Deadline, Household, Outcome } from '../rule.ts';
import { dueAtMs, type Hearing, latelyMs, noteAtMs, put, type State, steadyAtMs, tellAtMs } from './hearing.ts';
import { mains } from './limits.ts';
import { inOrder, lettersAbout, note } from './outcomes.ts';
import { isOffline, isOver } from './telling.ts';
import { recurringUntilMs } from './usual-gaps.ts';

/** The area hears of it at once, unless the device is usually away at this hour. One on trial is gone again. */
export function lost(home: Household, state: State, device: Device, atMs: number): Outcome<State> {
  const was = state[device.id];
  if (was === undefined || atMs < was.heardMs || !mains.has(device.kind)) return { state };
  const isGone = was.toldAtMs !== undefined && was.backAtMs === undefined;
  if (was.lostAtMs !== undefined || was.folded || isGone) return { state };
  const { up, backAtMs, ...before } = was;
  // A connection that stood until now was a word until now, however long ago the last message came.
  const rest = up ? { ...before, fromMs: Math.max(was.fromMs, atMs) } : before;
  const letters = backAtMs === undefined ? [] : lettersAbout(home, device.id, 'offline', atMs);
  const isUsual = recurringUntilMs(was.usual, atMs, home.timeZone) !== undefined;
  if (isUsual || was.notedAtMs !== undefined)
    return { state: put(home, state, device.id, { ...rest, lostAtMs: atMs }), letters };
  return {
    state: put(home, state, device.id, { ...rest, lostAtMs: atMs, notedAtMs: atMs }),
    notes: [note(home, device, 'lost', atMs, atMs)],
    letters,
  };
}

/** Deadlines: who is suspect, who is offline, whose trial is over. Silence before we listened was ours. */
export function silent(home: Household, state: State, { nowMs, listeningSinceMs }: Deadline): Outcome<State> {
  // Hubs first: one that is found silent at this very moment excuses its devices.
  const steps = hubsFirst(home, Object.keys(state)).map((device) => (now: State): Outcome<State> => {
    const hearing = now[device.id];
    if (hearing === undefined || (dueAtMs(home, now, device.id, hearing) ?? Infinity) > nowMs) return { state: now };
    if (hearing.fromMs >= listeningSinceMs) return due(home, now, device, hearing, nowMs);
    return { state: put(home, now, device.id, { ...hearing, fromMs: listeningSinceMs }) };
  });
  return inOrder({ state }, ...steps);
}

function hubsFirst(home: Household, deviceIds: readonly string[]): Device[] {
  const devices = deviceIds.flatMap((id) => home.devices.get(id) ?? []);
  return [...devices.filter(({ kind }) => kind === 'hub'), ...devices.filter(({ kind }) => kind !== 'hub')];
}

function due(home: Household, state: State, device: Device, hearing: Hearing, nowMs: number): Outcome<State> {
  if (hearing.toldAtMs !== undefined) return endTrial(home, state, device, hearing, hearing.toldAtMs, nowMs);
  const isNoted = (noteAtMs(home, device, hearing) ?? Infinity) <= nowMs;
  const now = isNoted ? { ...hearing, notedAtMs: nowMs } : hearing;
  const noted = { state: put(home, state, device.id, now), notes: [note(home, device, 'lost', nowMs, nowMs)] };
  if (tellAtMs(home, device, hearing) > nowMs) return noted;
  const told = tell(home, state, device, now, nowMs);
  return isNoted ? { ...told, notes: noted.notes } : told;
}

function tell(home: Household, state: State, device: Device, hearing: Hearing, nowMs: number): Outcome<State> {
  const { tellings = 0, lastToldMs = -Infinity } = hearing;
  const count = nowMs - lastToldMs < latelyMs ? tellings + 1 : 1;
  return {
    state: put(home, state, device.id, { ...hearing, toldAtMs: nowMs, tellings: count, lastToldMs: nowMs }),
    signals: [isOffline(home, state, device, hearing, nowMs)],
    letters: lettersAbout(home, device.id, 'offline', nowMs),
  };
}

/** It was steady for long enough, or it is silent again and was never back. */
function endTrial(
  home: Household,
  state: State,
  device: Device,
  hearing: Hearing,
  toldAtMs: number,
  nowMs: number,
): Outcome<State> {
  const { backAtMs: _backAtMs, toldAtMs: _toldAtMs, ...steady } = hearing;
  if (steadyAtMs(hearing) > nowMs) {
    const gone = put(home, state, device.id, { ...steady, toldAtMs });
    return { state: gone, letters: lettersAbout(home, device.id, 'offline', nowMs) };
  }
  const signals: Signal[] = [isOver(home, device, toldAtMs, nowMs, 'online')];
  return { state: put(home, state, device.id, steady), signals };
}
