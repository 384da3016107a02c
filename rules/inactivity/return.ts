import type { Household } from '../rule.ts';
import type { State } from './limits.ts';

/**
 * The family said "away until", and she was seen to come home before that: through the door and moving indoors, or by her
 * band. From then on she is watched as ever. When the door or the band says that she (or whoever waters the plants) is
 * out again, the word of the family counts again.
 */
export function withReturn(home: Household, before: State, after: State, atMs: number): State {
  const { awayUntilMs } = home;
  if (after.awayMs !== undefined || awayUntilMs === undefined) return outAgain(after);
  if (before.awayMs === undefined || atMs >= awayUntilMs) return after;
  return { ...after, back: { atMs, untilMs: awayUntilMs } };
}

function outAgain(state: State): State {
  if (state.back === undefined) return state;
  const { back: _back, ...rest } = state;
  return rest;
}

/** Until when nobody is missed at home because the family said so; 0 when she is back. Another word is a new one. */
export function heldByFamilyUntilMs({ awayUntilMs = 0 }: Household, { back }: State): number {
  return back?.untilMs === awayUntilMs ? 0 : awayUntilMs;
}
