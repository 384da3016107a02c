import { generate } from 'mqtt-packet';
import { expect, test } from 'vitest';
import { eventually, greeting, openDoor, type RawClient, subscribe, Town, telemetry } from './support.ts';

const sos = telemetry('band-1', '{"event":"sos"}');

async function dribble(client: RawClient, bytes: Buffer): Promise<void> {
  for (const byte of bytes) {
    client.send(Buffer.from([byte]));
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const gap = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

for (const padding of [0, 3000, 65_000, 65_450, 65_500]) {
  for (const gapMs of [0, 20]) {
    test(`an SOS behind a wrong password is not heard (padding ${padding}, gap ${gapMs} ms)`, async () => {
      const { connect, town, broker } = await openDoor();
      const client = connect();
      const wrong = greeting('band-1', { password: 'x'.repeat(padding) });
      if (gapMs === 0) client.send(wrong, sos);
      else {
        client.send(wrong);
        await gap(gapMs);
        client.send(sos);
      }
      await client.closed();
      expect(town.heard).toEqual([]);
      expect(client.packets.filter(({ cmd }) => cmd !== 'connack')).toEqual([]);
      expect(broker.isConnected('band-1')).toBe(false);
    });
  }
}

test('nothing is heard behind a wrong password that comes byte by byte', async () => {
  const { connect, town } = await openDoor();
  const client = connect();
  await dribble(client, Buffer.concat([greeting('band-1', { password: 'guess' }), sos]));
  await client.closed();
  expect(town.heard).toEqual([]);
});

test('what is sent while the log-in is being checked waits, and is lost when it fails', async () => {
  const town = new Town();
  const { promise, resolve } = Promise.withResolvers<void>();
  town.beforeAnswer = () => promise;
  const { connect } = await openDoor(town);
  const client = connect();
  client.send(greeting('band-1', { password: 'guess' }), sos, subscribe('v1/devices/band-1/command'));
  await gap(20);
  client.send(sos, sos);
  resolve();
  expect((await client.next('connack')).returnCode).toBe(4);
  await client.closed();
  expect(town.heard).toEqual([]);
  expect(client.packets).toEqual([]);
});

test('a stranger cannot fill the memory while the log-in is being checked', async () => {
  const town = new Town();
  const { promise, resolve } = Promise.withResolvers<void>();
  town.beforeAnswer = () => promise;
  const { connect } = await openDoor(town);
  const client = connect();
  client.send(greeting('band-1', { password: 'guess' }));
  await gap(20);
  for (let mebibyte = 0; mebibyte < 24; mebibyte++) client.send(Buffer.alloc(1024 * 1024));
  let before = -1;
  while (before !== client.stream.writableLength) {
    before = client.stream.writableLength;
    await gap(200);
  }
  expect(client.stream.writableLength).toBeGreaterThan(0);
  resolve();
  await client.closed();
});

test('what is sent while the log-in is being checked is heard, in order, when it succeeds', async () => {
  const town = new Town();
  const { promise, resolve } = Promise.withResolvers<void>();
  town.beforeAnswer = () => promise;
  const { connect } = await openDoor(town);
  const client = connect();
  const backlog = Array.from({ length: 500 }, (_, at) => telemetry('band-1', `${at}`, at + 1));
  client.send(greeting('band-1'), ...backlog);
  await gap(20);
  expect(town.heard).toEqual([]);
  resolve();
  await client.next('connack');
  await eventually('all are acknowledged', () => client.ids('puback').length === 500);
  expect(town.heard).toEqual(backlog.map((_, at) => `${at}`));
});

test('a good log-in that comes byte by byte works', async () => {
  const { connect, town } = await openDoor();
  const client = connect();
  await dribble(client, Buffer.concat([greeting('band-1'), sos]));
  await client.next('puback');
  expect(town.heard).toEqual(['{"event":"sos"}']);
});

test('a wrong password is answered with return code 4', async () => {
  const { connect, count } = await openDoor();
  const client = connect();
  client.send(greeting('band-1', { password: 'guess' }));
  expect((await client.next('connack')).returnCode).toBe(4);
  await client.closed();
  expect(count('refused.badCredentials')).toBe(1);
});

test('nobody comes in without a name', async () => {
  const { connect } = await openDoor();
  const client = connect();
  client.send(generate({ cmd: 'connect', protocolId: 'MQTT', clientId: 'x', clean: true, keepalive: 60 }));
  expect((await client.next('connack')).returnCode).toBe(4);
  await client.closed();
});

test('MQTT 5 is answered with return code 1 and closed', async () => {
  const { connect, count } = await openDoor();
  const client = connect();
  client.send(
    generate({ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 5, clientId: 'x', clean: true, keepalive: 60 }),
  );
  expect((await client.next('connack')).returnCode).toBe(1);
  await client.closed();
  expect(count('refused.protocolVersion')).toBe(1);
});

test('MQTT 3.1 is spoken', async () => {
  const { connect, town } = await openDoor();
  const client = connect();
  const password = Buffer.from('secret of band-1');
  const hello = {
    cmd: 'connect',
    protocolId: 'MQIsdp',
    protocolVersion: 3,
    clientId: 'x',
    clean: true,
    keepalive: 60,
  } as const;
  client.send(generate({ ...hello, username: 'band-1', password }), sos);
  expect((await client.next('connack')).returnCode).toBe(0);
  await client.next('puback');
  expect(town.heard).toHaveLength(1);
});

test('when passwords cannot be checked the answer is "not now", and it is said in the log', async () => {
  const town = new Town();
  town.beforeAnswer = () => Promise.reject(new Error('records are closed'));
  const { connect, lines } = await openDoor(town);
  const client = connect();
  client.send(greeting('band-1'));
  expect((await client.next('connack')).returnCode).toBe(3);
  await client.closed();
  expect(lines.map(({ level }) => level)).toContain('error');
});

test('a check that never ends is given up after the login deadline', async () => {
  const town = new Town();
  const { promise, resolve } = Promise.withResolvers<void>();
  town.beforeAnswer = () => promise;
  const { connect, clock, count } = await openDoor(town);
  const client = connect();
  client.send(greeting('band-1'), sos);
  await eventually('the check has begun', () => count('connections.accepted') === 1);
  await gap(20);
  clock.passS(11);
  expect((await client.next('connack')).returnCode).toBe(3);
  await client.closed();
  resolve();
  await gap(5);
  expect(town.heard).toEqual([]);
  expect(town.presences).toEqual([]);
  expect(count('refused.loginTimeout')).toBe(1);
});

test('a peer that never says CONNECT is closed after ten seconds, also when it dribbles', async () => {
  const { connect, clock, count } = await openDoor();
  const client = connect();
  client.send(greeting('band-1').subarray(0, 9));
  await eventually('it is there', () => count('connections.accepted') === 1);
  clock.passS(9);
  client.send(greeting('band-1').subarray(9, 11));
  await gap(20);
  expect(client.isClosed).toBe(false);
  clock.passS(2);
  await client.closed();
  expect(count('closed.connectTimeout')).toBe(1);
});

test('anything but CONNECT as the first packet closes the connection', async () => {
  const { connect, town, count } = await openDoor();
  const client = connect();
  client.send(sos);
  await client.closed();
  expect(town.heard).toEqual([]);
  expect(count('refused.notConnected')).toBe(1);
});

test('a second CONNECT closes the connection', async () => {
  const { logIn, count } = await openDoor();
  const client = await logIn('band-1');
  client.send(greeting('band-1'));
  await client.closed();
  expect(count('refused.secondConnect')).toBe(1);
});

test('sessions are always clean, whatever was asked', async () => {
  const { connect, logIn, broker } = await openDoor();
  const first = await logIn('band-1', { clean: false });
  first.send(subscribe('v1/devices/band-1/command'));
  await first.next('suback');
  first.stream.destroy();
  await eventually('it is gone', () => !broker.isConnected('band-1'));
  const second = connect();
  second.send(greeting('band-1', { clean: false }));
  expect((await second.next('connack')).sessionPresent).toBe(false);
  expect(broker.sendToDevice('band-1', 'v1/devices/band-1/command', '{}')).toBe(false);
});
