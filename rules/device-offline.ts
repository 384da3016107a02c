import type { Signal } from '../model/alert.ts';
import type { Device } from '../model/device.ts';
import type { Facts, Reading } from '../model/reading.ts';
import { earliest } from './per-device.ts';
import type { Deadline, Household, Letter, Note, Notice, Outcome, Rule } from './rule.ts';
import {
  dueAtMs,
  freshly,
  type Habits,
  type Hearing,
  isMissing,
  isOnTrial,
  isSilent,
  kindMs,
  latelyMs,
  noteAtMs,
  put,
  type State,
  steadyAtMs,
  tellAtMs,
} from './silence/hearing.ts';
import { limitsOf, lostMs, mains } from './silence/limits.ts';
import { devicesBehind, isOffline, isOver } from './silence/telling.ts';
import { learnGap, recurringUntilMs } from './silence/usual-gaps.ts';

/** Being heard is written down once in a tenth of the limit, so the alarm comes between 0.9 and 1 of it after the last word. */
const grain = 0.1;
/** At or below this a battery explains a silence. */
const emptyPct = 10;
/** A fix worse than this says nothing about zones. */
const worstAccuracyM = 150;

/**
 * A device has been silent for longer than it may: P4, or P3 when the life of a resident at high risk hangs on it. From
 * deadlines, never from a lost connection alone. How long is by kind, and by the device's own habits (`usual-gaps.ts`).
 * Behind a hub that is silent nothing is known of its devices, so none of them is told, whoever they belong to; where a
 * whole area is silent the area tells it (`areas/area-outage.ts`). A device never heard from is not installed yet.
 */
export const deviceOffline: Rule<State> = {
  kind: 'deviceOffline',
  initial: {},
  step(home, state, input) {
    return input.kind === 'deadline' ? silent(home, state, input) : spoke(home, state, input.reading);
  },
  heed(home, state, notice) {
    return heed(home, state, notice);
  },
  deadlineAtMs(home, state) {
    return earliest(Object.entries(state).map(([id, hearing]) => dueAtMs(home, state, id, hearing)));
  },
};

function spoke(home: Household, state: State, { deviceId, receivedAtMs: atMs, facts }: Reading): Outcome<State> {
  const device = home.devices.get(deviceId);
  if (device === undefined) return { state };
  if (facts.online === false) return lost(home, state, device, atMs);

  // Whoever speaks for a device is there, and first: what its devices missed was not theirs.
  const { hubId } = device;
  const hub = hubId === undefined ? undefined : home.devices.get(hubId);
  const elsewhere = hubId === undefined || hub !== undefined ? undefined : home.hubsElsewhere?.get(hubId);
  if (hub !== undefined)
    return inOrder(
      { state },
      (now) => heard(home, now, hub, atMs),
      (now) => heard(home, now, device, atMs, facts),
    );
  if (elsewhere === undefined) return heard(home, state, device, atMs, facts);
  return inOrder(heardElsewhere(home, state, elsewhere.device, elsewhere.subjectId, atMs), (now) =>
    heard(home, now, device, atMs, facts),
  );
}

/** One outcome after the other. */
function inOrder(first: Outcome<State>, ...steps: ((state: State) => Outcome<State>)[]): Outcome<State> {
  let all = first;
  for (const step of steps) {
    const next = step(all.state);
    const signals = after(all.signals, next.signals);
    const notes = after(all.notes, next.notes);
    const letters = after(all.letters, next.letters);
    all = { state: next.state, ...(signals && { signals }), ...(notes && { notes }), ...(letters && { letters }) };
  }
  return all;
}

function after<T>(one: readonly T[] | undefined, other: readonly T[] | undefined): readonly T[] | undefined {
  return one && other ? [...one, ...other] : (one ?? other);
}

/** The time of receipt counts: a device that empties its buffer is there, however old what it says. */
function heard(home: Household, state: State, device: Device, atMs: number, facts: Facts = {}): Outcome<State> {
  const was = state[device.id];
  if (was !== undefined && !isNews(was, device, atMs, facts)) return { state };
  const now = { ...withoutPower(was, facts, freshly(was, atMs)), ...habitsIn(device, was, facts) };
  if (was === undefined || !isMissing(was))
    return { state: put(home, state, device.id, learnt(device, was, now, atMs)) };
  return back(home, state, device, was, learnt(device, was, now, atMs));
}

