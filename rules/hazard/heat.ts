import type { Reading } from '../../model/reading.ts';

/** The last temperature of a sensor on the wall while something is wrong: when, and in degrees Celsius. */
export type Heat = { readonly atMs: number; readonly celsius: number };

/** A heat detector of class A1 goes off at 54 to 65 °C (EN 54-5), or when it gets so much hotter in a minute. */
const fireC = 57;
const fireRisePerMin = 8;
/** Closer together the rise is noise, further apart it is the sun. */
const leastMs = 10_000;
const mostMs = 5 * 60_000;

/** What a temperature says of a fire: how hot, or how fast; undefined when it says nothing of one. */
export type Burning = { readonly celsius: number; readonly risePerMin?: number };

/** The room's temperature in a reading: what is worn or held to the body measures the body. */
export function roomTemperature({ kind, facts }: Reading): number | undefined {
  const isOfTheRoom = kind !== 'wristband' && kind !== 'vitalsMonitor' && kind !== 'bedSensor';
  return isOfTheRoom ? facts.temperatureC : undefined;
}

export function burningAt(celsius: number, atMs: number, was: Heat | undefined): Burning | undefined {
  if (celsius >= fireC) return { celsius };
  if (was === undefined || atMs - was.atMs < leastMs || atMs - was.atMs > mostMs) return undefined;
  const risePerMin = Math.round(((celsius - was.celsius) / (atMs - was.atMs)) * 60_000);
  return risePerMin >= fireRisePerMin ? { celsius, risePerMin } : undefined;
}
