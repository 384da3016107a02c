import type { Model } from '../../rules/fall/model.ts';
import type { PatternModel, PatternSum } from '../../rules/fall/patterns.ts';
import type { Fitted } from './fit.ts';

/** The file of parameters: where they come from, what they reach, and one line for each tree. */
export function parametersText(both: readonly Fitted[], seed: number): string {
  const figures = both.flatMap(({ site, lines }) => [`${site}:`, ...lines.map((line) => `  ${line}`)]);
  const head = [
    'Parameters of the two models of falls: boosted trees over the features of `features.ts`. Written, not edited:',
    '',
    '    npx node bench/falls/fit.ts DATA_DIR --write',
    '',
    `Fitted ${new Date().toISOString().slice(0, 10)} with seed ${seed} on the development halves of WEDA-FALL (Marques and Moreno 2023),`,
    'UMAFall (Casilari et al. 2017), SmartFallMM (Ngu et al.), GeoTec (Matey-Sanz et al. 2023) and SisFall',
    '(Sucerquia et al. 2017), split by person. Sensitivity / specificity in percent on people the model had not seen:',
    '',
    ...figures,
    '',
    'A tree is a number (added to the score) or [feature, below, tree when below, tree when not]. The 84 patterns of',
    '`patterns.ts` have a bound and a weight each, for every reach, trace and distance.',
  ];
  const comment = ['/*', ...head.map((line) => (line === '' ? ' *' : ` * ${line}`)), ' */'].join('\n');
  const models = both.map(({ site, model }) => modelText(site, model));
  return `${comment}\n\nimport type { Model } from './model.ts';\n\n${models.join('\n\n')}\n`;
}

function modelText(site: string, { features, ordinary, start, trees, patterns, threshold }: Model): string {
  const table = features.map((name, i) => `    '${name}', // ${i}: in daily life ${ordinary[i]}`);
  return [
    `// biome-ignore format: one line for each tree`,
    `export const ${site}: Model = {`,
    `  features: [`,
    ...table,
    `  ],`,
    `  ordinary: ${JSON.stringify(ordinary)},`,
    `  start: ${start},`,
    `  threshold: ${Number(threshold.toFixed(2))},`,
    `  trees: [`,
    ...trees.map((tree) => `    ${JSON.stringify(tree)},`),
    `  ],`,
    ...(patterns ? patternText(patterns) : []),
    `};`,
  ].join('\n');
}

function patternText({ fromTrees, parts }: PatternModel): string[] {
  const lines = parts.flatMap(({ reach, start, sums }) => [
    `      {`,
    `        reach: { beforeS: ${reach.beforeS}, afterS: ${reach.afterS} },`,
    `        start: ${start},`,
    `        sums: [`,
    ...sums.flatMap(sumText),
    `        ],`,
    `      },`,
  ]);
  return [`  patterns: {`, `    fromTrees: ${fromTrees},`, `    parts: [`, ...lines, `    ],`, `  },`];
}

function sumText({ trace, apart, bounds, weights }: PatternSum): string[] {
  return [
    `          {`,
    `            trace: '${trace}',`,
    `            apart: ${apart},`,
    `            bounds: ${JSON.stringify(bounds)},`,
    `            weights: ${JSON.stringify(weights)},`,
    `          },`,
  ];
}
