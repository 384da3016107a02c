import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import mqtt, { type MqttClient } from 'mqtt';
import type { AlertView } from '../../model/alert.ts';
import { inherited } from './children.ts';

export const adminPassword = 'admin-password-1';

export type RunningService = {
  readonly http: string;
  /** Of the same over TLS, when it was asked for. */
  readonly httpsPort: number;
  readonly mqttUrl: string;
  readonly mqttPort: number;
  readonly process: ChildProcess;
  /** Everything it said on stderr so far. */
  stderr(): string;
  kill(signal: NodeJS.Signals): Promise<number | null>;
};

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'anju-test-'));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

const root = new URL('../../', import.meta.url).pathname;

/**
 * The real service as its own process, on free ports; rejects with its last words when it does not get ready.
 * `through`: a program and its arguments that start it under some restriction.
 */
export async function spawnService(
  dataDir: string,
  environment: Record<string, string> = {},
  through: readonly string[] = [],
): Promise<RunningService> {
  const [program = process.execPath, ...args] = [...through, process.execPath, join(root, 'app/main.ts'), 'serve'];
  const child = spawn(program, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...inherited,
      ANJU_DATA_DIR: dataDir,
      ANJU_HTTP_PORT: '0',
      ANJU_MQTT_PORT: '0',
      ANJU_ADMIN_PASSWORD: adminPassword,
      ANJU_LOG_LEVEL: 'warn',
      ANJU_ALLOW_PRIVATE: '127.0.0.0/8',
      ...environment,
    },
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString()).slice(-20_000);
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const ready = await Promise.race([readyLine(child), exited.then(() => undefined)]);
  if (ready === undefined) throw new Error(`the service did not start: ${stderr}`);
  return {
    http: ready.http.replace(/\/$/, ''),
    httpsPort: Number(new URL(ready.https ?? 'https://none:0').port),
    mqttUrl: ready.mqtt,
    mqttPort: Number(new URL(ready.mqtt).port),
    process: child,
    stderr: () => stderr,
    kill(signal) {
      child.kill(signal);
      return exited;
    },
  };
}

type ReadyLine = { readonly http: string; readonly https?: string; readonly mqtt: string };

async function readyLine(child: ChildProcess): Promise<ReadyLine | undefined> {
  if (child.stdout === null) return undefined;
  for await (const line of createInterface(child.stdout)) {
    if (line.includes('"ready"')) return JSON.parse(line) as ReadyLine;
  }
  return undefined;
}

export type Answer = { readonly status: number; readonly json: unknown };

/** One call to the API as a browser or a platform would make it. */
export async function call(
  service: { http: string },
  token: string | undefined,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const response = await fetch(`${service.http}/api/v1${path}`, {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, json: text === '' ? undefined : JSON.parse(text) };
}

export async function login(service: { http: string }, username = 'admin', password = adminPassword): Promise<string> {
  const { status, json } = await call(service, undefined, 'POST', '/session', { username, password });
  if (status >= 300) throw new Error(`log-in of ${username} answered ${status}`);
  return (json as { token: string }).token;
}

export async function alertsOf(service: { http: string }, token: string, query: string): Promise<AlertView[]> {
  const { status, json } = await call(service, token, 'GET', `/alerts?${query}`);
  if (status !== 200) throw new Error(`alerts answered ${status}`);
  return (json as { items: AlertView[] }).items;
}

/** Asks until the answer is something, at most `withinMs`; undefined when it never is. */
export async function eventually<T>(
  ask: () => T | undefined | Promise<T | undefined>,
  withinMs = 5_000,
): Promise<T | undefined> {
  const endMs = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > endMs) return undefined;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export function connect(service: { mqttUrl: string }, username: string, password: string): Promise<MqttClient> {
  return mqtt.connectAsync(service.mqttUrl, { username, password, clientId: username, reconnectPeriod: 0 });
}

export type StreamEvent = { readonly id: string | undefined; readonly event: string; readonly data: unknown };

/** The event stream as a page reads it. Call the answer to hang up. */
export async function listen(
  service: { http: string },
  token: string,
  onEvent: (event: StreamEvent) => void,
  lastEventId?: string,
): Promise<() => void> {
  const hangUp = new AbortController();
  const response = await fetch(`${service.http}/api/v1/stream`, {
    headers: { authorization: `Bearer ${token}`, ...(lastEventId !== undefined && { 'last-event-id': lastEventId }) },
    signal: hangUp.signal,
  });
  if (response.status !== 200 || response.body === null) throw new Error(`stream answered ${response.status}`);
  void readEvents(response.body, onEvent).catch(() => undefined); // hanging up ends it with an error
  return () => hangUp.abort();
}

async function readEvents(body: ReadableStream<Uint8Array>, onEvent: (event: StreamEvent) => void): Promise<void> {
  let buffered = '';
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    buffered += chunk;
    const blocks = buffered.split('\n\n');
    buffered = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = new Map(
        block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
      );
      const data = fields.get('data');
      if (data !== undefined)
        onEvent({ id: fields.get('id'), event: fields.get('event') ?? 'message', data: JSON.parse(data) });
    }
  }
}