function isNews(was: Hearing, device: Device, atMs: number, { batteryPct, charging, online }: Facts): boolean {
  if (atMs < was.fromMs) return false;
  if (was.backAtMs === undefined && isMissing(was)) return true;
  if (online === true && was.up !== true && mains.has(device.kind)) return true;
  if (charging !== undefined && charging !== (was.charging === true)) return true;
  if (batteryPct !== undefined && batteryPct <= emptyPct !== (was.batteryPct !== undefined)) return true;
  // Also of a stored state that makes no sense: it is mended.
  return !(atMs - was.fromMs < limitsOf[device.kind].offlineMs * grain);
}

function habitsIn({ kind }: Device, was: Hearing | undefined, facts: Facts): Habits {
  const { batteryPct, charging, position, online } = facts;
  const isFix =
    kind === 'wristband' && position && position.source !== 'cell' && (position.accuracyM ?? 0) <= worstAccuracyM;
  return {
    ...(mains.has(kind) && (online ?? was?.up) && { up: true as const }),
    ...(batteryPct !== undefined && batteryPct <= emptyPct && { batteryPct }),
    ...(charging && { charging }),
    ...(isFix && { lat: rounded(position.lat), lon: rounded(position.lon) }),
  };
}

/** What it says of its power and of being at home takes the place of what it said before. */
function withoutPower(was: Hearing | undefined, { batteryPct, charging, homeAnchor }: Facts, now: Hearing): Hearing {
  if (was === undefined || (batteryPct === undefined && charging === undefined && homeAnchor !== true)) return now;
  const { batteryPct: pct, charging: charger, lat, lon, ...rest } = now;
  return {
    ...rest,
    ...(batteryPct === undefined && pct !== undefined && { batteryPct: pct }),
    ...(charging === undefined && charger && { charging: charger }),
    ...(homeAnchor !== true && lat !== undefined && lon !== undefined && { lat, lon }),
  };
}

/** Ten metres: enough to know on which side of a zone it was. */
function rounded(degrees: number): number {
  return Math.round(degrees * 1e4) / 1e4;
}

/** A silence longer than its kind may have is remembered as a habit; of one it shared with its area only the hour. */
function learnt(device: Device, was: Hearing | undefined, now: Hearing, atMs: number): Hearing {
  if (was === undefined || was.backAtMs !== undefined) return now;
  const isLong = atMs - was.fromMs >= kindMs(device, was);
  const isBroken = was.lostAtMs !== undefined && atMs - Math.max(was.lostAtMs, was.fromMs) >= lostMs;
  return isLong || isBroken ? { ...now, usual: learnGap(was.usual, was.fromMs, atMs, was.folded) } : now;
}

function back(home: Household, state: State, device: Device, was: Hearing, now: Hearing): Outcome<State> {
  const { heardMs: atMs } = now;
  const notes = was.notedAtMs === undefined ? [] : [note(home, device, 'back', atMs, was.notedAtMs)];
  if (was.toldAtMs === undefined) return { state: put(home, state, device.id, now), notes };
  const trial = isOnTrial(was);
  const onTrial = { ...now, toldAtMs: was.toldAtMs, backAtMs: was.backAtMs ?? atMs };
  const excusing = excused(home, put(home, state, device.id, trial ? onTrial : now), device.id, atMs);
  const letters = was.backAtMs === undefined ? lettersAbout(home, device.id, 'back', atMs) : [];
  return {
    state: excusing,
    notes,
    letters,
    ...(!trial && { signals: [isOver(home, device, was.toldAtMs, atMs, 'online')] }),
  };
}

/** A hub is back: what its devices said meanwhile was lost, so they get their full time again. */
function excused(home: Household, state: State, hubId: string, atMs: number): State {
  const children = Object.entries(state).filter(([id]) => home.devices.get(id)?.hubId === hubId);
  return { ...state, ...Object.fromEntries(children.map(([id, hearing]) => [id, { ...hearing, fromMs: atMs }])) };
}

