import type { Device } from '../../model/device.ts';
import type { Reading } from '../../model/reading.ts';
import { usableFix } from '../fixes.ts';
import { distanceM } from '../geometry.ts';
import { withDevice } from '../per-device.ts';
import type { Household } from '../rule.ts';
import { eventOnlyIn, isSensor } from './habits.ts';
import type { State } from './limits.ts';

/**
 * `home`: somebody moves indoors. `door`: somebody came or went. `body`: the band or a button in her hand, wherever she
 * is. `walk`: steps enough for a walk through a room. `ok`: she says so herself.
 */
export type Life = 'home' | 'door' | 'body' | 'walk' | 'ok';

/** A contact on one of these does not let anybody out of the house. */
const indoors = /fridge|freezer|cupboard|cabinet|drawer|wardrobe|pill|medic|冰箱|冰柜|柜|抽屉|药/i;
/** The band is away from home past the first, and back within the second (metres, the fix's error on top). */
const outM = 200;
const inM = 100;
/** An arm that waves counts some steps too. */
const walkingSteps = 20;
/** Counts closer together are one. */
const countGrainMs = 10_000;

/** Doors and step counters say how things stand, so what they said before must be known. */
export function withCounts(home: Household, state: State, reading: Reading): State {
  const { deviceId, takenAtMs: atMs, facts } = reading;
  const { contactOpen: open, steps: count } = facts;
  if (open !== undefined && isPassage(home, state, deviceId, open, atMs)) {
    const closes = !open || state.contacts[deviceId]?.closes === true;
    const contact = { open, atMs, ...(closes && { closes }) };
    return { ...state, contacts: withDevice(home, state.contacts, deviceId, contact) };
  }
  const known = state.steps[deviceId];
  if (count === undefined || (known !== undefined && !isCountNews(known, count, atMs))) return state;
  return { ...state, steps: withDevice(home, state.steps, deviceId, { count, atMs }) };
}

/** A walk is news at once; of a few steps after another the first count is kept, so that they add up. */
function isCountNews(known: { readonly count: number; readonly atMs: number }, count: number, atMs: number): boolean {
  if (known.count === count || atMs <= known.atMs) return false;
  return atMs - known.atMs >= countGrainMs || count - known.count >= walkingSteps;
}

/** It stands otherwise than before; or it says "open" again, never says "closed", and reports nothing but events. */
function isPassage(home: Household, state: State, deviceId: string, open: boolean, atMs: number): boolean {
  const before = state.contacts[deviceId];
  if (before === undefined) return true;
  if (atMs <= before.atMs) return false;
  return before.open !== open || (open && before.closes !== true && eventOnlyIn(home, state).has(deviceId));
}

export function signOfLife(home: Household, before: State, after: State, reading: Reading): Life | undefined {
  const { kind, deviceId, facts } = reading;
  if (before.contacts[deviceId] !== undefined && before.contacts !== after.contacts) {
    return isWayOut(home.devices.get(deviceId)) ? 'door' : 'home';
  }
  if (facts.events?.includes('ok') === true) return 'ok';
  const steps = (after.steps[deviceId]?.count ?? 0) - (before.steps[deviceId]?.count ?? Number.POSITIVE_INFINITY);
  if (steps >= walkingSteps) return 'walk';
  if (facts.motion === true) return isSensor(kind) ? 'home' : 'body';
  if (facts.events?.includes('sos') === true) return kind === 'callButton' ? 'home' : 'body';
  return steps > 0 ? 'body' : undefined;
}

function isWayOut(device: Device | undefined): boolean {
  return !indoors.test(device?.room ?? '') && !indoors.test(device?.model ?? '');
}

/** Does the band say that she is out, or that she is in? One that may lie on the table does not say that she is in. */
export function whereBandIs(home: Household, reading: Reading): 'out' | 'in' | undefined {
  const { kind, facts } = reading;
  if (kind !== 'wristband' || (facts.position === undefined && facts.homeAnchor !== true)) return undefined;
  const isOnHer = facts.worn === true || (facts.motion === true && facts.worn !== false);
  if (facts.homeAnchor === true) return isOnHer ? 'in' : undefined;
  const fix = usableFix(reading, undefined);
  if (fix === undefined || home.home === undefined) return undefined;
  const fromHomeM = distanceM(fix, home.home);
  if (fromHomeM - fix.accuracyM > outM) return 'out';
  return isOnHer && fromHomeM < inM ? 'in' : undefined;
}
