import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anju as runAnju } from '../support/anju.ts';
import { smallTown, tokenOf } from '../support/community.ts';
import { call, connect, login, removeFolder, spawnService, temporaryFolder } from '../support/service.ts';

const folder = temporaryFolder();
const dataDir = join(folder, 'data');
const townFile = join(folder, 'town.json');

beforeAll(() => writeFileSync(townFile, JSON.stringify(smallTown(2))));
afterAll(() => removeFolder(folder));

const anju = (words: readonly string[], input = '', environment: Readonly<Record<string, string>> = {}) =>
  runAnju(dataDir, words, environment, input);

test('a community is imported into an empty folder, and exported without a secret', async () => {
  expect(await anju(['import', townFile])).toMatchObject({ status: 0, stdout: expect.stringContaining('2 residents') });
  const exported = await anju(['export']);
  expect(exported.status).toBe(0);
  expect(JSON.parse(exported.stdout)).toMatchObject({ residents: [{ id: 'r0' }, { id: 'r1' }] });
  expect(exported.stdout).not.toMatch(/token|password|hash/i);
});

test('a document with problems changes nothing and names every one with its path', async () => {
  const town = smallTown(1);
  town.residents[0]!.home.lat = 124;
  town.zones.push({
    id: 'bow-tie',
    residentId: 'r9',
    name: 'z',
    kind: 'safe',
    datum: 'WGS84',
    shape: {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [1, 1],
          [1, 0],
          [0, 1],
          [0, 0],
        ],
      ],
    },
  });
  const file = join(folder, 'broken.json');
  writeFileSync(file, JSON.stringify(town));
  const before = (await anju(['export'])).stdout;
  const { status, stderr } = await anju(['import', file]);
  expect(status).toBe(1);
  expect(stderr).toContain('residents[0].home.lat');
  expect(stderr).toContain('zones[0].residentId');
  expect(stderr).toContain('zones[0].shape.coordinates');
  expect((await anju(['export'])).stdout).toBe(before);
});

test('a device and a user added on the command line can log in; a revoked one cannot', async () => {
  const token = (await anju(['device', 'add', 'button-1', '--kind', 'callButton', '--resident', 'r0'])).stdout.trim();
  expect(
    (await anju(['user', 'add', 'li', '--role', 'responder', '--area', 'street', '--stdin'], 'ten characters')).status,
  ).toBe(0);
  expect((await anju(['device', 'revoke', 'band-1'])).status).toBe(0);

  const service = await spawnService(dataDir);
  const button = await connect(service, 'button-1', token);
  await button.endAsync();
  await login(service, 'li', 'ten characters');
  await expect(connect(service, 'band-1', tokenOf('band-1'))).rejects.toThrow();

  const newToken = (await anju(['device', 'token', 'button-1'])).stdout.trim();
  await expect(connect(service, 'button-1', token), 'the old token, while the service runs').rejects.toThrow();
  await (await connect(service, 'button-1', newToken)).endAsync();
  const admin = await login(service);
  expect((await call(service, admin, 'GET', '/devices/button-1')).json).toMatchObject({
    kind: 'callButton',
    residentId: 'r0',
  });
  await service.kill('SIGTERM');
});

const mistakes = [
  { words: ['frobnicate'], status: 2, says: "there is no command 'frobnicate'" },
  { words: ['import'], status: 2, says: 'usage: anju import' },
  { words: ['import', '/nowhere.json'], status: 1, says: '/nowhere.json cannot be read' },
  { words: ['device', 'revoke', 'nobody'], status: 1, says: 'nobody' },
  { words: ['user', 'add', 'x', '--role', 'queen'], status: 1, says: 'role' },
  { words: ['load', '--qos', '7'], status: 2, says: '--qos' },
  { words: ['simulate', 'war'], status: 2, says: 'usage: anju simulate' },
  { words: ['export', 'please'], status: 2, says: "'please' is not understood" },
  { words: ['load', '--url', 'http://127.0.0.1'], status: 2, says: '--url must be mqtt://' },
  {
    words: ['load', '--url', 'mqtt://127.0.0.1:1', '--devices', '1', '--seconds', '1'],
    status: 1,
    says: 'no device got in',
  },
];
for (const { words, status, says } of mistakes) {
  test(`'anju ${words.join(' ')}' says what is wrong`, async () => {
    const outcome = await anju(words);
    expect(outcome).toMatchObject({ status, stderr: expect.stringContaining(says) });
    expect(outcome.stderr).not.toContain('    at ');
  });
}

const badSettings = [
  { name: 'ANJU_HTPP_PORT', value: '1', says: 'ANJU_HTPP_PORT is not a setting' },
  { name: 'ANJU_HTTP_PORT', value: 'eighty', says: 'ANJU_HTTP_PORT' },
  { name: 'ANJU_TIMEZONE', value: 'Mars/Olympus', says: 'IANA time zone' },
  { name: 'ANJU_MQTTS_PORT', value: '8883', says: 'ANJU_TLS_CERT' },
];
for (const { name, value, says } of badSettings) {
  test(`${name}=${value} stops the start with a sentence`, async () => {
    const { status, stderr } = await anju(['serve'], '', { [name]: value });
    expect(status).toBe(1);
    expect(stderr).toContain(says);
  });
}

test.each([
  ['ANJU_HTTP_PORT', 'ANJU_MQTT_PORT'],
  ['ANJU_MQTT_PORT', 'ANJU_HTTP_PORT'],
])('a port that somebody else has stops the start with a sentence that names %s', async (taken, free) => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as { port: number }; // a listening TCP server has one
  const { status, stderr } = await anju(['serve'], '', { [taken]: String(port), [free]: '0' });
  other.close();
  expect({
    status,
    lines: stderr
      .trim()
      .split('\n')
      .filter((line) => !line.startsWith('{')).length,
  }).toEqual({ status: 1, lines: 1 });
  expect(stderr).toContain(`127.0.0.1:${port}: another program listens there already`);
  expect(stderr).toContain(taken);
});

test('what a killed service left behind does not keep the next command from the folder', async () => {
  const left = temporaryFolder();
  await anju(['import', townFile], '', { ANJU_DATA_DIR: left });
  // Its process number lives on: somebody else has it now.
  const door = { pid: process.pid, http: 'http://127.0.0.1:1', mqtt: 'mqtt://127.0.0.1:1', token: 'gone' };
  writeFileSync(join(left, 'service.json'), JSON.stringify(door));
  expect(await anju(['export'], '', { ANJU_DATA_DIR: left })).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('r1'),
  });
  removeFolder(left);
});
