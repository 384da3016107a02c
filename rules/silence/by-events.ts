import type { Device, DeviceKind } from '../../model/device.ts';
import type { Household } from '../rule.ts';
import type { State } from './hearing.ts';
import type { UsualGaps } from './usual-gaps.ts';

/** What may report events and nothing else: its silence means that nobody passed. */
const kinds: ReadonlySet<DeviceKind> = new Set(['motionSensor', 'doorSensor']);
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** Longer silences than its kind may have on so many of its last seven days with one: it speaks when something happens. */
const daysToKnow = 3;
/** It is dead after three times its longest silence, and not before so many days. */
const deadFactor = 3;
const leastDeadMs = 3 * dayMs;
const mostDeadMs = 21 * dayMs;
/** Others must have been heard for so much of that time: a home on holiday says nothing against its sensors. */
const othersShare = 0.5;

/** How long a sensor that reports events and nothing else may be silent; undefined for every other device. */
export function eventsSilenceMs({ kind }: Device, usual: UsualGaps | undefined): number | undefined {
  if (usual === undefined || !kinds.has(kind) || usual.daily.length < 2 * daysToKnow) return undefined;
  const longestMin = Math.max(...usual.gaps, ...usual.daily.filter((_, at) => at % 2 === 1));
  return Math.min(mostDeadMs, Math.max(leastDeadMs, deadFactor * longestMin * minuteMs));
}

/** Have other sensors of the home been heard for long enough since? Alone in its home nothing else can tell. */
export function othersWereHeard(
  home: Household,
  state: State,
  { id }: Device,
  fromMs: number,
  allowedMs: number,
): boolean {
  const others = [...home.devices.values()].filter(
    (other) => other.id !== id && kinds.has(other.kind) && state[other.id],
  );
  if (others.length === 0) return true;
  const lastMs = Math.max(...others.map((other) => state[other.id]?.heardMs ?? 0));
  return lastMs >= fromMs + othersShare * allowedMs;
}

/**
 * Nobody moved in the home for long, and now somebody does: no silence before this moment says anything about a sensor that
 * reports events and nothing else. Undefined when it was no such silence.
 */
export function awakened(home: Household, state: State, device: Device, atMs: number): State | undefined {
  const was = state[device.id];
  const isLong = was !== undefined && atMs - was.heardMs >= othersShare * leastDeadMs;
  if (!isLong || eventsSilenceMs(device, was.usual) === undefined) return undefined;
  const known = Object.entries(state).flatMap(([id, hearing]) => {
    const sensor = home.devices.get(id);
    return sensor !== undefined && kinds.has(sensor.kind) ? [{ sensor, hearing }] : [];
  });
  const lastMs = Math.max(...known.map(({ hearing }) => hearing.heardMs));
  if (atMs - lastMs < othersShare * leastDeadMs) return undefined;
  const anew = known
    .filter(({ sensor, hearing }) => eventsSilenceMs(sensor, hearing.usual) !== undefined)
    .map(({ sensor: { id }, hearing }) => [
      id,
      { ...hearing, fromMs: atMs, ...(id === device.id && { heardMs: atMs }) },
    ]);
  return { ...state, ...Object.fromEntries(anew) };
}
