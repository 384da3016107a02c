import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import tls from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { eventually, greeting, openDoor, RawClient } from '../broker/support.ts';
import { makePair } from '../support/certificates.ts';
import { removeFolder, temporaryFolder } from '../support/service.ts';

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

test('a certificate somebody made themselves, or one of another authority, opens no door', async () => {
  const folder = temporaryFolder();
  onTestFinished(() => removeFolder(folder));
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  makePair(cert, key);
  const door = await openDoor(undefined, { mqttsPort: 0, tls: { ...pair, ca: pair.cert } });
  const own = { cert: readFileSync(cert), key: readFileSync(key) };
  const reach = { port: door.tlsPort ?? 0, host: '127.0.0.1', ca: pair.cert, servername: 'localhost' };
  const stranger = new RawClient(tls.connect({ ...reach, ...own }));
  stranger.send(greeting('band-1'));
  await stranger.closed();
  expect(stranger.packets).toEqual([]);
  await eventually('the handshake is counted', () => door.count('refused.tlsHandshake') === 1);
});

describe('what nobody should use any more is not spoken, whatever the client prefers', () => {
  const weak = ['NULL', 'aNULL', 'RC4', '3DES', 'DES', 'EXPORT', 'MD5', 'PSK', 'CAMELLIA'];
  for (const ciphers of weak) {
    test(ciphers, async () => {
      const door = await openDoor(undefined, { mqttsPort: 0, tls: pair });
      const reach = { port: door.tlsPort ?? 0, host: '127.0.0.1', ca: pair.cert, servername: 'localhost' };
      const greet = () => tls.connect({ ...reach, ciphers: `${ciphers}:@SECLEVEL=0`, maxVersion: 'TLSv1.2' });
      let socket: tls.TLSSocket;
      try {
        socket = greet();
      } catch {
        return; // this OpenSSL does not know it at all, so nobody here speaks it
      }
      let isSecure = false;
      socket.on('secureConnect', () => {
        isSecure = true;
      });
      socket.on('error', () => {});
      await eventually('it is closed', () => socket.destroyed);
      expect(isSecure).toBe(false);
    });
  }

  test('TLS 1.3 is preferred, 1.2 is spoken with forward secrecy to who can', async () => {
    const door = await openDoor(undefined, { mqttsPort: 0, tls: pair });
    const spoken = async (maxVersion: tls.SecureVersion) => {
      const reach = { port: door.tlsPort ?? 0, host: '127.0.0.1', ca: pair.cert, servername: 'localhost' };
      const socket = tls.connect({ ...reach, maxVersion });
      await once(socket, 'secureConnect');
      const found = `${socket.getProtocol()} ${socket.getCipher().name}`;
      socket.destroy();
      return found;
    };
    expect(await spoken('TLSv1.3')).toMatch(/^TLSv1.3 TLS_AES_256_GCM/);
    expect(await spoken('TLSv1.2')).toMatch(/^TLSv1.2 ECDHE-.*GCM/);
  });
});
