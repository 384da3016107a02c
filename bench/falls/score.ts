import { join } from 'node:path';
import { recordings } from '../../app/evaluate/recordings/index.ts';
import type { Score } from '../../app/evaluate/recordings/recording.ts';

/**
 * What the finished rule reaches on recordings of falls, next to "peak above 3 g":
 *
 *     npx node bench/falls/score.ts DATA_DIR
 *
 * On recordings the parameters were fitted on the figures flatter; `fit.ts` prints those for people not seen before.
 */
const sets: ReadonlySet<string> = new Set(['weda-fall', 'umafall', 'smartfallmm-watch', 'geotec-watch-adl', 'sisfall']);
const [dataDir] = process.argv.slice(2);
if (dataDir === undefined) {
  process.stderr.write('usage: npx node bench/falls/score.ts DATA_DIR\n');
  process.exit(2);
}

const scores: Score[] = [];
for (const recording of recordings.filter(({ folder }) => sets.has(folder))) {
  const say = (line: string) => process.stderr.write(`${line}\n`);
  scores.push(...(await recording.score(join(dataDir, recording.folder), say)));
}
for (const { set, rule, figure, value, of } of [...scores, ...eldersTogether(scores)]) {
  console.log(
    `${set.padEnd(28)} ${rule.padEnd(16)} ${figure.padEnd(36)} ${value.toFixed(1).padStart(8)} of ${of ?? '-'}`,
  );
}

/** Elders of all sets, each trial once: WEDA at 25 Hz, SmartFallMM with and without holes. */
function eldersTogether(all: readonly Score[]): Score[] {
  const once = all.filter(
    ({ set, figure }) => figure === 'specificity of elders %' && !set.endsWith('40 Hz') && !set.endsWith(' ok'),
  );
  return [...Map.groupBy(once, ({ rule }) => rule)].map(([rule, own]) => {
    const of = own.reduce((sum, score) => sum + (score.of ?? 0), 0);
    const quiet = own.reduce((sum, score) => sum + score.value * (score.of ?? 0), 0);
    return { set: 'elders of all sets', rule, figure: 'specificity of elders %', value: quiet / of, of };
  });
}
