import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openV2Routes } from './influx-v2-routes.ts';

/** A server that keeps its data and its port while it is stopped. */
export type TimeSeriesServer = {
  /** Where the v2 write endpoint is. */
  readonly url: string;
  start(): Promise<void>;
  /** Killed, as a machine that loses power. */
  stop(): Promise<void>;
  remove(): Promise<void>;
};

export type Influx = TimeSeriesServer & {
  /** Of influxd itself, without our routes in front. */
  readonly ownUrl: string;
  createDatabase(name: string): Promise<void>;
  /** One InfluxQL question; the cells of every row. */
  ask(database: string, question: string): Promise<(string | number)[][]>;
};

/**
 * Debian's influxd 1.6.7. It answers InfluxQL as 1.8 does but has no v2 write endpoint (that came with 1.8), so what
 * listens at `url` passes everything on and turns `/api/v2/write?bucket=…` into `/write?db=…`.
 */
export async function influx(): Promise<Influx> {
  const dir = await mkdtemp(join(tmpdir(), 'anju-influx-'));
  const port = await freePort();
  const config = join(dir, 'influxdb.conf');
  await writeFile(config, influxConfig(dir, port));
  const ownUrl = `http://127.0.0.1:${port}`;
  const server = program('influxd', ['-config', config], `${ownUrl}/ping`);
  await server.start();
  const routes = await openV2Routes(ownUrl);
  const ask = (database: string, question: string) => query(ownUrl, database, question);
  return {
    ...server,
    url: routes.url,
    ownUrl,
    createDatabase: async (name) => void (await ask('', `CREATE DATABASE "${name}"`)),
    ask,
    async remove() {
      await routes.close();
      await server.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Debian's victoria-metrics: takes v2 writes as they are; keeps one value for each series and millisecond. */
export async function victoriaMetrics(): Promise<TimeSeriesServer> {
  const dir = await mkdtemp(join(tmpdir(), 'anju-victoria-'));
  const url = `http://127.0.0.1:${await freePort()}`;
  const options = ['-retentionPeriod=100y', '-dedup.minScrapeInterval=1ms', '-loggerLevel=ERROR'];
  const listen = `-httpListenAddr=${new URL(url).host}`;
  const server = program('victoria-metrics', [`-storageDataPath=${dir}`, listen, ...options], `${url}/health`);
  await server.start();
  return {
    ...server,
    url,
    async remove() {
      await server.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

function influxConfig(dir: string, port: number): string {
  return `
reporting-disabled = true
bind-address = "127.0.0.1:0"
[meta]
  dir = "${dir}/meta"
[data]
  dir = "${dir}/data"
  wal-dir = "${dir}/wal"
  query-log-enabled = false
[monitor]
  store-enabled = false
[http]
  bind-address = "127.0.0.1:${port}"
  log-enabled = false
[logging]
  level = "error"
  suppress-logo = true
`;
}

function program(command: string, args: readonly string[], pingUrl: string) {
  let child: ChildProcess | undefined;
  return {
    async start(): Promise<void> {
      child = spawn(command, args, { stdio: 'ignore' });
      await answering(pingUrl, child);
    },
    async stop(): Promise<void> {
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise((resolve) => child?.once('exit', resolve));
      child.kill('SIGKILL');
      await gone;
    },
  };
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  let failure: Error | undefined;
  child.once('error', (error) => (failure = error));
  child.once('exit', (code) => (failure ??= new Error(`it ended with ${code}`)));
  for (let attempt = 0; attempt < 1_000; attempt++) {
    if (failure !== undefined) throw new Error(`${child.spawnfile} does not start: ${failure.message}`);
    const response = await fetch(url).catch(() => undefined);
    await response?.body?.cancel();
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${child.spawnfile} does not answer at ${url}`);
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function query(url: string, db: string, q: string): Promise<(string | number)[][]> {
  const response = await fetch(`${url}/query`, { method: 'POST', body: new URLSearchParams({ db, q, epoch: 'ms' }) });
  const { results } = (await response.json()) as { results: { series?: { values: (string | number)[][] }[] }[] };
  return results.flatMap(({ series = [] }) => series.flatMap(({ values }) => values));
}
