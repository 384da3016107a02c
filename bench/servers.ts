import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { CommunityDocument } from '../model/community.ts';
import { importCommunity, logIn } from '../simulators/http.ts';
import { loadCommunity } from '../simulators/load.ts';
import { partsOf } from './parts.ts';

/** Something that speaks MQTT, started for one run on a fresh folder. */
export type Server = { readonly mqttUrl: string; stop(): Promise<void> };

const startWithinMs = 120_000;
const adminPassword = 'bench-admin-password';
const projectFolder = join(import.meta.dirname, '..');

export type Anju = Server & { readonly httpUrl: string; readonly child: ChildProcess };

export type AnjuOptions = {
  /** Where its data is and stays; a folder of its own, gone with it, when absent. */
  readonly dataDir?: string;
  /** Flags of Node, before the program. */
  readonly nodeFlags?: readonly string[];
  /** A program and its arguments that start it. */
  readonly through?: (dataDir: string) => readonly string[];
};

/** `anju serve` with a community; without one of its own, of `devices` residents, a wristband each. */
export async function startAnju(
  devices: number,
  community: CommunityDocument = loadCommunity(devices),
  options: AnjuOptions = {},
): Promise<Anju> {
  const service = await serveAnju(options);
  try {
    const token = await administratorOf(service);
    for (const part of partsOf(community)) await importCommunity(service.httpUrl, token, part);
    return service;
  } catch (error) {
    await service.stop();
    throw error;
  }
}

/** `anju serve` on what its data folder has. */
export async function serveAnju({ dataDir, nodeFlags = [], through = () => [] }: AnjuOptions): Promise<Anju> {
  const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'anju-bench-')));
  const flags = ['--max-semi-space-size=64', ...nodeFlags];
  const command = [process.execPath, ...flags, join(projectFolder, 'app/main.ts'), 'serve'];
  const [program = process.execPath, ...args] = [...through(folder), ...command];
  const child = spawn(program, args, {
    env: {
      ...process.env,
      ANJU_DATA_DIR: folder,
      ANJU_HTTP_PORT: '0',
      ANJU_MQTT_PORT: '0',
      ANJU_ADMIN_PASSWORD: adminPassword,
      ANJU_LOG_LEVEL: 'warn',
      ANJU_ALLOW_PRIVATE: '127.0.0.0/8',
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const stop = () => stopped(child, dataDir === undefined ? folder : undefined);
  try {
    const { http, mqtt } = await readyLine(child);
    return { httpUrl: http, mqttUrl: mqtt, child, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A session token of its administrator. */
export function administratorOf({ httpUrl }: Pick<Anju, 'httpUrl'>): Promise<string> {
  return logIn(httpUrl, 'admin', adminPassword);
}

/** No limit to what waits for a subscriber; or as Debian's package has it, which drops what is beyond a thousand. */
export type Queueing = 'endless' | 'asInstalled';

/** A bare Mosquitto: no log-in, nothing stored. */
export async function startMosquitto(program: string, queueing: Queueing = 'endless'): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), 'mosquitto-bench-'));
  const port = await freePort();
  const lines = [`listener ${port} 127.0.0.1`, 'allow_anonymous true', 'persistence false', 'set_tcp_nodelay true'];
  if (queueing === 'endless') lines.push('max_queued_messages 0');
  const configuration = join(folder, 'mosquitto.conf');
  await writeFile(configuration, [...lines, 'log_type error', ''].join('\n'));
  const child = spawn(program, ['-c', configuration], { stdio: 'ignore' });
  const failed = new Promise<never>((_resolve, reject) => child.once('error', reject));
  await Promise.race([answersAt(port), failed]);
  return { mqttUrl: `mqtt://127.0.0.1:${port}`, stop: () => stopped(child, folder) };
}

async function readyLine(child: ChildProcess): Promise<{ http: string; mqtt: string }> {
  const timer = setTimeout(() => child.kill('SIGKILL'), startWithinMs);
  try {
    for await (const line of createInterface({ input: child.stdout! })) {
      if (line.includes('"event":"ready"')) return JSON.parse(line) as { http: string; mqtt: string };
    }
  } finally {
    clearTimeout(timer);
    child.stdout?.resume();
  }
  throw new Error('anju serve ended without its ready line');
}

async function stopped(child: ChildProcess, folder: string | undefined): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  if (child.exitCode === null && child.signalCode === null && child.kill('SIGTERM')) await gone;
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('the system gave no port');
  return address.port;
}

async function answersAt(port: number): Promise<void> {
  const deadlineMs = performance.now() + startWithinMs;
  while (performance.now() < deadlineMs) {
    if (await connects(port)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing answers on port ${port}`);
}

function connects(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => [socket.destroy(), resolve(true)]);
    socket.once('error', () => resolve(false));
  });
}
