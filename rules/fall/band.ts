import type { Reading } from '../../model/reading.ts';
import { withDevice } from '../per-device.ts';
import type { Household } from '../rule.ts';
import type { State } from './state.ts';

/** The usual pulse follows so slowly, and is written so rarely. */
const pulseEveryMs = 30 * 60_000;
const pulseShare = 0.3;
/** A heart that beats so much faster than usual after something that may have been a fall speaks for one. */
const jumpBpm = 30;

/** What a band says of itself and its wearer at any time. The same state when it says nothing new. */
export function withBand(home: Household, state: State, reading: Reading): State {
  const { charging, worn, heartRateBpm } = reading.facts;
  let after = state;
  if (charging !== undefined || worn !== undefined) after = withOff(home, after, reading);
  if (heartRateBpm !== undefined) after = withPulse(home, after, reading, heartRateBpm);
  return after;
}

export function isOff({ off }: State, deviceId: string): boolean {
  return off?.[deviceId] !== undefined;
}

/** How much faster than usual the heart beats, when that is a jump. */
export function jumpOf({ pulse }: State, { deviceId, facts }: Reading): number | undefined {
  const usual = pulse?.[deviceId]?.[0];
  if (usual === undefined || facts.heartRateBpm === undefined) return undefined;
  const jump = facts.heartRateBpm - usual;
  return jump >= jumpBpm ? jump : undefined;
}

function withOff(home: Household, state: State, { deviceId, late, facts }: Reading): State {
  if (late) return state;
  const was = state.off?.[deviceId] ?? '';
  const isCharging = facts.charging ?? was.includes('c');
  const isTakenOff = facts.worn === undefined ? was.includes('o') : !facts.worn;
  const is = `${isCharging ? 'c' : ''}${isTakenOff ? 'o' : ''}`;
  if (is === was || !home.devices.has(deviceId)) return state;
  return { ...state, off: withDevice(home, state.off ?? {}, deviceId, is === '' ? undefined : is) };
}

/** Not while a fall is awaited: a racing heart is not usual. */
function withPulse(home: Household, state: State, { deviceId, takenAtMs, late }: Reading, bpm: number): State {
  if (late || state.pending !== undefined || state.doubt !== undefined || !home.devices.has(deviceId)) return state;
  const known = state.pulse?.[deviceId];
  if (known !== undefined && takenAtMs - known[1] < pulseEveryMs) return state;
  const usual = known === undefined ? bpm : Math.round(known[0] + pulseShare * (bpm - known[0]));
  return { ...state, pulse: withDevice(home, state.pulse ?? {}, deviceId, [usual, takenAtMs] as const) };
}
