import type { DeviceKind } from '../../model/device.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** How long a kind of device may be silent. */
export type Limits = {
  /** It is missing something: counted when a whole area falls silent, told to nobody. */
  readonly suspectMs: number;
  /** It is offline. */
  readonly offlineMs: number;
  /** A device that is usually silent for longer gets longer, at most so long. */
  readonly learnedAtMostMs: number;
};

const hub: Limits = { suspectMs: 3 * minuteMs, offlineMs: 10 * minuteMs, learnedAtMostMs: hourMs };
const band: Limits = { suspectMs: 12 * minuteMs, offlineMs: 25 * minuteMs, learnedAtMostMs: 3 * hourMs };
const sensor: Limits = { suspectMs: 130 * minuteMs, offlineMs: 4 * hourMs, learnedAtMostMs: 12 * hourMs };
const sleepy: Limits = { suspectMs: 26 * hourMs, offlineMs: 50 * hourMs, learnedAtMostMs: 75 * hourMs };

/**
 * Per kind: hub 3 / 10 min, 4G band 12 / 25 min, sensor behind a hub 130 min / 4 h, sleepy ones (one word a day) 26 / 50 h.
 * A vitals monitor is used once a day or so. Defaults of the
 * domain study: twice to ten times the usual heartbeat of the kind.
 */
export const limitsOf: Readonly<Record<DeviceKind, Limits>> = {
  hub,
  wristband: band,
  motionSensor: sensor,
  doorSensor: sensor,
  bedSensor: sensor,
  smokeDetector: sleepy,
  gasDetector: sleepy,
  callButton: sleepy,
  vitalsMonitor: sleepy,
};

/** Mains devices keep a connection, so losing it says something. */
export const mains: ReadonlySet<DeviceKind> = new Set(['hub', 'bedSensor']);
/** A mains device that does not come back after its connection broke. */
export const lostMs = 10 * minuteMs;
/** A mains device that is connected is there although it says nothing: two of its status messages and some. An open connection alone is no proof for ever. */
export const connectedMs = 35 * minuteMs;

/** Being heard is written down once in a tenth of the limit, so the alarm comes between 0.9 and 1 of it after the last word. */
export const grain = 0.1;

export const carriesLifeSafety: ReadonlySet<DeviceKind> = new Set([
  'hub',
  'wristband',
  'callButton',
  'smokeDetector',
  'gasDetector',
]);

/** Would its silence be noticed within hours? Only such devices say something about the area they stand in. */
export function isWatched(kind: DeviceKind): boolean {
  return limitsOf[kind] !== sleepy;
}
