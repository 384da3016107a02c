import type { LatLon } from '../../../../model/geo.ts';
import { distanceM } from '../../../../rules/geometry.ts';
import type { Located, PhoneTrack } from './track.ts';

/** From one moment to another, both inside. */
export type Span = { readonly fromMs: number; readonly toMs: number };
/** Somewhere the phone rested, perhaps several times, and what it did as seen from there. */
export type Place = { readonly at: LatLon; readonly rests: readonly Span[]; readonly outings: readonly Span[] };

export const zoneRadiusM = 300;
/** A fix that the truth is made of: what satellites and good Wi-Fi give, not what one cell gives. */
const goodAccuracyM = 50;
const restRadiusM = 150;
const leastRestMs = 15 * 60_000;
const leastOutingMs = 10 * 60_000;
/** So many good fixes over so long say that it went; fewer are a jump. */
const leavingFixes = 3;
const leavingMs = 60_000;

/**
 * Where a phone rested and when it was out, told by its good fixes (50 m or better) alone, in order of receipt: some phones
 * stamp what the satellites say an hour wrong.
 *
 * A *rest* is at least 15 minutes of good fixes within 150 m of their own median. Cell fixes do not count, so their jumps end
 * nothing; one or two good fixes elsewhere are a jump too, and three over a minute are a departure. A gap between two good
 * fixes at the same place is part of the rest: phones stop reporting while they lie still. Rests within 150 m of each other
 * are one place. An *outing* of a place is the time from a good fix more than 300 m away, after one within, to the last one
 * before the next within, if it is 10 minutes at least.
 */
export function placesOf(track: PhoneTrack): Place[] {
  const good = track.fixes
    .filter(({ accuracyM }) => accuracyM <= goodAccuracyM)
    .map((fix) => ({ ...fix, atMs: fix.receivedAtMs }))
    .sort((a, b) => a.atMs - b.atMs);
  const places: { at: LatLon; rests: Span[] }[] = [];
  for (const { at, span } of restsOf(good)) {
    const known = places.find((place) => distanceM(place.at, at) <= restRadiusM);
    if (known) known.rests.push(span);
    else places.push({ at, rests: [span] });
  }
  return places.map((place) => ({ ...place, outings: outingsOf(good, place.at) }));
}

type Rest = { readonly at: LatLon; readonly span: Span };

function restsOf(good: readonly Located[]): Rest[] {
  const rests: Rest[] = [];
  for (let i = 0; i < good.length; ) {
    const members = restFrom(good, i);
    const span = { fromMs: members[0]!.atMs, toMs: members.at(-1)!.atMs }; // never empty: the fix it began with
    if (span.toMs - span.fromMs < leastRestMs) i += 1;
    else {
      rests.push({ at: middleOf(members), span });
      i = good.indexOf(members.at(-1)!, i) + 1;
    }
  }
  return rests;
}

/** The fixes from `start` on that stay within `restRadiusM` of their own middle, single jumps left out. */
function restFrom(good: readonly Located[], start: number): Located[] {
  const members = [good[start]!];
  let away: Located[] = [];
  for (const fix of good.slice(start + 1)) {
    if (distanceM(middleOf(members), fix) <= restRadiusM) {
      members.push(fix);
      away = [];
      continue;
    }
    away.push(fix);
    if (away.length >= leavingFixes && fix.atMs - away[0]!.atMs >= leavingMs) break;
  }
  return members;
}

function middleOf(fixes: readonly LatLon[]): LatLon {
  return { lat: median(fixes.map(({ lat }) => lat)), lon: median(fixes.map(({ lon }) => lon)) };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function outingsOf(good: readonly Located[], at: LatLon): Span[] {
  const outings: Span[] = [];
  let wasInside = false;
  let first: Located | undefined;
  let last: Located | undefined;
  for (const fix of good) {
    const isOutside = distanceM(at, fix) > zoneRadiusM;
    if (isOutside) {
      if (first === undefined && wasInside) first = fix;
      last = fix;
      continue;
    }
    wasInside = true;
    if (first && last && last.atMs - first.atMs >= leastOutingMs) outings.push({ fromMs: first.atMs, toMs: last.atMs });
    first = undefined;
  }
  if (first && last && last.atMs - first.atMs >= leastOutingMs) outings.push({ fromMs: first.atMs, toMs: last.atMs });
  return outings;
}
