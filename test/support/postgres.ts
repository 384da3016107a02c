import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from './influx-servers.ts';

const password = 'pass/word@of:anju';
/** Its own order of text is not that of bytes, as where people install it. */
const initdbOptions = ['--locale-provider=icu', '--icu-locale=en', '--locale=C.UTF-8', '--encoding=UTF8'];

type Place = { readonly dir: string; readonly bin: string; readonly port: number };

/** Debian's PostgreSQL, started by us; it refuses root, so it runs as who it was installed for. */
export async function postgres(parent = tmpdir()): Promise<PostgresServer> {
  const place = { dir: mkdtempSync(join(parent, 'anju-postgres-')), bin: binaries(), port: await freePort() };
  makeCluster(place);
  const server = new PostgresServer(place);
  await server.start();
  await server.ask(`create role anju login password '${password}'`);
  return server;
}

function makeCluster({ dir, bin }: Place): void {
  const who = unprivileged();
  if (who !== undefined) chownSync(dir, who.uid, who.gid);
  const secret = join(dir, 'secret');
  writeFileSync(secret, password, { mode: 0o644 });
  const auth = ['--auth-local=trust', '--auth-host=scram-sha-256', '--username=super', `--pwfile=${secret}`];
  const args = ['-D', join(dir, 'data'), '--no-sync', ...auth, ...initdbOptions];
  execFileSync(join(bin, 'initdb'), args, { ...who, stdio: 'ignore', cwd: dir });
}

/** A real server with a folder and a port of its own, which it keeps while it is stopped. */
export class PostgresServer {
  readonly port: number;
  readonly #place: Place;
  #child: ChildProcess | undefined;

  constructor(place: Place) {
    this.#place = place;
    this.port = place.port;
  }

  /** Of a database: as its owner `anju`, who may do nothing else. */
  urlOf(database: string, secretWord = password): string {
    return `postgres://anju:${encodeURIComponent(secretWord)}@127.0.0.1:${this.port}/${database}`;
  }

  /** A new database for the records; a copy of `template` when it is given. */
  async createDatabase(name: string, template = 'template0'): Promise<string> {
    await this.ask(`create database ${name} owner anju template ${template}`);
    return this.urlOf(name);
  }

  /** As the server's own superuser. */
  async ask(sql: string, database = 'postgres'): Promise<Record<string, unknown>[]> {
    const client = await this.#superuser(database);
    return client
      .query(sql)
      .then(({ rows }) => rows)
      .finally(() => client.end());
  }

  /** A session that is in the midst of something until it is ended. */
  async holding(database: string, sql: string): Promise<{ end(): Promise<void> }> {
    const client = await this.#superuser(database);
    await client.query(`begin; ${sql}`);
    return { end: () => client.end() };
  }

  /** Tried again while those of before are still ending. */
  async start(): Promise<void> {
    const { dir, bin } = this.#place;
    const settings = ['listen_addresses=127.0.0.1', 'shared_buffers=16MB'].flatMap((one) => ['-c', one]);
    const args = ['-D', join(dir, 'data'), '-k', dir, '-p', String(this.port), ...settings];
    for (let left = 100; left > 0; left -= 1) {
      this.#child = spawn(join(bin, 'postgres'), args, { ...unprivileged(), stdio: 'ignore', cwd: dir });
      if (await this.#isUp(this.#child)) return;
    }
    throw new Error('PostgreSQL does not start');
  }

  /** Killed, as a machine that loses power. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  /** It hangs, with everybody who serves a connection. */
  pause(): void {
    signalAll(this.#child, 'SIGSTOP');
  }

  goOn(): void {
    signalAll(this.#child, 'SIGCONT');
  }

  async remove(): Promise<void> {
    this.goOn();
    await this.#end('SIGQUIT');
    rmSync(this.#place.dir, { recursive: true, force: true });
  }

  async #superuser(database: string): Promise<pg.Client> {
    const where = { host: this.#place.dir, port: this.port, user: 'super', database };
    const client = new pg.Client({ ...where, connectionTimeoutMillis: 5_000 });
    client.on('error', () => undefined); // being killed is part of these stories
    await client.connect();
    return client;
  }

  async #isUp(child: ChildProcess): Promise<boolean> {
    while (isRunning(child)) {
      const isThere = this.ask('select 1').then(
        () => true,
        () => false,
      );
      if (await isThere) return true;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return false;
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (child === undefined || !isRunning(child)) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  }
}

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}

/** The newest there is. */
export function binaries(): string {
  const root = '/usr/lib/postgresql';
  const newest = readdirSync(root).sort((a, b) => Number(b) - Number(a))[0] ?? '';
  return join(root, newest, 'bin');
}

function unprivileged(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (which: string) => Number(execFileSync('id', [which, 'postgres']).toString());
  return { uid: idOf('-u'), gid: idOf('-g') };
}

/** The server and those who serve its connections. */
function signalAll(server: ChildProcess | undefined, signal: NodeJS.Signals): void {
  if (server?.pid === undefined || !isRunning(server)) return;
  for (const pid of [server.pid, ...childrenOf(server.pid)]) signalOne(pid, signal);
}

/** One that has just ended by itself needs no signal. */
function signalOne(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function childrenOf(pid: number): number[] {
  const listed = execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)]).toString();
  return listed
    .split('\n')
    .map(Number)
    .filter((child) => child > 0);
}
