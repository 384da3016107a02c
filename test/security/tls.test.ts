import { readFileSync } from 'node:fs';
import tls from 'node:tls';
import { expect, test } from 'vitest';
import { eventually, greeting, openDoor, RawClient } from '../broker/support.ts';

const pem = (name: string) => readFileSync(new URL(`../broker/tls/${name}.pem`, import.meta.url), 'utf8');
const pair = { cert: pem('cert'), key: pem('key') };

test('with a certificate authority for clients, only who has a certificate of it is heard, and its token still counts', async () => {
  const door = await openDoor(undefined, { mqttsPort: 0, tls: { ...pair, ca: pair.cert } });
  const reach = { port: door.tlsPort ?? 0, host: '127.0.0.1', ca: pair.cert, servername: 'localhost' };
  const stranger = new RawClient(tls.connect(reach));
  stranger.send(greeting('band-1'));
  await stranger.closed();
  expect(stranger.packets).toEqual([]);
  await eventually('the handshake is counted', () => door.count('refused.tlsHandshake') === 1);

  const known = new RawClient(tls.connect({ ...reach, ...pair }));
  known.send(greeting('band-1', { password: 'guess' }));
  expect((await known.next('connack')).returnCode).toBe(4);
  const device = new RawClient(tls.connect({ ...reach, ...pair }));
  device.send(greeting('band-1'));
  expect((await device.next('connack')).returnCode).toBe(0);
});
