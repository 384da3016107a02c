import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { type Bench, benches, type Figure } from './all/benches.ts';

/**
 * Every measurement that has a goal, one after the other, each a program of its own: `npm run bench`. Prints what was
 * reached and writes everything that was found as JSON. `--quick` measures little of each, to see that all of it runs;
 * `--only soak,ingest` takes some, `--skip soak` leaves some out. Exit status 1 when a goal is missed or a bench fails.
 */
const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    skip: { type: 'string', default: '' },
    out: { type: 'string', default: 'bench-results/results.json' },
  },
});

type Result = Figure & { readonly bench: string };
type Outcome = { readonly bench: string; readonly tookS: number; readonly said: unknown; readonly figures: Result[] };

function chosen(): readonly Bench[] {
  const skipped = new Set(values.skip.split(','));
  const wanted = values.only?.split(',');
  const unknown = [...(wanted ?? []), ...skipped].filter(
    (name) => name !== '' && !benches.some((one) => one.name === name),
  );
  if (unknown.length > 0) {
    throw new Error(
      `there is no bench '${unknown.join(', ')}'; there are ${benches.map(({ name }) => name).join(', ')}`,
    );
  }
  return benches.filter(({ name }) => (wanted?.includes(name) ?? true) && !skipped.has(name));
}

/** Its last line of JSON is what it found; what it tells on the way is passed on. */
async function run({ file, args, quickArgs }: Bench): Promise<unknown> {
  const program = join(import.meta.dirname, file);
  const child = spawn(process.execPath, [program, ...(values.quick ? quickArgs : args)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let found: unknown;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('{')) found = JSON.parse(line);
    else progress(`    ${line}`);
  }
  await ended;
  return found;
}

async function measure(bench: Bench, turn: string): Promise<Outcome> {
  const { name } = bench;
  progress(
    `[${turn}] ${name}, about ${values.quick ? bench.quickMinutes : bench.minutes} min, from ${new Date().toISOString()}`,
  );
  const startMs = performance.now();
  const said = await run(bench);
  const tookS = Math.round((performance.now() - startMs) / 1000);
  const figures =
    said === undefined ? [noFigure(name)] : bench.figures(said).map((figure) => ({ bench: name, ...figure }));
  return { bench: name, tookS, said, figures };
}

function noFigure(bench: string): Result {
  return { bench, figure: 'ended without a result', value: '-', goal: 'a result', isReached: false };
}

function progress(line: string): void {
  process.stderr.write(`${line}\n`);
}

function print(results: readonly Result[]): void {
  const rows = results.map(({ bench, figure, value, goal, isReached }) => [
    bench,
    figure,
    value,
    goal,
    goal === '' ? '' : isReached ? 'yes' : 'NO',
  ]);
  const all = [['bench', 'figure', 'measured', 'goal', 'reached'], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  for (const row of all)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}

async function main(): Promise<void> {
  const list = chosen();
  const outcomes: Outcome[] = [];
  const atMs = Date.now();
  for (const [index, bench] of list.entries()) {
    outcomes.push(await measure(bench, `${index + 1}/${list.length}`));
    // After each: who stops it after two hours has what was found.
    await mkdir(dirname(values.out), { recursive: true });
    await writeFile(
      values.out,
      `${JSON.stringify({ at: new Date(atMs), node: process.version, quick: values.quick, outcomes }, null, 2)}\n`,
    );
  }
  const results = outcomes.flatMap(({ figures }) => figures);
  print(results);
  progress(`written to ${values.out}`);
  if (results.some(({ isReached }) => !isReached)) process.exitCode = 1;
}

await main();
