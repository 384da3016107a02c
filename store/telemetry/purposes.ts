import type { Facts, Metric } from '../../model/reading.ts';
import type { Purpose } from '../contracts.ts';

type FactName = keyof Facts;

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
  // never stored, and so kept for nothing
  burst: 'motion',
} as const satisfies Record<Metric | 'position' | 'events' | 'burst', Purpose>;

export function purposeOf(name: FactName): Purpose {
  return purposeOfFact[name];
}

/** What these facts are kept for; a reading that says nothing is about the device. */
export function purposesOf(facts: Facts): readonly Purpose[] {
  const found = new Set<Purpose>();
  for (const [name, value] of Object.entries(facts)) {
    if (value !== undefined) found.add(purposeOfFact[name as FactName]); // a fact has no other names
  }
  return found.size === 0 ? ['device'] : [...found];
}

/** The facts that are kept for a purpose that is wanted. */
export function factsFor(facts: Facts, isWanted: (purpose: Purpose) => boolean): Facts {
  const kept = Object.entries(facts).filter(([name]) => isWanted(purposeOfFact[name as FactName])); // no other names
  return Object.fromEntries(kept);
}
