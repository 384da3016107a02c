import { surelyApartM, type UsableFix } from '../fixes.ts';
import type { Household } from '../rule.ts';
import { isNight, nextNightMs } from './home-signs.ts';

/** `[atMs, lat, lon]`, degrees to five places (about a metre). */
export type PathPoint = readonly [atMs: number, lat: number, lon: number];

/** Somebody is out: since their first vote, told first and last, and where they went. */
export type Excursion = {
  readonly sinceMs: number;
  readonly firstToldAtMs: number;
  readonly toldAtMs: number;
  readonly path: readonly PathPoint[];
  /** Told as critical. */
  readonly urgent?: true;
  /** When her device was last heard, within a minute: kept where its silence can make this critical. */
  readonly heardAtMs?: number;
};

const minuteMs = 60_000;
const pathAtMost = 16;
const pathEveryMs = minuteMs;
/** P1 is not said on the strength of the same fixes that said P2. */
const urgentAfterMs = minuteMs;
const longMs = 60 * minuteMs;
const farM = 2000;
const vehicleMps = 6;
const vehicleOverMs = minuteMs;
const lowBatteryPct = 15;
/** By day a band may be silent between two places: under a roof, on an underground train. */
const silentByDayMs = 20 * minuteMs;

/** The way so far; when it has grown too long every second point of its older part goes, never the first or the newest. */
export function pathAfter(path: readonly PathPoint[], { atMs, lat, lon }: UsableFix): readonly PathPoint[] {
  const last = path.at(-1);
  if (last !== undefined && atMs - last[0] < pathEveryMs) return path;
  const longer: readonly PathPoint[] = [...path, [atMs, round5(lat), round5(lon)]];
  return longer.length <= pathAtMost ? longer : longer.filter((_point, i) => i % 2 === 0 || i > pathAtMost - 4);
}

function round5(degrees: number): number {
  return Math.round(degrees * 1e5) / 1e5 || 0;
}

type Now = {
  readonly before?: UsableFix | undefined;
  readonly fix: UsableFix;
  readonly batteryPct?: number | undefined;
};

export type Urgency = 'night' | 'far' | 'vehicle' | 'lowBattery' | 'long' | 'silent';

/**
 * Why an excursion is an emergency, for a resident known to be at cognitive risk: at night at once; by day for two reasons
 * of: more than 2 km from home, at the speed of a vehicle, the battery nearly empty, more than an hour. One of these alone
 * is a family taking her out to lunch. What silence adds: `urgentInSilenceAtMs`.
 *
 * @returns none while it is not, or for anybody else
 */
export function urgencyOf(home: Household, trip: Excursion, { before, fix, batteryPct }: Now): readonly Urgency[] {
  if (!isAtRisk(home) || fix.atMs - trip.firstToldAtMs < urgentAfterMs) return [];
  if (isNight(home.timeZone, fix.atMs)) return ['night'];
  const held: Urgency[] = [];
  if (isFar(home, fix)) held.push('far');
  if (isDriven(trip, before, fix)) held.push('vehicle');
  if (batteryPct !== undefined && batteryPct < lowBatteryPct) held.push('lowBattery');
  if (fix.atMs - trip.sinceMs > longMs) held.push('long');
  return held.length >= 2 ? held : [];
}

/** Known to be: only then an excursion is ever critical. */
export function isAtRisk({ resident }: Household): boolean {
  return resident?.cognitiveRisk === true;
}

/**
 * When silence makes an excursion critical that is not so yet: as soon as it is one at night; by day after 20 minutes, when
 * she is far from home or out for more than an hour. Undefined where no word is waited for.
 *
 * @param last where she was last seen
 * @param silentMs from when on her device counts as silent
 */
export function urgentInSilenceAtMs(
  home: Household,
  { sinceMs, firstToldAtMs, heardAtMs, urgent }: Excursion,
  last: UsableFix,
  silentMs: number,
): number | undefined {
  if (heardAtMs === undefined || urgent) return undefined;
  const soonestMs = Math.max(firstToldAtMs + urgentAfterMs, heardAtMs + silentMs);
  const awayMs = isFar(home, last) ? 0 : sinceMs + longMs;
  return Math.min(nextNightMs(home.timeZone, soonestMs), Math.max(soonestMs, heardAtMs + silentByDayMs, awayMs));
}

/** Why it is critical at that moment. */
export function urgencyInSilence(home: Household, last: UsableFix, nowMs: number): readonly Urgency[] {
  if (isNight(home.timeZone, nowMs)) return ['night', 'silent'];
  return [isFar(home, last) ? 'far' : 'long', 'silent'];
}

function isFar({ home }: Household, fix: UsableFix): boolean {
  return home !== undefined && surelyApartM({ ...home, accuracyM: 0 }, fix) > farM;
}

/** Over a minute, not between two fixes: one of them may have jumped. */
function isDriven({ path }: Excursion, before: UsableFix | undefined, fix: UsableFix): boolean {
  const from = path.findLast(([atMs]) => fix.atMs - atMs >= vehicleOverMs);
  if (from === undefined || before === undefined) return false;
  const [atMs, lat, lon] = from;
  return surelyApartM({ lat, lon, accuracyM: before.accuracyM }, fix) / ((fix.atMs - atMs) / 1000) > vehicleMps;
}
