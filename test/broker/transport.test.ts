import { readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';
import mqtt from 'mqtt';
import { expect, onTestFinished, test } from 'vitest';
import { createWebSocketStream, WebSocket } from 'ws';
import { webSocketUpgrade } from '../../broker/websocket.ts';
import { eventually, greeting, message, openDoor, RawClient, subscribe, telemetry } from './support.ts';

/** Self-signed for localhost, valid for a hundred years, used nowhere else. */
const pem = (name: string) => readFileSync(new URL(`tls/${name}.pem`, import.meta.url), 'utf8');
const pair = { cert: pem('cert'), key: pem('key') };

async function webDoor() {
  const door = await openDoor();
  const server = http.createServer().on('upgrade', webSocketUpgrade(door.broker)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo; // it listens on TCP
  return { ...door, url: `ws://127.0.0.1:${port}/mqtt` };
}

const asBand = { username: 'band-1', password: 'secret of band-1', reconnectPeriod: 0, protocolVersion: 4 } as const;

test('a common client publishes, subscribes and gets its commands', async () => {
  const { port, broker, town } = await openDoor();
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, asBand);
  const heard: string[] = [];
  client.on('message', (topic, payload) => heard.push(`${topic} ${payload}`));
  await client.subscribeAsync('v1/devices/band-1/command', { qos: 1 });
  for (const qos of [0, 1, 2] as const) await client.publishAsync('v1/devices/band-1/telemetry', `${qos}`, { qos });
  broker.sendToDevice('band-1', 'v1/devices/band-1/command', 'ring');
  await eventually('the command came', () => heard.length === 1);
  await client.endAsync();
  expect(town.heard).toEqual(['0', '1', '2']);
  expect(heard).toEqual(['v1/devices/band-1/command ring']);
});

test('TLS from 1.2 on, with the same door behind it', async () => {
  const { tlsPort, town, count } = await openDoor(undefined, { mqttsPort: 0, tls: pair });
  const options = { ...asBand, ca: pair.cert, servername: 'localhost' };
  const client = await mqtt.connectAsync(`mqtts://127.0.0.1:${tlsPort}`, options);
  await client.publishAsync('v1/devices/band-1/telemetry', 'over TLS', { qos: 1 });
  await client.endAsync();
  expect(town.heard).toEqual(['over TLS']);
  const old = tls.connect({
    port: tlsPort ?? 0,
    host: '127.0.0.1',
    ca: pair.cert,
    maxVersion: 'TLSv1.1',
    minVersion: 'TLSv1',
  });
  old.on('error', () => {});
  await eventually('the old version is refused', () => old.destroyed);
  await eventually('and counted', () => count('refused.tlsHandshake') === 1);
});

test('nothing is heard before authentication over TLS either', async () => {
  const { tlsPort, town } = await openDoor(undefined, { mqttsPort: 0, tls: pair });
  const socket = tls.connect({ port: tlsPort ?? 0, host: '127.0.0.1', ca: pair.cert, servername: 'localhost' });
  const client = new RawClient(socket);
  client.send(greeting('band-1', { password: 'guess' }), telemetry('band-1', 'sos'));
  expect((await client.next('connack')).returnCode).toBe(4);
  await client.closed();
  expect(town.heard).toEqual([]);
});

test('a common client comes over WebSocket', async () => {
  const { url, town } = await webDoor();
  const client = await mqtt.connectAsync(url, asBand);
  await client.publishAsync('v1/devices/band-1/event', '{"event":"sos"}', { qos: 2 });
  await client.endAsync();
  expect(town.heard).toEqual(['{"event":"sos"}']);
});

test('over WebSocket a packet may be split or share a message, and nothing is heard before authentication', async () => {
  const { url, town } = await webDoor();
  const open = async () => new RawClient(createWebSocketStream(await opened(new WebSocket(url, 'mqtt'))));
  const stranger = await open();
  stranger.send(greeting('band-1', { password: 'guess' }), telemetry('band-1', 'guessed'));
  expect((await stranger.next('connack')).returnCode).toBe(4);
  await stranger.closed();
  const band = await open();
  const bytes = Buffer.concat([greeting('band-1'), telemetry('band-1', 'a', 1), telemetry('band-1', 'b', 2)]);
  for (let at = 0; at < bytes.length; at += 7) band.send(bytes.subarray(at, at + 7));
  await eventually('both are acknowledged', () => band.ids('puback').length === 2);
  expect(town.heard).toEqual(['a', 'b']);
});

async function opened(socket: WebSocket): Promise<WebSocket> {
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  return socket;
}

test('WebSocket agrees on mqtt or mqttv3.1 and refuses what means something else', async () => {
  const { url } = await webDoor();
  expect((await opened(new WebSocket(url, ['mqttv3.1']))).protocol).toBe('mqttv3.1');
  expect((await opened(new WebSocket(url, ['soap', 'mqtt']))).protocol).toBe('mqtt');
  await expect(opened(new WebSocket(url, ['soap']))).rejects.toThrow('400');
});

test('text over WebSocket ends it', async () => {
  const { url, town } = await webDoor();
  const socket = await opened(new WebSocket(url, 'mqtt'));
  socket.on('error', () => {});
  socket.send('hello');
  await eventually('it is closed', () => socket.readyState === WebSocket.CLOSED);
  expect(town.accepted).toEqual([]);
});

test('a message too large for the door ends the WebSocket', async () => {
  const { url, town } = await webDoor();
  const socket = await opened(new WebSocket(url, 'mqtt'));
  socket.on('error', () => {});
  socket.send(Buffer.concat([greeting('band-1'), message('v1/devices/band-1/burst', Buffer.alloc(10_000_000))]));
  await eventually('it is closed', () => socket.readyState === WebSocket.CLOSED);
  expect(town.accepted).toEqual([]);
});

test('a port that is taken is an error of start, and stopping without start is fine', async () => {
  const { port, broker } = await openDoor();
  await expect(openDoor(undefined, { mqttPort: port })).rejects.toThrow('EADDRINUSE');
  await broker.stop();
  await broker.stop();
});

test('more connections than the door has room for are closed', async () => {
  const { connect, logIn } = await openDoor(undefined, { limits: { connections: 1 } });
  const first = await logIn('band-1');
  await connect().closed();
  first.send(subscribe('v1/devices/band-1/#'));
  await first.next('suback');
});
