import type { Facts, Metric } from '../../model/reading.ts';
import type { Purpose } from '../contracts.ts';

const purposeOfFact = {
  position: 'positions',
  heartRateBpm: 'vitals',
  spo2Pct: 'vitals',
  systolicMmHg: 'vitals',
  diastolicMmHg: 'vitals',
  temperatureC: 'vitals',
  respirationPerMin: 'vitals',
  motion: 'motion',
  contactOpen: 'motion',
  steps: 'motion',
  worn: 'motion',
  homeAnchor: 'motion',
  batteryPct: 'device',
  signalDbm: 'device',
  charging: 'device',
  online: 'device',
  smoke: 'device',
  gas: 'device',
  events: 'device',
} as const satisfies Record<Metric | 'position' | 'events', Purpose>;

/** What these facts are kept for; one that says nothing is about the device. */
export function purposesOf(facts: Facts): readonly Purpose[] {
  const found = new Set<Purpose>();
  for (const [name, value] of Object.entries(facts)) {
    if (value !== undefined) found.add(purposeOfFact[name as keyof Facts]); // a fact has no other names
  }
  return found.size === 0 ? ['device'] : [...found];
}
