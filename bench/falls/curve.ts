import type { Judged, Site } from './examples.ts';

export type Group = {
  readonly name: string;
  readonly has: (one: Judged['trial']) => boolean;
  /** Goals in percent. */
  readonly sensitivity?: number;
  readonly specificity?: number;
};

const isSet = (set: string, part: string) => (trial: Judged['trial']) => trial.set === set && trial.part === part;

/** What figures are given for, with the goals they are held against. */
export const groupsOf: Readonly<Record<Site, readonly Group[]>> = {
  wrist: [
    { name: 'WEDA 25 Hz', has: isSet('weda-fall', ''), sensitivity: 96, specificity: 97 },
    { name: 'WEDA 40 Hz', has: isSet('weda-fall', '40 Hz') },
    { name: 'UMAFall', has: isSet('umafall', ''), sensitivity: 96, specificity: 98 },
    { name: 'SmartFallMM ok', has: isSet('smartfallmm-watch', 'ok'), sensitivity: 60, specificity: 95 },
    { name: 'SmartFallMM gappy', has: isSet('smartfallmm-watch', 'gappy') },
    { name: 'GeoTec', has: isSet('geotec-watch-adl', '') },
    { name: 'elders', has: ({ isElder, part }) => isElder && ['', 'ok', 'gappy'].includes(part), specificity: 99 },
    {
      name: 'WEDA elders',
      has: ({ set, isElder, part }) => isElder && set === 'weda-fall' && part === '',
      specificity: 95,
    },
  ],
  waist: [
    { name: 'SisFall', has: isSet('sisfall', ''), sensitivity: 99, specificity: 99.5 },
    { name: 'UMAFall', has: isSet('umafall', ''), sensitivity: 96, specificity: 99 },
    { name: 'elders', has: ({ isElder, part }) => isElder && part === '', specificity: 99 },
  ],
};

export type Point = { readonly threshold: number; readonly sensitivity: number; readonly specificity: number };

/** Percent of falls found and of other movements left alone; NaN when the group has none. */
export function pointAt(all: readonly Judged[], scores: Float64Array, group: Group, threshold: number): Point {
  let [falls, found, others, quiet] = [0, 0, 0, 0];
  for (const [i, { trial }] of all.entries()) {
    if (!group.has(trial)) continue;
    const isSuspected = (scores[i] ?? 0) >= threshold;
    if (trial.isFall) falls += 1;
    else others += 1;
    if (trial.isFall && isSuspected) found += 1;
    if (!trial.isFall && !isSuspected) quiet += 1;
  }
  return { threshold, sensitivity: (100 * found) / falls, specificity: (100 * quiet) / others };
}

/** The threshold that misses the goals by least, over all groups together; the middle one where several do. */
export function bestThreshold(all: readonly Judged[], scores: Float64Array, groups: readonly Group[]): number {
  const thresholds = Array.from({ length: 161 }, (_, i) => -4 + i / 20);
  const missed = thresholds.map((threshold) => missedBy(all, scores, groups, threshold));
  const least = Math.min(...missed);
  const best = thresholds.filter((_, i) => (missed[i] ?? 0) <= least + 1e-9);
  return best[Math.floor(best.length / 2)] ?? 0;
}

function missedBy(all: readonly Judged[], scores: Float64Array, groups: readonly Group[], threshold: number): number {
  const short = (reached: number, goal?: number) => (goal === undefined ? 0 : Math.max(0, goal - reached));
  return groups.reduce((sum, group) => {
    const { sensitivity, specificity } = pointAt(all, scores, group, threshold);
    return sum + short(sensitivity, group.sensitivity) + short(specificity, group.specificity);
  }, 0);
}

/** A line for each group: the mean over the rounds of cross-validation, and their spread. */
export function table(
  all: readonly Judged[],
  scores: Float64Array,
  groups: readonly Group[],
  threshold: number,
  rounds: number,
): string[] {
  return groups.map((group) => {
    const { sensitivity, specificity } = pointAt(all, scores, group, threshold);
    const spread = spreadAt(all, scores, group, threshold, rounds);
    const reached = `${percent(sensitivity)}${plusMinus(spread.sensitivity)} / ${percent(specificity)}${plusMinus(spread.specificity)}`;
    return `${group.name.padEnd(18)} ${reached}   goal ${group.sensitivity ?? '-'} / ${group.specificity ?? '-'}`;
  });
}

/** Standard deviation of the figures from one round to the next; the trials and scores of a round stand together. */
function spreadAt(all: readonly Judged[], scores: Float64Array, group: Group, threshold: number, rounds: number) {
  const each = all.length / rounds;
  const points = Array.from({ length: rounds }, (_, round) => {
    const [from, to] = [round * each, (round + 1) * each];
    return pointAt(all.slice(from, to), scores.subarray(from, to), group, threshold);
  });
  const spread = (values: readonly number[]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1));
  };
  return {
    sensitivity: spread(points.map(({ sensitivity }) => sensitivity)),
    specificity: spread(points.map(({ specificity }) => specificity)),
  };
}

function plusMinus(value: number): string {
  return Number.isNaN(value) ? '     ' : ` ±${value.toFixed(1)}`;
}

function percent(value: number): string {
  return (Number.isNaN(value) ? '-' : value.toFixed(1)).padStart(5);
}

/** Sensitivity and specificity of some groups at thresholds from low to high, as text. */
export function curveTable(
  all: readonly Judged[],
  scores: Float64Array,
  groups: readonly Group[],
  at: number,
): string[] {
  const steps = Array.from({ length: 13 }, (_, i) => at - 3 + i / 2);
  const line = (threshold: number) => {
    const cells = groups.map((group) => {
      const { sensitivity, specificity } = pointAt(all, scores, group, threshold);
      return `${percent(sensitivity)} / ${percent(specificity)}`.padEnd(18);
    });
    return `${threshold.toFixed(2).padStart(6)}${threshold === at ? ' *' : '  '} ${cells.join(' ')}`;
  };
  return [`         ${groups.map(({ name }) => name.padEnd(18)).join(' ')}`, ...steps.map(line)];
}
