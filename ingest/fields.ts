import { toWgs84 } from '../model/datum.ts';
import type { DeviceKind } from '../model/device.ts';
import { Datum, type Fix, FixSource } from '../model/geo.ts';
import type { Mutable } from '../model/mutable.ts';
import type { Facts, metrics } from '../model/reading.ts';
import { isSource, type Source } from './payload.ts';
import { noReading, plausibleFor, type Range } from './plausible.ts';
import { type Refusals, typeName } from './refusals.ts';

/** Facts while they are gathered. */
export type Draft = Mutable<Facts>;

/** A number in its range, or undefined and a word in `refusals`. JSON cannot say NaN; 1e999 is Infinity and out of range. */
export function numberIn(value: unknown, { min, max }: Range, path: string, refusals: Refusals): number | undefined {
  if (typeof value !== 'number') {
    refusals.add('wrongType', path, `expected a number, got ${typeName(value)}`);
    return undefined;
  }
  if (value >= min && value <= max) return value;
  refusals.add('outOfRange', path, `expected ${min} to ${max}`);
  return undefined;
}

/** A metric within what is plausible for it from a device of this kind. "No reading" is refused under its own name. */
export function metricIn(
  metric: (typeof metrics)[number],
  value: unknown,
  path: string,
  kind: DeviceKind,
  refusals: Refusals,
): number | undefined {
  const range = plausibleFor(metric, kind);
  const isInRange = typeof value === 'number' && value >= range.min && value <= range.max;
  if (isInRange || typeof value !== 'number' || !noReading[metric]?.has(value)) {
    return numberIn(value, range, path, refusals);
  }
  refusals.add(
    'noReading',
    path,
    `the device's own word for "nothing measured", expected ${range.min} to ${range.max}`,
  );
  return undefined;
}

export function claimIn(value: unknown, path: string, refusals: Refusals): boolean | undefined {
  if (typeof value === 'boolean') return value;
  refusals.add('wrongType', path, `expected true or false, got ${typeName(value)}`);
  return undefined;
}

const latRange: Range = { min: -90, max: 90 };
const lonRange: Range = { min: -180, max: 180 };

/**
 * Latitude and longitude as sent, in range and not 0,0 (what a receiver without a fix reports).
 * `path` names the object they stand in, with its dot.
 */
export function latLonIn(source: Source, path: string, refusals: Refusals): { lat: number; lon: number } | undefined {
  const lat = numberIn(source.lat, latRange, `${path}lat`, refusals);
  const lon = numberIn(source.lon, lonRange, `${path}lon`, refusals);
  if (lat === undefined || lon === undefined) return undefined;
  if (lat !== 0 || lon !== 0) return { lat, lon };
  refusals.add('nullIsland', `${path}lat`, 'exactly 0,0 is a receiver without a fix');
  return undefined;
}

/** A fix in WGS-84, with what was sent beside it when that was another datum. */
export function fixFrom(at: { lat: number; lon: number }, datum: Datum): Fix {
  return datum === 'WGS84' ? at : { ...toWgs84(at, datum), original: { ...at, datum } };
}

/** 68 % radius in metres. Zero or less means the device does not know: no accuracy, and no complaint. */
export function accuracyIn(value: unknown, path: string, refusals: Refusals): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isFinite(value)) return value > 0 ? value : undefined;
  refusals.add('wrongType', path, `expected a number of metres, got ${typeName(value)}`);
  return undefined;
}

const isDatum = new Set<unknown>(Datum.options);
const isFixSource = new Set<unknown>(FixSource.options);

/**
 * The native position object. A datum we do not know makes the whole position worthless; a bad accuracy or source is
 * left out and the place kept.
 */
export function positionIn(value: unknown, path: string, defaultDatum: Datum, refusals: Refusals): Fix | undefined {
  if (!isSource(value)) {
    refusals.add('wrongType', path, `expected an object with lat and lon, got ${typeName(value)}`);
    return undefined;
  }
  const at = latLonIn(value, `${path}.`, refusals);
  const accuracyM = accuracyIn(value.accuracyM, `${path}.accuracyM`, refusals);
  const source = oneOf<FixSource>(value.source, isFixSource, FixSource.options, `${path}.source`, refusals);
  const datum = oneOf<Datum>(value.datum, isDatum, Datum.options, `${path}.datum`, refusals);
  if (at === undefined || (value.datum !== undefined && datum === undefined)) return undefined;
  return withDetails(fixFrom(at, datum ?? defaultDatum), accuracyM, source);
}

/** A fix with what else is known of it; nothing is said about what is not. */
export function withDetails(fix: Fix, accuracyM: number | undefined, source?: FixSource): Fix {
  if (accuracyM === undefined && source === undefined) return fix;
  const detailed: Mutable<Fix> = { ...fix };
  if (accuracyM !== undefined) detailed.accuracyM = accuracyM;
  if (source !== undefined) detailed.source = source;
  return detailed;
}

function oneOf<T>(
  value: unknown,
  known: ReadonlySet<unknown>,
  options: readonly T[],
  path: string,
  refusals: Refusals,
): T | undefined {
  if (value === undefined) return undefined;
  if (known.has(value)) return value as T; // the set holds exactly the options
  refusals.add('outOfRange', path, `expected one of ${options.join(', ')}`);
  return undefined;
}
