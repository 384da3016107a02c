import type { Track } from './track.ts';
import { type Doubt, deepM } from './votes.ts';

/** For how long fixes must agree before they are believed, and how many of them must be outside by more than their error. */
export type Hold = { readonly lastsMs: number; readonly sure: number };

/** What contradicts the fixes. */
export type Against = {
  /** How far the home lies inside the edge; undefined when nobody knows. */
  readonly depthM: number | undefined;
  /** Motion indoors behind a closed door, of somebody living alone. */
  readonly isIndoors: boolean;
  /** The band says that nobody moves, or has not counted the steps for the way. */
  readonly isStaying: boolean;
};

const minuteMs = 60_000;
const none: Hold = { lastsMs: 0, sure: 0 };
/** When the steps come only after the fixes, she jumped: a reflected signal outdoors lasts a minute or two. */
const late: Hold = { lastsMs: 4 * minuteMs, sure: 5 };
/** Whoever does not move goes nowhere, unless fixes say so for very long: a wheelchair, a frame that hides the steps. */
const still: Hold = { lastsMs: 10 * minuteMs, sure: 5 };
/** No exit waits for longer, whatever speaks against it. */
const longest: Hold = { lastsMs: 15 * minuteMs, sure: 8 };

/**
 * How long the fixes must agree, for what contradicts them. The steps for the way outweigh a motion sensor, which may have
 * seen a pet. A home less than 200 m inside the edge waits longest: indoors, 10 minutes of the same reflected signal are no
 * rarity (one home in four of the simulated community keeps a source for 15 minutes on average).
 */
export function holdOn(doubt: Doubt | undefined, { depthM, isIndoors, isStaying }: Against): Hold {
  if (doubt?.going !== undefined) return doubt.going === 'late' ? late : none;
  if (isIndoors) return longest;
  if (!isStaying) return none;
  return depthM !== undefined && depthM < deepM ? longest : still;
}

export function hasLasted({ votes, doubt }: Track, { lastsMs, sure }: Hold): boolean {
  if (lastsMs === 0) return true;
  return doubt !== undefined && (votes.at(-1)?.[0] ?? 0) - doubt.sinceMs >= lastsMs && doubt.sure >= sure;
}
