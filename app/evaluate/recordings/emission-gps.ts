import { judges } from './emission/exits.ts';
import { readTracks } from './emission/track.ts';
import { type Place, placesOf, type Span } from './emission/truth.ts';
import type { Recording, Score } from './recording.ts';

const folder = 'emission-gps';
/** An outing found later than this was missed. */
const inTimeMs = 15 * 60_000;

/** Phones of people on their way, rested and gone out, with fixes from 3 m to 15 km: safe-zone exits. */
export const emissionGps: Recording = {
  folder,
  async score(dir, progress) {
    const tracks = await readTracks(dir);
    const seen = tracks.flatMap((track) => placesOf(track).map((place) => ({ track, place })));
    progress(`${folder}: ${tracks.length} tracks, ${seen.length} places`);
    return judges.flatMap(({ rule, exitsOf }) =>
      scored(
        rule,
        seen.map(({ track, place }) => verdictOn(place, exitsOf(track, place.at))),
      ),
    );
  },
};

type Verdict = {
  readonly falseExits: number;
  readonly rests: number;
  readonly delaysMs: readonly (number | undefined)[];
};

/** An exit is false when it begins while the phone rests; an outing is found when an exit begins in time, or is on already. */
export function verdictOn({ rests, outings }: Place, exits: readonly Span[]): Verdict {
  const falseExits = exits.filter((exit) => rests.some((rest) => isDuring(rest, exit.fromMs))).length;
  return { falseExits, rests: rests.length, delaysMs: outings.map((outing) => delayOf(outing, exits)) };
}

function isDuring({ fromMs, toMs }: Span, atMs: number): boolean {
  return atMs >= fromMs && atMs <= toMs;
}

function delayOf({ fromMs }: Span, exits: readonly Span[]): number | undefined {
  const found = exits.find((exit) => exit.toMs > fromMs && exit.fromMs <= fromMs + inTimeMs);
  return found && Math.max(0, found.fromMs - fromMs);
}

function scored(rule: string, verdicts: readonly Verdict[]): Score[] {
  const delays = verdicts.flatMap(({ delaysMs }) => delaysMs);
  const found = delays.filter((delay) => delay !== undefined).sort((a, b) => a - b);
  const rank = (share: number) => (found[Math.max(0, Math.ceil(share * found.length) - 1)] ?? Number.NaN) / 1000;
  const sum = (of: (verdict: Verdict) => number) => verdicts.reduce((total, verdict) => total + of(verdict), 0);
  const base = { set: folder, rule };
  return [
    { ...base, figure: 'false exits while resting', value: sum((v) => v.falseExits), of: sum((v) => v.rests) },
    { ...base, figure: 'outings found', value: found.length, of: delays.length },
    { ...base, figure: 'delay p50 s', value: Math.round(rank(0.5)) },
    { ...base, figure: 'delay p90 s', value: Math.round(rank(0.9)) },
  ];
}
