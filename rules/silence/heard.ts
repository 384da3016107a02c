import type { Device } from '../../model/device.ts';
import type { Facts } from '../../model/reading.ts';
import type { Household, Outcome } from '../rule.ts';
import { awakened } from './by-events.ts';
import { freshly, type Habits, type Hearing, isMissing, isOnTrial, kindMs, put, type State } from './hearing.ts';
import { grain, limitsOf, lostMs, mains } from './limits.ts';
import { lettersAbout, note } from './outcomes.ts';
import { isOver } from './telling.ts';
import { learnGap } from './usual-gaps.ts';

/** At or below this a battery explains a silence. */
const emptyPct = 10;
/** A link that comes and goes loses the hourly words of what stands behind it; it must not hide a dead sensor for ever. */
const dipExcusesMs = 12 * 3_600_000;
/** A fix worse than this says nothing about zones. */
const worstAccuracyM = 150;

/** The time of receipt counts: a device that empties its buffer is there, however old what it says. */
export function heard(home: Household, state: State, device: Device, atMs: number, facts: Facts = {}): Outcome<State> {
  const anew = awakened(home, state, device, atMs);
  if (anew !== undefined) return heard(home, anew, device, atMs, facts);
  const was = state[device.id];
  if (was !== undefined && !isNews(was, device, atMs, facts)) return { state };
  const now = { ...withoutPower(was, facts, freshly(was, atMs)), ...habitsIn(device, was, facts) };
  if (was === undefined || !wasLong(device, was, atMs)) {
    const found = back(home, state, device, was, now);
    if (was?.lostAtMs === undefined) return found;
    return { ...found, state: excused(home, found.state, device.id, atMs, dipExcusesMs) };
  }
  const usual = was.backAtMs === undefined ? learnGap(was.usual, was.fromMs, atMs, was.folded) : was.usual;
  const found = back(home, state, device, was, { ...now, ...(usual && { usual }) });
  return { ...found, state: excused(home, found.state, device.id, atMs) };
}

/** A silence longer than its kind may have is remembered as a habit; of one it shared with its area only the hour. */
function wasLong(device: Device, was: Hearing, atMs: number): boolean {
  if (atMs - was.fromMs >= kindMs(device, was)) return true;
  return was.lostAtMs !== undefined && atMs - Math.max(was.lostAtMs, was.fromMs) >= lostMs;
}

function isNews(was: Hearing, device: Device, atMs: number, { batteryPct, charging, online }: Facts): boolean {
  if (atMs < was.fromMs) return false;
  if (was.lostAtMs !== undefined || was.notedAtMs !== undefined) return true;
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

function back(home: Household, state: State, device: Device, was: Hearing | undefined, now: Hearing): Outcome<State> {
  if (was === undefined || !isMissing(was)) return { state: put(home, state, device.id, now) };
  const { heardMs: atMs } = now;
  const notes = was.notedAtMs === undefined ? [] : [note(home, device, 'back', atMs, was.notedAtMs)];
  if (was.toldAtMs === undefined) return { state: put(home, state, device.id, now), notes };
  const letters = was.backAtMs === undefined ? lettersAbout(home, device.id, 'back', atMs) : [];
  const onTrial = { ...now, toldAtMs: was.toldAtMs, backAtMs: was.backAtMs ?? atMs };
  if (isOnTrial(was)) return { state: put(home, state, device.id, onTrial), notes, letters };
  const signals = [isOver(home, device, was.toldAtMs, atMs, 'online')];
  return { state: put(home, state, device.id, now), notes, letters, signals };
}

/**
 * A hub is back: what its devices said meanwhile was lost, so they get their full time again; but for those nobody has
 * heard for `heardWithinMs`.
 */
export function excused(
  home: Household,
  state: State,
  hubId: string,
  atMs: number,
  heardWithinMs = Number.POSITIVE_INFINITY,
): State {
  const children = Object.entries(state).filter(
    ([id, { heardMs }]) => home.devices.get(id)?.hubId === hubId && atMs - heardMs < heardWithinMs,
  );
  if (children.length === 0) return state;
  return { ...state, ...Object.fromEntries(children.map(([id, hearing]) => [id, { ...hearing, fromMs: atMs }])) };
}
