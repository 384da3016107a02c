import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from './influx-servers.ts';

/** A real server with a folder and a port of its own, which it keeps while it is stopped. */
export type PostgresServer = {
  readonly port: number;
  /** Of a database: as its owner `anju`, who may do nothing else. */
  urlOf(database: string, password?: string): string;
  /** A new database for the records; a copy of `template` when it is given. */
  createDatabase(name: string, template?: string): Promise<string>;
  /** As the server's own superuser. */
  ask(sql: string, database?: string): Promise<Record<string, unknown>[]>;
  /** A session that is in the midst of something until it is ended. */
  holding(database: string, sql: string): Promise<{ end(): Promise<void> }>;
  start(): Promise<void>;
  /** Killed, as a machine that loses power. */
  kill(): Promise<void>;
  /** It hangs, and goes on. */
  pause(): void;
  goOn(): void;
  remove(): Promise<void>;
};

const password = 'pass/word@of:anju';
/** Its own order of text is not that of bytes, as where people install it. */
const initdbOptions = ['--locale-provider=icu', '--icu-locale=en', '--locale=C.UTF-8', '--encoding=UTF8'];

/** Debian's PostgreSQL, started by us: it refuses root, so it runs as who it was installed for. */
export async function postgres(parent = tmpdir()): Promise<PostgresServer> {
  const dir = mkdtempSync(join(parent, 'anju-postgres-'));
  const [bin, who, port] = [binaries(), unprivileged(), await freePort()];
  if (who !== undefined) chownSync(dir, who.uid, who.gid);
  const [data, secret] = [join(dir, 'data'), join(dir, 'secret')];
  writeFileSync(secret, password, { mode: 0o644 });
  const auth = ['--auth-local=trust', '--auth-host=scram-sha-256', '--username=super', `--pwfile=${secret}`];
  execFileSync(join(bin, 'initdb'), ['-D', data, '--no-sync', ...auth, ...initdbOptions], {
    ...who,
    stdio: 'ignore',
    cwd: dir,
  });
  const options = [
    '-D',
    data,
    '-k',
    dir,
    '-p',
    String(port),
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    'shared_buffers=16MB',
  ];
  let child: ChildProcess | undefined;
  const ask = async (sql: string, database = 'postgres') => {
    const client = new pg.Client({ host: dir, port, user: 'super', database, connectionTimeoutMillis: 5_000 });
    client.on('error', () => undefined);
    await client.connect();
    return client
      .query(sql)
      .then(({ rows }) => rows as Record<string, unknown>[])
      .finally(() => client.end());
  };
  const start = async () => {
    for (let left = 100; ; left -= 1) {
      child = spawn(join(bin, 'postgres'), options, { ...who, stdio: 'ignore', cwd: dir });
      if (await isUp(child, ask)) return;
      if (left === 0) throw new Error('PostgreSQL does not start'); // those of before are still ending
    }
  };
  const urlOf = (database: string, secretWord = password) =>
    `postgres://anju:${encodeURIComponent(secretWord)}@127.0.0.1:${port}/${database}`;
  const end = async (signal: NodeJS.Signals) => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child?.once('exit', resolve));
    child.kill(signal);
    await gone;
  };
  await start();
  await ask(`create role anju login password '${password}'`);
  return {
    port,
    urlOf,
    ask,
    start,
    async holding(database, sql) {
      const client = new pg.Client({ host: dir, port, user: 'super', database });
      client.on('error', () => undefined);
      await client.connect();
      await client.query(`begin; ${sql}`);
      return { end: () => client.end() };
    },
    async createDatabase(name, template = 'template0') {
      await ask(`create database ${name} owner anju template ${template}`);
      return urlOf(name);
    },
    kill: () => end('SIGKILL'),
    pause: () => signalAll(child, 'SIGSTOP'),
    goOn: () => signalAll(child, 'SIGCONT'),
    async remove() {
      signalAll(child, 'SIGCONT');
      await end('SIGQUIT');
      rmSync(dir, { recursive: true, force: true });
    },
  };
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

async function isUp(child: ChildProcess, ask: (sql: string) => Promise<unknown>): Promise<boolean> {
  while (child.exitCode === null && child.signalCode === null) {
    if (
      await ask('select 1').then(
        () => true,
        () => false,
      )
    )
      return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}

/** The server and those who serve its connections. */
function signalAll(server: ChildProcess | undefined, signal: NodeJS.Signals): void {
  if (server?.pid === undefined || server.exitCode !== null || server.signalCode !== null) return;
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
