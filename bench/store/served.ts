import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { openStores } from '../../app/stores.ts';
import type { Asked } from './contestant.ts';

const password = 'bench-password-1';
const minuteMs = 60_000;

type Page = { readonly items: readonly unknown[] };

/**
 * The embedded store behind our own service, asked over HTTP as InfluxDB is: log-in, scopes, an entry in the audit log for
 * each question, JSON. It has no question for the newest of everybody.
 */
export async function served(dataDir: string, residentIds: readonly string[]): Promise<Asked> {
  await importResidents(dataDir, residentIds);
  const { http, stop } = await started(dataDir);
  const session = await tokenOf(http);
  const ask = async (subjectId: string, question: string): Promise<number> => {
    const response = await fetch(`${http}/api/v1/residents/${subjectId}/${question}`, {
      headers: { authorization: `Bearer ${session}` },
    });
    const answer = (await response.json()) as Page; // as the API describes it
    if (!response.ok) throw new Error(`${question} answered ${response.status} ${JSON.stringify(answer)}`);
    return answer.items.length;
  };
  return {
    name: 'anju/http',
    track: (subjectId, fromMs, toMs) => ask(subjectId, `track?from=${fromMs}&to=${toMs}`),
    means: (subjectId, fromMs, toMs, everyMs) =>
      ask(subjectId, `readings?metric=heartRateBpm&from=${fromMs}&to=${toMs}&bucket=${everyMs / minuteMs}m&agg=mean`),
    stop,
  };
}

async function importResidents(dataDir: string, residentIds: readonly string[]): Promise<void> {
  const { administration, close } = await openStores(dataDir);
  const home = { lat: 24.4, lon: 118.1, datum: 'WGS84' };
  await administration.importDocument({
    areas: [{ id: 'city', name: 'City', kind: 'city' }],
    residents: residentIds.map((id) => ({ id, name: id, areaId: 'city', home, contacts: [] })),
  });
  await close();
}

async function started(dataDir: string): Promise<{ readonly http: string; stop(): Promise<void> }> {
  const env = {
    PATH: process.env.PATH,
    ANJU_DATA_DIR: dataDir,
    ANJU_HTTP_PORT: '0',
    ANJU_MQTT_PORT: '0',
    ANJU_TIMEZONE: 'UTC',
    ANJU_ADMIN_PASSWORD: password,
    ANJU_LOG_LEVEL: 'error',
  };
  const main = new URL('../../app/main.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, ['--max-semi-space-size=64', main, 'serve'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  for await (const line of createInterface(child.stdout)) {
    const { http } = JSON.parse(line) as { http: string }; // the first thing the service says
    const stop = (): Promise<void> => {
      child.kill('SIGTERM');
      return ended;
    };
    return { http, stop };
  }
  throw new Error('the service did not start');
}

async function tokenOf(http: string): Promise<string> {
  const response = await fetch(`${http}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'admin', password }),
  });
  const { token } = (await response.json()) as { token: string }; // as the API describes it
  return token;
}
