import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  call,
  connect,
  eventually,
  login,
  type RunningService,
  removeFolder,
  spawnService,
  temporaryFolder,
} from '../support/service.ts';
import { password, tokenOf, twoHomes } from './support.ts';

const adminPassword = 'admin-password-1';
const hook = createServer((request, response) => {
  request.resume();
  response.writeHead(500).end();
});
let parent: string;
let dataDir: string;
let service: RunningService;
let admin: string;
let hookUrl: string;

/** A folder that lay there, open to all, as a mounted volume does; everything it logs is kept. */
beforeAll(async () => {
  parent = temporaryFolder();
  dataDir = join(parent, 'data');
  mkdirSync(dataDir);
  chmodSync(dataDir, 0o777);
  writeFileSync(join(dataDir, 'service.json'), '{}');
  chmodSync(join(dataDir, 'service.json'), 0o666);
  hook.listen(0, '127.0.0.1');
  await once(hook, 'listening');
  hookUrl = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/very-secret-hook-path`;
  service = await spawnService(dataDir, { ANJU_LOG_LEVEL: 'trace' });
  admin = await login(service);
  const contacts = [
    { id: 'c1', name: '张伟', phone: '13912345678', channels: [{ kind: 'webhook', address: hookUrl }] },
  ];
  const residents = twoHomes.residents.map((resident) => ({ ...resident, contacts }));
  await call(service, admin, 'POST', '/import', { ...twoHomes, residents });
});
afterAll(async () => {
  await service.kill('SIGTERM');
  hook.close();
  removeFolder(parent);
});

const ownersToken = () => JSON.parse(readFileSync(join(dataDir, 'service.json'), 'utf8')).token as string;
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

test('what lies in the data folder is its owner’s only, whatever the folder was', () => {
  const files = readdirSync(dataDir).filter((name) => statSync(join(dataDir, name)).isFile());
  expect(files).toEqual(expect.arrayContaining(['records.sqlite', 'service.json', 'lock', 'pid']));
  for (const name of files) expect({ name, mode: modeOf(join(dataDir, name)) }).toEqual({ name, mode: '600' });
  expect(modeOf(join(dataDir, 'telemetry'))).toBe('700');
});

test('the log holds ids and reasons: no token, password, address, name or place, on any level', async () => {
  const session = await login(service, 'daughter', password);
  const band = await connect(service, 'band-east', tokenOf('band-east'));
  const said = { seq: 1, event: 'sos', position: { lat: 24.123456, lon: 118.654321 }, heartRateBpm: 'private words' };
  await band.publishAsync('v1/devices/band-east/event', JSON.stringify(said), { qos: 1 });
  await band.publishAsync('v1/devices/band-east/event', '{"seq":2,"private words', { qos: 1 });
  await connect(service, 'band-east', 'a-wrong-device-token-0123456789').catch(() => undefined);
  await connect(service, 'my secret password by mistake', 'x').catch(() => undefined);
  await connect(service, 'daughter', password).catch(() => undefined);
  await call(service, undefined, 'POST', '/session', { username: 'oops-my-password-1', password: 'wrong-password-2' });
  await call(service, session, 'POST', '/import', { secretField: 'private words' });
  await call(service, admin, 'POST', '/residents', { id: 'bad id', name: '赵六' });
  const { json } = await call(service, admin, 'POST', '/devices/band-west/token');
  const told = await eventually(() => (/could not be delivered|tried again/.test(service.stderr()) ? true : undefined));
  expect(told).toBe(true);
  const log = service.stderr();
  const secrets = {
    tokens: [
      session,
      admin,
      ownersToken(),
      tokenOf('band-east'),
      'a-wrong-device-token',
      (json as { token: string }).token,
    ],
    passwords: [password, adminPassword, 'wrong-password-2', 'oops-my-password-1', 'secret password by mistake'],
    people: ['王秀英', '陈国栋', '赵六', '张伟', '13912345678', 'key under the pot', 'private words'],
    places: ['24.123456', '118.654321', '24.4451', 'very-secret-hook-path', hookUrl],
  };
  for (const [kind, words] of Object.entries(secrets)) {
    expect({ kind, found: words.filter((word) => log.includes(word)) }).toEqual({ kind, found: [] });
  }
  await band.endAsync();
});

test('the token in service.json outlives a new administrator password, and ends with the process however it ends', async () => {
  const token = ownersToken();
  expect((await call(service, token, 'PATCH', '/users/admin', { password: adminPassword })).status).toBe(200);
  expect((await call(service, admin, 'GET', '/export')).status).toBe(401);
  expect((await call(service, token, 'GET', '/export')).status).toBe(200);
  await service.kill('SIGKILL');
  expect(existsSync(join(dataDir, 'service.json'))).toBe(true);
  service = await spawnService(dataDir, { ANJU_LOG_LEVEL: 'trace' });
  expect(ownersToken()).not.toBe(token);
  expect((await call(service, token, 'GET', '/export')).status).toBe(401);
  expect((await call(service, ownersToken(), 'GET', '/export')).status).toBe(200);
  admin = await login(service);
});

test('service.json is gone when the service is', async () => {
  expect(await service.kill('SIGTERM')).toBe(0);
  expect(existsSync(join(dataDir, 'service.json'))).toBe(false);
  service = await spawnService(dataDir, { ANJU_LOG_LEVEL: 'trace' });
});
