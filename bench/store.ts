import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Asked, bytesIn, type Contestant } from './store/contestant.ts';
import { embedded } from './store/embedded.ts';
import { influx } from './store/influx.ts';
import { arriving, dayMs, type Load, subjectOfBand } from './store/load.ts';
import { served } from './store/served.ts';

/**
 * The embedded store against InfluxDB 1.x on the same readings: how fast they go in, what they weigh on disk, how long
 * questions take. Loaded one after the other; questions are asked in turns: of the embedded store in the process, as the
 * service asks it, and then over HTTP, as InfluxDB is asked. `node bench/store.ts --readings 2000000 [--only anju]`
 */
const { values } = parseArgs({
  options: {
    readings: { type: 'string', default: '20000000' },
    devices: { type: 'string', default: '10000' },
    days: { type: 'string', default: '30' },
    'every-minute': { type: 'string', default: '10' },
    questions: { type: 'string', default: '200' },
    influxd: { type: 'string', default: '/usr/bin/influxd' },
    dir: { type: 'string', default: tmpdir() },
    only: { type: 'string' },
  },
});

const load: Load = {
  readings: Number(values.readings),
  devices: Number(values.devices),
  days: Number(values.days),
  everyMinute: Number(values['every-minute']),
  endsAtMs: Date.UTC(2025, 10, 1),
};
/** Made, then timed, in turns: making them is nobody's achievement. Many, for both stand still in between. */
const readingsAtATime = 200_000;
const fiveMinutesMs = 300_000;
const hourMs = 3_600_000;

type Loaded = {
  readonly readings: number;
  readonly readingsPerS: number;
  readonly bytesPerReadingAtOnce: number;
  readonly settledInS: number;
  readonly bytesPerReading: number;
};
type Times = { readonly p50Ms: number; readonly p99Ms: number; readonly firstMs: number; readonly rows: number };
type Question<Of> = { readonly name: string; readonly times: number; ask(of: Of, n: number): Promise<number> };

async function loadInto(contestant: Contestant): Promise<Loaded> {
  let readings = 0;
  let timedMs = 0;
  for (const some of arriving(load, readingsAtATime)) {
    const prepared = contestant.prepare(some);
    const startMs = performance.now();
    await contestant.write(prepared);
    timedMs += performance.now() - startMs;
    readings += some.length;
    if (readings % 1_000_000 === 0) progress(`${contestant.name}: ${readings / 1e6} million`);
  }
  const bytesAtOnce = await bytesIn(contestant.dir);
  const settleMs = performance.now();
  await contestant.settle();
  return {
    readings,
    readingsPerS: Math.round((readings / timedMs) * 1000),
    bytesPerReadingAtOnce: bytesAtOnce / readings,
    settledInS: (performance.now() - settleMs) / 1000,
    bytesPerReading: (await bytesIn(contestant.dir)) / readings,
  };
}

const toMs = load.endsAtMs;
const anybody = (n: number): string =>
  subjectOfBand(load.everyMinute + ((n * 7_919) % (load.devices - load.everyMinute)));
const eachMinute = (n: number): string => subjectOfBand(n % load.everyMinute);
const everybody = Array.from({ length: load.devices }, (_, index) => subjectOfBand(index));
const times = Number(values.questions);

const questions: readonly Question<Asked>[] = [
  { name: 'track, last 24 h', times, ask: (of, n) => of.track(anybody(n), toMs - dayMs, toMs) },
  { name: 'track, last 24 h, a fix a minute', times, ask: (of, n) => of.track(eachMinute(n), toMs - dayMs, toMs) },
  {
    name: '30 days, 5-minute means',
    times,
    ask: (of, n) => of.means(anybody(n), toMs - 30 * dayMs, toMs, fiveMinutesMs),
  },
  {
    name: '30 days, 5-minute means, a value a minute',
    times: Math.ceil(times / 4),
    ask: (of, n) => of.means(eachMinute(n), toMs - 30 * dayMs, toMs, fiveMinutesMs),
  },
  {
    name: '30 days, hourly means, a value a minute',
    times,
    ask: (of, n) => of.means(eachMinute(n), toMs - 30 * dayMs, toMs, hourMs),
  },
];
/** Of the stores only: the service has no such question. */
const ofEverybody: Question<Contestant> = {
  name: `latest of ${load.devices}`,
  times: Math.ceil(times / 4),
  ask: (of) => of.latest(everybody, toMs, 7 * dayMs),
};

