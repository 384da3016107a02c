import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Model } from '../../rules/fall/model.ts';
import type { PatternModel } from '../../rules/fall/patterns.ts';
import { boost, type Settings } from './boost.ts';
import { bestThreshold, curveTable, groupsOf, table as tableOf } from './curve.ts';
import { type Judged, judged, type Site, trialsOf } from './examples.ts';
import {
  oddsOf,
  type PatternSettings,
  type PatternTable,
  patternPart,
  patternSquares,
  patternTable,
  patternWeights,
} from './pattern-fit.ts';
import { drawn, type Panel } from './svg.ts';
import { crossValidated, examplesOf, type FeatureColumn } from './validate.ts';
import { parametersText } from './write.ts';

/**
 * Fits the two models of falls and says how good they are on people they have not seen:
 *
 *     npx node bench/falls/fit.ts DATA_DIR [--write] [--rounds 3] [--site wrist]
 *
 * DATA_DIR holds the folders weda-fall, umafall, smartfallmm-watch, geotec-watch-adl and sisfall. With `--write` the
 * parameters go to rules/fall/parameters.ts and the curve to docs/falls.svg. The same data and seed give the same file.
 */
const seed = 20;
const settings: Readonly<Record<Site, Settings>> = {
  wrist: { times: 4, trees: 50, depth: 4, rate: 0.15, leastWeight: 2, pull: 2, examples: 0.7, features: 0.5 },
  waist: { times: 2, trees: 40, depth: 3, rate: 0.2, leastWeight: 2, pull: 2, examples: 0.7, features: 0.5 },
};
/** The waist does without: its features reach the goals. */
const patternSettings: Readonly<Record<Site, PatternSettings | undefined>> = {
  wrist: {
    fromTrees: -3.5,
    reaches: [
      { beforeS: 1.2, afterS: 3 },
      { beforeS: 2, afterS: 4 },
    ],
    apart: [1, 2, 4, 7],
    pull: 0.1,
    odds: 6,
  },
  waist: undefined,
};
const variants: Readonly<Record<Site, number>> = { wrist: 3, waist: 1 };
/** Told to people beside the score, but no part of it: they said nothing that others do not. */
const onlyTold: ReadonlySet<string> = new Set<FeatureColumn>(['freeFallMs', 'restStdG']);

export type Fitted = Panel & { readonly site: Site; readonly model: Model; readonly lines: readonly string[] };

async function fitted(dataDir: string, site: Site, rounds: number): Promise<Fitted> {
  const all = judged(await trialsOf(dataDir, site), variants[site], seed);
  process.stderr.write(`${site}: ${all.length} trials read\n`);
  const names = (Object.keys(all[0]?.seen.features ?? {}) as FeatureColumn[]).filter((name) => !onlyTold.has(name));
  const wanted = patternSettings[site];
  const tables = wanted?.reaches.map((reach) => patternTable(all, wanted, reach)) ?? [];
  const task = { names, settings: settings[site], seed, tables };
  const scores = crossValidated(all, task, rounds);
  const validated = Array.from({ length: rounds }, () => all).flat();
  const groups = groupsOf[site];
  const threshold = bestThreshold(validated, scores, groups);
  const lines = tableOf(validated, scores, groups, threshold, rounds);
  const goals = groups.filter(({ sensitivity }) => sensitivity !== undefined);
  console.log(`\n${site}, people not seen before, sensitivity / specificity %, threshold ${threshold.toFixed(2)}`);
  console.log([...lines, '', ...curveTable(validated, scores, goals, threshold)].join('\n'));
  const { start, trees } = boost(examplesOf(all, names), settings[site], seed);
  const usual = names.map((name) => medianOf(all, ({ seen }) => seen.features[name]));
  const trained = wanted && trainedPatterns(all, wanted, tables);
  const model: Model = {
    features: trained ? [...names, 'patternOdds'] : names,
    ordinary: trained ? [...usual, trained.ordinary] : usual,
    start,
    trees,
    ...(trained && { patterns: trained.patterns }),
    threshold,
  };
  return {
    site,
    model,
    lines,
    title: `${site}, people not seen before`,
    all: validated,
    scores,
    groups: goals,
    threshold,
  };
}

function trainedPatterns(all: readonly Judged[], { fromTrees }: PatternSettings, tables: readonly PatternTable[]) {
  const each = tables.map((table) => {
    const weights = patternWeights(table, patternSquares(table, all, [...all.keys()]));
    return { part: patternPart(table, weights), odds: (i: number) => oddsOf(table, i, weights) };
  });
  const patterns: PatternModel = { fromTrees, parts: each.map(({ part }) => part) };
  return { patterns, ordinary: medianOf(all, (_, i) => each.reduce((sum, { odds }) => sum + odds(i), 0)) };
}

/** Over daily life. */
function medianOf(all: readonly Judged[], value: (one: Judged, i: number) => number): number {
  const values = all.flatMap((one, i) => (one.trial.isFall ? [] : [value(one, i)]));
  values.sort((a, b) => a - b);
  return Number((values[values.length >> 1] ?? 0).toPrecision(2));
}

const { values: options, positionals } = parseArgs({
  options: { write: { type: 'boolean' }, rounds: { type: 'string', default: '3' }, site: { type: 'string' } },
  allowPositionals: true,
});
const [dataDir] = positionals;
if (dataDir === undefined) {
  process.stderr.write('usage: npx node bench/falls/fit.ts DATA_DIR [--write] [--rounds 3] [--site wrist|waist]\n');
  process.exit(2);
}
const sites = (['wrist', 'waist'] as const).filter((site) => options.site === undefined || options.site === site);
const both: Fitted[] = [];
for (const site of sites) both.push(await fitted(dataDir, site, Number(options.rounds)));
if (options.write) {
  await writeFile(new URL('../../rules/fall/parameters.ts', import.meta.url), parametersText(both, seed));
  await writeFile(new URL('../../docs/falls.svg', import.meta.url), drawn(both));
}
