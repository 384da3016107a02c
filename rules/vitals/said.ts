import type { Household } from '../rule.ts';
import type { Finding, VitalsState } from './finding.ts';
import { amber, amberLimitsOf, type Vital } from './news2.ts';

const dayMs = 24 * 3_600_000;

/**
 * Has every amber vital of the finding been told within a day, on the same side? Red and scores are told every four hours.
 * At the cuff, too: somebody sat down to measure, and it was not better (with a day between them, 20 % of the pulses that the
 * team of TIHM flagged were told within a day, now 31 %).
 */
export function isOldNews(home: Household, state: VitalsState, finding: Finding, atMs: number): boolean {
  if (finding.level !== amber) return false;
  if (finding.of.some((vital) => state.watches?.[vital]?.spot)) return false;
  return sidesOf(home, state, finding.of).every((side) => atMs - (state.said?.[side] ?? -dayMs) < dayMs);
}

/** The ambers told within a day, with those of a finding; older ones are forgotten. */
export function withSaid(home: Household, state: VitalsState, finding: Finding, atMs: number): VitalsState {
  if (finding.level !== amber) return state;
  const recent = Object.entries(state.said ?? {}).filter(([, saidAtMs]) => atMs - saidAtMs < dayMs);
  const now = sidesOf(home, state, finding.of).map((side) => [side, atMs] as const);
  return { ...state, said: Object.fromEntries([...recent, ...now]) };
}

/** `heartRateBpm:low`. */
function sidesOf(home: Household, { watches }: VitalsState, of: readonly Vital[]): string[] {
  return of.flatMap((vital) => {
    const watch = watches?.[vital];
    if (watch === undefined) return [];
    const { low } = amberLimitsOf(vital, home.resident?.vitals, watch.spot);
    return [`${vital}:${low !== undefined && watch.median <= low ? 'low' : 'high'}`];
  });
}