type Answers = Record<string, Record<string, Times>>;

/**
 * All in turns, so that what else the machine does falls on each. The first half, about other residents, is not counted:
 * a store runs for months, and what it does in its first second says nothing of them. The very first question is told apart.
 */
async function askAll<Of extends Asked>(
  question: Question<Of>,
  contestants: readonly Of[],
): Promise<Map<string, Times>> {
  const taken = new Map(contestants.map(({ name }) => [name, [] as number[]]));
  const rows = new Map<string, number>();
  for (let n = 0; n < 2 * question.times; n += 1) {
    for (const contestant of contestants) {
      const startMs = performance.now();
      rows.set(contestant.name, await question.ask(contestant, n));
      taken.get(contestant.name)?.push(performance.now() - startMs);
    }
  }
  return new Map([...taken].map(([name, all]) => [name, timesOf(all, rows.get(name) ?? 0)]));
}

/** Of a round to get going and one that counts, as many questions each. */
function timesOf(all: readonly number[], rows: number): Times {
  const sorted = all.slice(all.length / 2).toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50Ms: at(0.5), p99Ms: at(0.99), firstMs: all[0] ?? 0, rows };
}

function progress(line: string): void {
  process.stderr.write(`${line}\n`);
}

function printLoad(loaded: ReadonlyMap<string, Loaded>): void {
  for (const [name, one] of loaded) {
    const bytes = `${one.bytesPerReading.toFixed(1)} bytes a reading (${one.bytesPerReadingAtOnce.toFixed(1)} right after)`;
    console.log(
      `${name.padEnd(10)} ${one.readings.toLocaleString('en-US')} readings, ${one.readingsPerS.toLocaleString('en-US')}/s, ${bytes}`,
    );
  }
}

function printTimes(name: string, answers: ReadonlyMap<string, Times>): void {
  for (const [who, { p50Ms, p99Ms, firstMs, rows }] of answers) {
    const cells = [p50Ms, p99Ms, firstMs].map((ms) => ms.toFixed(1).padStart(9));
    console.log(`${name.padEnd(44)}${who.padEnd(10)}${cells.join('')}${String(rows).padStart(9)}`);
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('the system gave no port');
  return address.port;
}

async function answersOf<Of extends Asked>(all: readonly Question<Of>[], contestants: readonly Of[]): Promise<Answers> {
  const answers: Answers = {};
  for (const question of all) {
    const answered = await askAll(question, contestants);
    printTimes(question.name, answered);
    answers[question.name] = Object.fromEntries(answered);
  }
  return answers;
}

/** Ours over HTTP too, in turns with the others that are asked so. */
async function overHttp(dir: string, others: readonly Contestant[]): Promise<Answers> {
  const service = await served(dir, everybody);
  try {
    return await answersOf(questions, [service, ...others]);
  } finally {
    await service.stop();
  }
}

async function main(): Promise<void> {
  const dir = await mkdtemp(join(values.dir, 'anju-bench-store-'));
  const ours = values.only === 'influxdb' ? [] : [await embedded(join(dir, 'anju'))];
  const theirs: Contestant[] = [];
  try {
    if (values.only !== 'anju') theirs.push(await influx(values.influxd, join(dir, 'influx'), await freePort()));
    const loaded = new Map<string, Loaded>();
    for (const contestant of [...ours, ...theirs]) loaded.set(contestant.name, await loadInto(contestant));
    printLoad(loaded);
    console.log(`${''.padEnd(54)}   p50 ms   p99 ms first ms     rows`);
    const inProcess = {
      ...(await answersOf(questions, [...ours, ...theirs])),
      ...(await answersOf([ofEverybody], [...ours, ...theirs])),
    };
    await Promise.all(ours.splice(0).map((contestant) => contestant.stop()));
    const http = values.only === 'influxdb' ? {} : await overHttp(join(dir, 'anju'), theirs);
    console.log(JSON.stringify({ load, loaded: Object.fromEntries(loaded), inProcess, http }));
  } finally {
    for (const contestant of [...ours, ...theirs]) await contestant.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

await main();
