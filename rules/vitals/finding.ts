import type { Bilingual, Evidence } from '../../model/alert.ts';
import { localTime } from '../../model/local-time.ts';
import type { PerDevice } from '../per-device.ts';
import type { Household } from '../rule.ts';
import { vitalsWords } from '../words/vitals.ts';
import { type Baseline, usualAt } from './baseline.ts';
import {
  amber,
  amberLimitsOf,
  type Level,
  type News2Parameter,
  news2Parameters,
  news2Points,
  red,
  redLimitsOf,
  scoring,
  type Vital,
} from './news2.ts';
import { isSettled, runOf, type Watch } from './watch.ts';

/** What was last said: about which vitals, at which level, and since when it is better. */
export type Told = {
  readonly severity: 'P2' | 'P3';
  readonly level: Level;
  readonly of: readonly Vital[];
  readonly atMs: number;
  readonly deviceId: string;
  readonly calmSinceMs?: number;
};

type PerVital<T> = { readonly [K in Vital]?: T };

/** What the rule about vital signs remembers; every part is absent while there is nothing to remember. */
export type VitalsState = {
  readonly usual?: PerVital<Baseline>;
  readonly watches?: PerVital<Watch>;
  /** Bands that are off the wrist (1), on the charger (2) or both (3). */
  readonly off?: PerDevice<number>;
  /** `[atMs, steps]` of each band, while something is watched. */
  readonly steps?: PerDevice<readonly number[]>;
  readonly told?: Told;
  /** When each amber was told last, by vital and side (`heartRateBpm:low`). */
  readonly said?: Readonly<Record<string, number>>;
};

/** What there is to say now, with its reasons. */
export type Finding = {
  readonly severity: 'P2' | 'P3';
  readonly level: Level;
  readonly of: readonly Vital[];
  readonly what: Bilingual;
  readonly evidence: Evidence;
  readonly because: readonly Bilingual[];
  readonly unless: readonly Bilingual[];
};

const minuteMs = 60_000;
/** Vitals belong to one assessment when they are this close. */
const togetherMs = 60 * minuteMs;
/** A parameter counts as measured when it was learned from within this time (it is learned from every two hours). */
const measuredMs = 4 * 60 * minuteMs;
const [urgentScore, attentionScore] = [7, 5];

/** The vitals that are watched, in the order of their names. */
export function watchesOf(state: VitalsState): [Vital, Watch][] {
  return Object.entries(state.watches ?? {}) as [Vital, Watch][]; // the keys of the record are vitals
}

/** The gravest thing that has lasted long enough at `atMs`; undefined when nothing has. */
export function findingOf(home: Household, state: VitalsState, atMs: number): Finding | undefined {
  const fresh = watchesOf(state).filter(([, { window }]) => atMs - (window.at(-2) ?? 0) <= togetherMs);
  const settledAt = (level: 1 | 2 | 3) => fresh.filter(([, watch]) => isSettled(watch, level));
  const scored = settledAt(scoring);
  const plan = home.resident?.vitals;
  const score = scored.reduce((sum, [vital, { median }]) => sum + news2Points(vital, median, plan), 0);

  const reds = settledAt(red);
  if (reds.length > 0) return finding(home, state, atMs, { severity: 'P2', level: red, watches: reds, scored, score });
  if (score >= urgentScore) {
    return finding(home, state, atMs, { severity: 'P2', level: scoring, watches: scored, scored, score });
  }
  const ambers = settledAt(amber);
  if (score >= attentionScore) {
    return finding(home, state, atMs, { severity: 'P3', level: scoring, watches: scored, scored, score });
  }
  if (ambers.length === 0) return undefined;
  return finding(home, state, atMs, { severity: 'P3', level: amber, watches: ambers, scored, score });
}

type Found = {
  readonly severity: 'P2' | 'P3';
  readonly level: 1 | 2 | 3;
  readonly watches: readonly [Vital, Watch][];
  readonly scored: readonly [Vital, Watch][];
  readonly score: number;
};

