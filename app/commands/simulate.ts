import { parseArgs } from 'node:util';
import { AppError } from '../../model/errors.ts';
import { generateCommunity } from '../../simulators/community.ts';
import { logIn } from '../../simulators/http.ts';
import {
  formatSimulationReport,
  type ProgrammeName,
  simulate as play,
  programmeNames,
  type SimulationProgress,
} from '../../simulators/simulate.ts';
import { readConfig } from '../config.ts';
import { findLocalDoor } from '../local-door.ts';
import { UsageError, wholeNumber } from '../usage.ts';

const usage = `usage: anju simulate <${programmeNames.join('|')}> [--seed <words>] [--speed 120]
       [--http http://host:8080 --mqtt mqtt://host:1883 --username <admin> --password <password>]
Without addresses: the service that runs on ANJU_DATA_DIR. Its community gets fifty invented residents.`;

type Service = { readonly httpUrl: string; readonly mqttUrl: string; readonly token: string };

/** `anju simulate`: people living their day against a running service. Status 1 when a scripted emergency was missed. */
export async function simulate(words: readonly string[]): Promise<number> {
  const { scenario, values } = options(words);
  const seed = values.seed ?? 'demo';
  const community = generateCommunity({ seed });
  const speed = wholeNumber(values, 'speed', 120, 1);
  const service = await serviceOf(values);
  let startMs = 0;
  const onProgress = (progress: SimulationProgress): void => {
    if (progress.step === 'started') startMs = progress.startMs;
    showProgress(progress);
  };
  const report = await play(scenario, { ...service, seed, speed, community, onProgress });
  if (process.stderr.isTTY) process.stderr.write('\n');
  const names = new Map(community.residents.map(({ id, name }) => [id, name]));
  process.stdout.write(`${formatSimulationReport(report, startMs, (id) => names.get(id) ?? id)}\n`);
  return report.exitCode;
}

function showProgress(progress: SimulationProgress): void {
  if (!process.stderr.isTTY || progress.step !== 'playing') return;
  const { elapsedS, detected, emergencies } = progress;
  process.stderr.write(`\r${elapsedS} s  ${detected} of ${emergencies} emergencies detected  `);
}

async function serviceOf(values: ReturnType<typeof options>['values']): Promise<Service> {
  if (values.http === undefined) return localService();
  const { http: httpUrl, mqtt: mqttUrl, username, password } = values;
  if (mqttUrl === undefined || username === undefined || password === undefined) throw new UsageError(usage);
  return { httpUrl, mqttUrl, token: await logIn(httpUrl, username, password) };
}

async function localService(): Promise<Service> {
  const { dataDir } = readConfig(process.env);
  const door = await findLocalDoor(dataDir);
  if (door === undefined) {
    throw new AppError(
      'unavailable',
      `no service runs on ${dataDir}: start one with 'anju serve', or give --http and --mqtt`,
    );
  }
  return { httpUrl: door.http, mqttUrl: door.mqtt, token: door.token };
}

function options(words: readonly string[]) {
  const word = { type: 'string' } as const;
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      options: { seed: word, speed: word, http: word, mqtt: word, username: word, password: word },
      allowPositionals: true,
    });
    const scenario = programmeNames.find((name) => name === positionals[0]);
    if (scenario === undefined || positionals.length > 1) throw new UsageError(usage);
    return { scenario: scenario satisfies ProgrammeName, values };
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(`${(error as Error).message}\n${usage}`);
  }
}