/** The area hears of it at once, unless the device is usually away at this hour. */
function lost(home: Household, state: State, device: Device, atMs: number): Outcome<State> {
  const was = state[device.id];
  if (was === undefined || atMs < was.heardMs || !mains.has(device.kind)) return { state };
  if (was.lostAtMs !== undefined || was.folded || (was.toldAtMs !== undefined && was.backAtMs === undefined))
    return { state };
  const { up: _up, ...rest } = was;
  const isUsual = recurringUntilMs(was.usual, atMs, home.timeZone) !== undefined;
  if (isUsual || was.notedAtMs !== undefined)
    return { state: put(home, state, device.id, { ...rest, lostAtMs: atMs }) };
  return {
    state: put(home, state, device.id, { ...rest, lostAtMs: atMs, notedAtMs: atMs }),
    notes: [note(home, device, 'lost', atMs, atMs)],
  };
}

function note(home: Household, device: Device, is: Note['is'], atMs: number, lostAtMs: number): Note {
  return { kind: 'contact', is, deviceId: device.id, devices: 1 + devicesBehind(home, device.id), atMs, lostAtMs };
}

function lettersAbout(home: Household, hubId: string, is: 'offline' | 'back', atMs: number): Letter[] {
  const behind = home.behindHubs?.get(hubId)?.keys() ?? [];
  return [...behind].map((to) => ({ to, notice: { kind: 'hub', hubId, is, atMs } }));
}

function silent(home: Household, state: State, { nowMs, listeningSinceMs }: Deadline): Outcome<State> {
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

/** A hub of another home spoke for one of ours: that home is told about once in a tenth of the hub's limit. */
function heardElsewhere(home: Household, state: State, hub: Device, to: string, atMs: number): Outcome<State> {
  const was = state[hub.id];
  if (was !== undefined && !isSilent(was) && atMs - was.heardMs < limitsOf[hub.kind].offlineMs * grain)
    return { state };
  const known = put(home, state, hub.id, { ...was, heardMs: atMs, fromMs: atMs });
  return { state: known, letters: [{ to, notice: { kind: 'heard', deviceId: hub.id, atMs } }] };
}

function heed(home: Household, state: State, notice: Notice): Outcome<State> {
  switch (notice.kind) {
    case 'heard': {
      const device = home.devices.get(notice.deviceId);
      return device === undefined ? { state } : heard(home, state, device, notice.atMs);
    }
    case 'hub':
      return { state: hubElsewhere(home, state, notice) };
    case 'outage':
      return folded(home, state, notice.sinceMs);
    case 'outageOver':
      return { state: unfolded(state, notice.atMs) };
  }
}

function hubElsewhere(home: Household, state: State, { hubId, is, atMs }: Notice & { kind: 'hub' }): State {
  if (!home.hubsElsewhere?.has(hubId)) return state;
  const hub = { heardMs: atMs, fromMs: atMs };
  if (is === 'offline') return put(home, state, hubId, { ...hub, toldAtMs: atMs });
  return excused(home, put(home, state, hubId, hub), hubId, atMs);
}

/** What fell silent with the area is the area's to tell; what was told already is taken back. */
function folded(home: Household, state: State, sinceMs: number): Outcome<State> {
  const signals: Signal[] = [];
  let now = state;
  for (const [id, hearing] of Object.entries(state)) {
    const device = home.devices.get(id);
    const { toldAtMs, backAtMs: _backAtMs, ...rest } = hearing;
    const isPart = hearing.notedAtMs !== undefined && hearing.notedAtMs >= sinceMs;
    if (device === undefined || !isPart || hearing.folded) continue;
    now = put(home, now, id, { ...rest, folded: true });
    if (toldAtMs !== undefined)
      signals.push(isOver(home, device, toldAtMs, Math.max(toldAtMs, hearing.notedAtMs ?? 0), 'folded'));
  }
  return { state: now, signals };
}

/** The outage is over: what is still silent gets its full time from here, and is then told by itself. */
function unfolded(state: State, atMs: number): State {
  const waiting = Object.entries(state).filter(([, { folded: isFolded }]) => isFolded);
  if (waiting.length === 0) return state;
  const again = waiting.map(([id, was]) => [id, { ...freshly(was, atMs), heardMs: was.heardMs }]);
  return { ...state, ...Object.fromEntries(again) };
}
