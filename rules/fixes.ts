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

const worstAccuracyM = 150;
/** Between what a phone gets from satellites and from Wi-Fi. */
const unknownAccuracyM = 50;
/** Faster than any car: the position jumped, not the person. */
const fastestMps = 50;
/** Errors last for many seconds, so fixes closer together are one witness, not several. */
const spacingMs = 20_000;
/** How old the remembered fix of a person who stays where they belong may become before it is written again. */
const settledGrainMs = 5 * 60_000;

/**
 * The fix of a reading when it may vote: fresh, newer than the last one by the spacing, not from a cell alone, accurate
 * to 150 m, and reachable from the last one. Everything else is history, kept in the track and no news here.
 */
export function usableFix({ facts, takenAtMs, late }: Reading, last: UsableFix | undefined): UsableFix | undefined {
  const { position } = facts;
  if (position === undefined || late || position.source === 'cell') return undefined;
  const { lat, lon, accuracyM = unknownAccuracyM } = position;
  if (accuracyM > worstAccuracyM) return undefined;

  const fix = { atMs: takenAtMs, lat, lon, accuracyM };
  if (last === undefined) return fix;
  return takenAtMs - last.atMs >= spacingMs && isReachable(last, fix) ? fix : undefined;
}

/** May the state of somebody who stays where they belong be left as it is on the disk? */
export function isRecent(last: UsableFix | undefined, fix: UsableFix): boolean {
  return last !== undefined && fix.atMs - last.atMs < settledGrainMs;
}

function isReachable(from: UsableFix, to: UsableFix): boolean {
  const surelyM = distanceM(from, to) - from.accuracyM - to.accuracyM;
  return surelyM <= fastestMps * ((to.atMs - from.atMs) / 1000);
}