function finding(home: Household, state: VitalsState, atMs: number, found: Found): Finding {
  const { severity, level, watches, scored, score } = found;
  const missing = missingAt(state, atMs);
  const reasons = watches.flatMap(([vital, watch]) => reasonsOf(home, state, vital, watch, level, atMs));
  return {
    severity,
    level,
    of: watches.map(([vital]) => vital),
    what: vitalsWords.values(watches.map(([vital, { median }]) => [vital, median])),
    evidence: {
      ...Object.fromEntries([...scored, ...watches].map(([vital, { median }]) => [vital, median])),
      heldMin: Math.max(...watches.map(([, watch]) => heldMin(watch, level, atMs))),
      news2Partial: score,
      news2Missing: missing,
      redLimits: Object.fromEntries(watches.map(([vital]) => [vital, redLimitsOf(vital, home.resident?.vitals)])),
      usual: Object.fromEntries(watches.flatMap(([vital]) => usualOf(home, state, vital, atMs))),
      notice: vitalsWords.notice,
    },
    because: [...reasons, vitalsWords.partialNews2(score, missing)],
    unless: [vitalsWords.unlessHeld, vitalsWords.unlessNotWorn, ...exceptionsOf(watches, level)],
  };
}

/** What else keeps these vitals quiet at this level. */
function exceptionsOf(watches: Found['watches'], level: Found['level']): Bilingual[] {
  const isAtWrist = watches.some(([, { wrist }]) => wrist === true);
  const isPulse = watches.some(([vital, { spot }]) => vital === 'heartRateBpm' && !spot);
  return [
    ...(isAtWrist ? [vitalsWords.unlessBetterOxygen] : []),
    ...(level === amber && isPulse ? [vitalsWords.unlessAsleep] : []),
    ...(level === amber ? [vitalsWords.unlessUsual] : []),
    ...(level === amber && watches.every(([, { spot }]) => !spot) ? [vitalsWords.unlessSaid] : []),
  ];
}

function reasonsOf(home: Household, state: VitalsState, vital: Vital, watch: Watch, level: 1 | 2 | 3, atMs: number) {
  const plan = home.resident?.vitals;
  const [[, known] = [vital, undefined]] = usualOf(home, state, vital, atMs);
  const minutes = heldMin(watch, level, atMs);
  const own = known === undefined ? [] : [vitalsWords.unlikeHer(vital, known.centre)];
  if (level === red) return [vitalsWords.heldRed(vital, watch.median, redLimitsOf(vital, plan), minutes), ...own];
  if (level === scoring) return [vitalsWords.values([[vital, watch.median]])];
  const limits = amberLimitsOf(vital, plan, watch.spot);
  const times = runOf(watch, amber)?.times ?? 0;
  const said = watch.spot
    ? vitalsWords.sessions(vital, watch.median, limits, times)
    : vitalsWords.heldAmber(vital, watch.median, limits, minutes);
  return [said, ...own];
}

function heldMin(watch: Watch, level: 1 | 2 | 3, atMs: number): number {
  return Math.round((atMs - (runOf(watch, level)?.sinceMs ?? atMs)) / minuteMs);
}

function usualOf(home: Household, state: VitalsState, vital: Vital, atMs: number) {
  const { minute } = localTime(home.timeZone, atMs);
  const known = usualAt(vital, state.usual?.[vital], minute, atMs);
  return known === undefined ? [] : [[vital, known] as const];
}

/** What a full NEWS2 needs and nobody measured lately. */
function missingAt(state: VitalsState, atMs: number): readonly News2Parameter[] {
  return news2Parameters.filter((parameter) => {
    if (parameter === 'oxygenSupply' || parameter === 'consciousness') return true;
    const learnedAtMs = state.usual?.[parameter]?.atMs ?? Number.NEGATIVE_INFINITY;
    return state.watches?.[parameter] === undefined && atMs - learnedAtMs > measuredMs;
  });
}
