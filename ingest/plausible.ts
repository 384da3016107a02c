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

/** Epoch milliseconds that are a date at all: what lies beyond cannot even be shown. */
export const anyDateMs: Range = { min: -8.64e15, max: 8.64e15 };
