import type { LatLon } from '../model/geo.ts';
import type { Reading } from '../model/reading.ts';
import { distanceM } from './geometry.ts';

/** A position good enough to decide on. */
export type UsableFix = {
  readonly atMs: number;
  readonly lat: number;
  readonly lon: number;
  /** 68 % radius; an assumption when the device did not say. */
  readonly accuracyM: number;
};

/** Where it was last believed to be, and a place it has claimed since that nobody could have reached. */
export type Whereabouts = { readonly last?: UsableFix; readonly stray?: Stray };
type Stray = { readonly fix: UsableFix; readonly sinceMs: number; readonly count: number };

export const worstAccuracyM = 150;
/** Cell positions begin at about 500 m; what is better than this without saying so is a thin Wi-Fi. */
const roughAccuracyM = 400;
/** Between what a phone gets from satellites and from Wi-Fi. */
const unknownAccuracyM = 50;
/** Faster than any car: the position jumped, not the person. */
const fastestMps = 50;
/** Errors last for many seconds, so fixes closer together are one witness, not several. */
const spacingMs = 20_000;
/** How old the remembered fix of a person who stays where they belong may become before it is written again. */
const settledGrainMs = 5 * 60_000;
/** So many fixes over so long that agree with each other, and the old place is the one that was wrong. */
const strayFixes = 3;
const straySpanMs = 60_000;

/**
 * The fix of a reading when it may vote: fresh, newer than the last one by the spacing, not from a cell alone, accurate
 * to 150 m, and reachable from the last one. Everything else is history, kept in the track and no news here.
 */
export function usableFix(reading: Reading, last: UsableFix | undefined): UsableFix | undefined {
  const fix = votingFix(reading);
  if (fix === undefined || last === undefined) return fix;
  return isSpaced(last.atMs, fix.atMs) && isReachable(last, fix) ? fix : undefined;
}

/** The same, whatever came before it. */
export function votingFix(reading: Reading): UsableFix | undefined {
  return fixWithin(reading, worstAccuracyM);
}

/** A fix too poor to vote by itself (150 to 400 m) and yet no cell's: several of them, far out, mean something. */
export function roughFix(reading: Reading): UsableFix | undefined {
  const fix = fixWithin(reading, roughAccuracyM);
  return fix && fix.accuracyM > worstAccuracyM ? fix : undefined;
}

function fixWithin({ facts, takenAtMs, late }: Reading, worstM: number): UsableFix | undefined {
  const { position } = facts;
  if (position === undefined || late || position.source === 'cell') return undefined;
  const { lat, lon, accuracyM = unknownAccuracyM } = position;
  return accuracyM > worstM ? undefined : { atMs: takenAtMs, lat, lon, accuracyM };
}

/**
 * The whereabouts after a fix. One that nobody could have reached is kept aside as a stray; when others agree with it for
 * a minute it is the truth, and the old place was wrong (a Wi-Fi that travels on a bus, a fix kept from another city).
 *
 * @returns the same object when the fix may not vote and leaves nothing to remember
 */
export function whereabouts(was: Whereabouts, fix: UsableFix): Whereabouts {
  const { last, stray } = was;
  if (last === undefined) return { last: fix };
  if (!isSpaced(last.atMs, fix.atMs)) return was;
  if (isReachable(last, fix)) return { last: fix };
  if (stray !== undefined && !isSpaced(stray.fix.atMs, fix.atMs)) return was;

  const agrees = stray !== undefined && isReachable(stray.fix, fix);
  const next = agrees ? { ...stray, fix, count: stray.count + 1 } : { fix, sinceMs: fix.atMs, count: 1 };
  const isBelieved = next.count >= strayFixes && fix.atMs - next.sinceMs >= straySpanMs;
  return isBelieved ? { last: fix } : { last, stray: next };
}

/** May the state of somebody who stays where they belong be left as it is on the disk? */
export function isRecent(last: UsableFix | undefined, fix: UsableFix): boolean {
  return last !== undefined && fix.atMs - last.atMs < settledGrainMs;
}

export function isSpaced(beforeMs: number, atMs: number): boolean {
  return atMs - beforeMs >= spacingMs;
}

/** Metres between two fixes that their errors cannot explain. */
export function surelyApartM(from: LatLon & { accuracyM: number }, to: LatLon & { accuracyM: number }): number {
  return distanceM(from, to) - from.accuracyM - to.accuracyM;
}

export function isReachable(from: UsableFix, to: UsableFix): boolean {
  return surelyApartM(from, to) <= fastestMps * ((to.atMs - from.atMs) / 1000);
}
