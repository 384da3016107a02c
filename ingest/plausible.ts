import type { DeviceKind } from '../model/device.ts';
import type { Metric, metrics } from '../model/reading.ts';

export type Range = { readonly min: number; readonly max: number };

/**
 * What a living person and a working device can show. Outside it is not a grave reading but none: 0 beats, 0 °C and
 * 50 % SpO2 are what sensors say without skin contact. The limits are wider than any alarm limit, so that no emergency
 * is taken for a fault.
 */
export const plausible = {
  batteryPct: { min: 0, max: 100 },
  signalDbm: { min: -160, max: 0 },
  steps: { min: 0, max: 1_000_000 },
  heartRateBpm: { min: 20, max: 250 },
  spo2Pct: { min: 51, max: 100 },
  systolicMmHg: { min: 40, max: 300 },
  diastolicMmHg: { min: 20, max: 200 },
  temperatureC: { min: 25, max: 45 },
  respirationPerMin: { min: 4, max: 70 },
} satisfies Record<(typeof metrics)[number] & Metric, Range>;

/** Temperatures of a room, to a burning one: what a detector on the wall measures is not her body's. */
const ofTheRoomC: Range = { min: -40, max: 125 };
const onTheBody: ReadonlySet<DeviceKind> = new Set(['wristband', 'vitalsMonitor', 'bedSensor']);

/** What is plausible for a metric from a device of this kind. */
export function plausibleFor(metric: (typeof metrics)[number], kind: DeviceKind): Range {
  return metric === 'temperatureC' && !onTheBody.has(kind) ? ofTheRoomC : plausible[metric];
}

/**
 * Numbers that mean "I have none", and who says them. All lie outside `plausible`, so they would be refused anyway; here
 * they get their own name, so that a band that reports without skin contact does not look like one that is broken.
 * A code that a living person can show is no code: 127 is missing SpO2 and a fast pulse, 255 is missing in one byte and a
 * systolic pressure.
 *
 * - 0: most bands without skin contact.
 * - 50: the floor of common reflective SpO2 modules, sent while they search.
 * - 127 (SpO2), 511 (pulse): Nonin OEM III serial formats, "missing data".
 * - 255, 65535: all bits set, in one and two bytes.
 * - 2046 to 2050: Bluetooth SFLOAT special values (IEEE 11073-20601): +INFINITY, NaN, NRes, reserved, -INFINITY.
 */
export const noReading: Partial<Readonly<Record<Metric, ReadonlySet<number>>>> = {
  heartRateBpm: new Set([0, 255, 511, 65_535, 2046, 2047, 2048, 2049, 2050]),
  spo2Pct: new Set([0, 50, 127, 255, 65_535, 2046, 2047, 2048, 2049, 2050]),
  systolicMmHg: new Set([0, 65_535, 2046, 2047, 2048, 2049, 2050]),
  diastolicMmHg: new Set([0, 255, 65_535, 2046, 2047, 2048, 2049, 2050]),
  temperatureC: new Set([0, 255, 65_535]),
  respirationPerMin: new Set([0, 255, 65_535]),
};

/** Epoch milliseconds that are a date at all: what lies beyond cannot even be shown. */
export const anyDateMs: Range = { min: -8.64e15, max: 8.64e15 };
