import type { claims, EventName, Metric, metrics } from '../../model/reading.ts';

/*
 * The names of facts and their codes on disk. What a row holds is said by bits below 2^12: one for each number, one for a
 * position, one for any claims, one for events. Codes are never given to another name.
 */

type NumberName = (typeof metrics)[number];
type ClaimName = (typeof claims)[number];

/** In the order they have on disk. Times its scale the usual value is a small whole number; any other costs eleven characters. */
const numberScales = {
  batteryPct: 1,
  signalDbm: -1,
  steps: 1,
  heartRateBpm: 1,
  spo2Pct: 1,
  systolicMmHg: 1,
  diastolicMmHg: 1,
  temperatureC: 10,
  respirationPerMin: 1,
} as const satisfies Record<NumberName, number>;

const claimCodes = {
  motion: 0,
  contactOpen: 1,
  smoke: 2,
  gas: 3,
  worn: 4,
  charging: 5,
  homeAnchor: 6,
  online: 7,
} as const satisfies Record<ClaimName, number>;

export const eventNames = namesOf<EventName>({ sos: 0, fall: 1, smoke: 2, smokeCleared: 3, gas: 4, tamper: 5, ok: 6 });
/** Names by their code, which is what is on disk: a new name gets the next number. A name without one does not compile. */
export function namesOf<Name extends string>(codes: Record<Name, number>): readonly Name[] {
  const entries = Object.entries(codes) as [Name, number][]; // its own keys
  return entries.toSorted(([, a], [, b]) => a - b).map(([name]) => name);
}

type NumberFact = { readonly name: NumberName; readonly scale: number; readonly bit: number };
export const numberFacts: readonly NumberFact[] = Object.entries(numberScales).map(([name, scale], index) => {
  return { name: name as NumberName, scale, bit: 1 << index }; // its own keys, in the order they are written down
});
export const claimNames = namesOf<ClaimName>(claimCodes);

export const positionPresent = 1 << 9;
export const claimsPresent = 1 << 10;
export const eventsPresent = 1 << 11;

/** Where a metric is found: a number by its own bit, a claim by its bit among the claims. */
export type MetricPlace = { readonly kind: 'number' | 'claim'; readonly presentBit: number; readonly bit: number };
export const places = Object.fromEntries<MetricPlace>([
  ...numberFacts.map(({ name, bit }) => [name, { kind: 'number', presentBit: bit, bit }] as const),
  ...claimNames.map((name, code) => [name, { kind: 'claim', presentBit: claimsPresent, bit: 1 << code }] as const),
]) as Record<Metric, MetricPlace>; // both lists are complete

/** A number for each metric; on disk as well. */
export const metricCodes = Object.fromEntries([
  ...numberFacts.map(({ name }, index) => [name, index]),
  ...claimNames.map((name, code) => [name, 16 + code]),
]) as Record<Metric, number>; // both lists are complete
