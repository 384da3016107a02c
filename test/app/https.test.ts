import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import tls from 'node:tls';
import mqtt from 'mqtt';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../app/config.ts';
import {
  adminPassword,
  login,
  type RunningService,
  removeFolder,
  spawnService,
  temporaryFolder,
} from '../support/service.ts';

const file = (name: string) => new URL(`../broker/tls/${name}.pem`, import.meta.url).pathname;
const ca = readFileSync(file('cert'));
const certificate = { ANJU_TLS_CERT: file('cert'), ANJU_TLS_KEY: file('key') };
const loopback = { ANJU_HTTPS_HOST: '127.0.0.1', ANJU_HTTPS_PORT: '0' };

let service: RunningService;
const folder = temporaryFolder();

beforeAll(async () => {
  service = await spawnService(folder, { ...certificate, ...loopback, ANJU_TRUSTED_PROXIES: '127.0.0.1' });
});

afterAll(async () => {
  await service?.kill('SIGTERM');
  removeFolder(folder);
});

const reach = () => ({ host: '127.0.0.1', port: service.httpsPort, ca, servername: 'localhost' });

function ask(path: string, options: { method?: string; body?: unknown; token?: string } = {}) {
  const headers = {
    ...(options.body !== undefined && { 'content-type': 'application/json' }),
    ...(options.token !== undefined && { authorization: `Bearer ${options.token}` }),
  };
  const asked = request({ ...reach(), path, method: options.method ?? 'GET', headers });
  asked.end(options.body === undefined ? undefined : JSON.stringify(options.body));
  return asked;
}

async function answerTo(...question: Parameters<typeof ask>) {
  const [response] = await once(ask(...question), 'response');
  return { status: response.statusCode as number, headers: response.headers, text: await text(response) };
}

async function logIn(): Promise<string> {
  const body = { username: 'admin', password: adminPassword };
  const { status, text } = await answerTo('/api/v1/session', { method: 'POST', body });
  expect(status).toBe(201);
  return JSON.parse(text).token;
}

test('a phone gets the pages and the API over TLS, with the same headers', async () => {
  const page = await answerTo('/');
  expect(page.status).toBe(200);
  expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  const residents = await answerTo('/api/v1/residents', { token: await logIn() });
  expect(residents.status).toBe(200);
});

test('the event stream goes on over TLS, and ends when the service stops', async () => {
  const other = temporaryFolder();
  const running = await spawnService(other, { ...certificate, ...loopback });
  onTestFinished(() => removeFolder(other));
  const token = await login(running);
  const stream = request({
    ...reach(),
    port: running.httpsPort,
    path: '/api/v1/stream',
    headers: { authorization: `Bearer ${token}` },
  }).end();
  const [response] = await once(stream, 'response');
  expect(response.headers['content-type']).toContain('text/event-stream');
  const ended = once(response, 'close');
  response.resume();
  expect(await running.kill('SIGTERM')).toBe(0);
  await ended;
});

test('an app speaks MQTT over a secure WebSocket', async () => {
  const client = await mqtt.connectAsync(`wss://localhost:${service.httpsPort}/mqtt`, {
    username: 'admin',
    password: await logIn(),
    wsOptions: { ca },
  });
  onTestFinished(() => client.endAsync(true));
  expect(client.connected).toBe(true);
});

test('nothing older than TLS 1.2 is spoken', async () => {
  const old = tls.connect({ ...reach(), minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' });
  const [error] = await once(old, 'error');
  expect(String(error)).toMatch(/protocol version|alert|ECONNRESET/i);
});

/** Ten wrong guesses for one name, each through a proxy for somebody at `from`; the statuses. */
async function guess(at: RunningService, from: (attempt: number) => string): Promise<number[]> {
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 12; attempt += 1) {
    const answer = await fetch(`${at.http}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': from(attempt) },
      body: JSON.stringify({ username: 'responder', password: 'a wrong one' }),
    });
    statuses.push(answer.status);
  }
  return statuses;
}

test('behind a trusted proxy a stranger shuts out the own address only', async () => {
  const stranger = await guess(service, () => '203.0.113.7');
  expect(stranger.slice(10)).toEqual([429, 429]);
  expect((await guess(service, () => '198.51.100.9')).slice(0, 10)).not.toContain(429);
});

test('who is not a proxy may say what they like: it is not believed', async () => {
  const other = temporaryFolder();
  const plain = await spawnService(other, { ANJU_TRUSTED_PROXIES: '192.0.2.1' });
  onTestFinished(async () => {
    await plain.kill('SIGTERM');
    removeFolder(other);
  });
  expect((await guess(plain, (attempt) => `203.0.113.${attempt}`)).slice(10)).toEqual([429, 429]);
});

test.each([
  [{ ANJU_HTTPS_PORT: '8443' }, 'ANJU_HTTPS_PORT is set, so ANJU_TLS_CERT and ANJU_TLS_KEY must name PEM files'],
  [{ ANJU_TRUSTED_PROXIES: 'nginx' }, 'ANJU_TRUSTED_PROXIES must list addresses and blocks (10.0.0.0/8), got nginx'],
  [{ ANJU_TRUSTED_PROXIES: '10.0.0.0/40' }, 'ANJU_TRUSTED_PROXIES must list addresses'],
])('%o stops the start with a sentence', (environment, sentence) => {
  expect(() => readConfig(environment)).toThrow(sentence);
});
