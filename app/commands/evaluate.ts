import { parseArgs } from 'node:util';
import type { Lived } from '../evaluate/live.ts';
import { recordedScores } from '../evaluate/recorded.ts';
import { scoresOf } from '../evaluate/scores.ts';
import { liveBoth, type Side } from '../evaluate/sides.ts';
import { formatCauses, formatEdges, formatKinds, formatRecorded, formatScores } from '../evaluate/table.ts';
import { UsageError, wholeNumber } from '../usage.ts';

const usage = `usage: anju evaluate [--residents 200] [--days 30] [--seed 1] [--recordings <folder>] [--json]
How well emergencies are noticed and how often nothing was wrong: weeks of life of an invented community of which the
truth is known, under our rules and under naive ones. With --recordings also every recorded data set in that folder;
--residents 0 leaves the community out.`;

type Options = {
  readonly residents: number;
  readonly days: number;
  readonly seed: string;
  readonly recordings?: string;
  readonly json: boolean;
};

/** `anju evaluate`: one table of what is noticed and what is not. Status 0 also when a goal is missed. */
export async function evaluate(words: readonly string[]): Promise<number> {
  const options = optionsIn(words);
  const simulated = options.residents > 0 ? await simulatedWeeks(options) : undefined;
  const recorded = options.recordings === undefined ? [] : await recordedScores(options.recordings, say);
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ ...simulated?.json, recorded }, undefined, 2)}\n`);
    return 0;
  }
  const parts = [simulated?.text, recorded.length > 0 ? formatRecorded(recorded) : undefined];
  const shown = parts.filter((part) => part !== undefined).map((part) => `${part}\n`);
  process.stdout.write(shown.join('\n'));
  return 0;
}

async function simulatedWeeks({ residents, days, seed }: Options) {
  const beganMs = performance.now();
  const progress = new DayProgress(days);
  const lived = await liveBoth({ residents, days, seed }, (side, day) => progress.day(side, day));
  progress.end();
  const ours = scoresOf(lived.ours, days);
  const naive = scoresOf(lived.naive, days);
  const tookS = (performance.now() - beganMs) / 1000;
  say(`${lived.ours.messages.toLocaleString('en')} messages in ${tookS.toFixed(0)} s`);
  const text = [
    `${residents} residents, ${days} days, seed ${seed}`,
    '',
    formatScores(ours, naive),
    '',
    'false exits per home and month, by how far inside the edge the home lies',
    formatEdges(ours, naive),
    '',
    'what happened and was noticed (ours)',
    formatKinds(ours),
    '',
    'circumstances of false alarms (ours)',
    formatCauses(lived.ours.falseAlarms),
  ].join('\n');
  const json = { residents, days, seed, ours: { ...ours, ...oddOf(lived.ours) }, naive };
  return { text, json };
}

/** Of each rule so many false alarms are listed; their number is in the table. */
const mostListed = 200;

/** What somebody who mends a rule wants to look at. */
function oddOf({ findings, falseAlarms, traits }: Lived) {
  const missed = findings.filter(({ truth, raise }) => truth.isRequired && raise === undefined);
  const byType = [...Map.groupBy(falseAlarms, ({ type }) => type).values()];
  return {
    missed: missed.map(({ truth }) => ({ ...truth, traits: traits[truth.residentId] ?? [] })),
    falseAlarms: byType.flatMap((some) => some.slice(0, mostListed)),
  };
}

/** Progress and what else is not part of the result. */
function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Both halves on one line of a terminal; a line each week anywhere else. */
class DayProgress {
  readonly #days: number;
  readonly #reached = { ours: 0, naive: 0 };

  constructor(days: number) {
    this.#days = days;
  }

  day(side: Side, day: number): void {
    this.#reached[side] = day;
    const { ours, naive } = this.#reached;
    const line = `day ${ours} and ${naive} of ${this.#days}`;
    if (process.stderr.isTTY) process.stderr.write(`\r${line}  `);
    else if (side === 'ours' && day % 7 === 0) say(line);
  }

  end(): void {
    if (process.stderr.isTTY) process.stderr.write('\n');
  }
}

function optionsIn(words: readonly string[]): Options {
  const word = { type: 'string' } as const;
  try {
    const { values } = parseArgs({
      args: [...words],
      options: { residents: word, days: word, seed: word, recordings: word, json: { type: 'boolean' } },
    });
    const { seed = '1', recordings: folder, json = false } = values;
    return {
      residents: wholeNumber(values, 'residents', 200),
      days: wholeNumber(values, 'days', 30, 1),
      seed,
      ...(folder !== undefined && { recordings: folder }),
      json,
    };
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(`${(error as Error).message}\n${usage}`);
  }
}
