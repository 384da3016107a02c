import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import mqtt from 'mqtt';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { StreamReader } from '../api/support/reader.ts';
import { inherited } from '../support/children.ts';
import { smallTown, tokenOf } from '../support/community.ts';
import { call, login, type RunningService, removeFolder, spawnService, temporaryFolder } from '../support/service.ts';

/** The configuration that docs/RUNNING.md hands out, in a real nginx: on this machine's ports, with the test's certificate. */
const shipped = readFileSync(new URL('../../docs/running/nginx.conf', import.meta.url), 'utf8');
const pem = (name: string) => new URL(`../broker/tls/${name}.pem`, import.meta.url).pathname;

let service: RunningService;
let nginx: ChildProcess;
let front: { readonly http: string };
const folder = temporaryFolder();

beforeAll(async () => {
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'; // of this file's process only: the certificate is made up
  service = await spawnService(join(folder, 'data'), { ANJU_TRUSTED_PROXIES: '127.0.0.1' });
  const port = await freePort();
  front = { http: `https://localhost:${port}` };
  nginx = startNginx(port);
  await vi.waitFor(() => fetch(front.http), 5_000);
});

afterAll(async () => {
  delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
  nginx?.kill();
  await service?.kill('SIGTERM');
  removeFolder(folder);
});

function startNginx(port: number): ChildProcess {
  const server = shipped
    .replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`)
    .replace('http://127.0.0.1:8080', service.http)
    .replace(/\/etc\/letsencrypt.*fullchain.pem/, pem('cert'))
    .replace(/\/etc\/letsencrypt.*privkey.pem/, pem('key'));
  const kept = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${folder}/${kind};`,
  );
  const file = join(folder, 'nginx.conf');
  const whole = `daemon off; pid ${folder}/nginx.pid; events {} http { access_log off; ${kept.join(' ')} ${server} }`;
  writeFileSync(file, whole);
  return spawn('/usr/sbin/nginx', ['-c', file, '-e', join(folder, 'error.log')], { env: inherited, stdio: 'ignore' });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

test('what happens is on the page at once', async () => {
  const token = await login(front);
  const stream = await StreamReader.open(front.http, token);
  onTestFinished(() => stream.close());
  expect((await call(front, token, 'POST', '/import', smallTown(2))).status).toBe(200);
  const band = await mqtt.connectAsync(service.mqttUrl, { username: 'band-0', password: tokenOf('band-0') });
  await band.publishAsync('v1/devices/band-0/event', JSON.stringify({ event: 'sos' }), { qos: 1 });
  await band.endAsync();
  await vi.waitFor(() => expect(stream.heard.map(({ event }) => event)).toContain('alert'));
});

test('MQTT over WebSocket comes through', async () => {
  const client = await mqtt.connectAsync(`${front.http.replace('https', 'wss')}/mqtt`, {
    username: 'admin',
    password: await login(front),
  });
  onTestFinished(() => client.endAsync(true));
  expect(client.connected).toBe(true);
});

test('who comes through the proxy is not this machine, whatever they claim', async () => {
  const claims = { headers: { 'x-forwarded-for': '127.0.0.1' } };
  expect((await fetch(`${front.http}/metrics`, claims)).status).toBe(401);
  expect((await fetch(`${service.http}/metrics`)).status).toBe(200);
});
