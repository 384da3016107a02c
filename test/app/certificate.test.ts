import { once } from 'node:events';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { CertificateWatch } from '../../app/certificate-watch.ts';
import { readTls } from '../../app/tls-files.ts';
import { openDoor } from '../broker/support.ts';
import { anju } from '../support/anju.ts';
import { makePair } from '../support/certificates.ts';
import { removeFolder, temporaryFolder } from '../support/service.ts';

const shipped = (name: string) => new URL(`../broker/tls/${name}.pem`, import.meta.url).pathname;

describe('a pair that cannot be served stops the start with a sentence that names the file', () => {
  const folder = temporaryFolder();
  afterAll(() => removeFolder(folder));
  const path = (name: string) => join(folder, `${name}.pem`);
  beforeAll(() => {
    writeFileSync(path('half'), '-----BEGIN CERTIFICATE-----\nhalf');
    makePair(path('other-cert'), path('other-key'));
  });
  const right = { cert: shipped('cert'), key: shipped('key') };
  const wrong = [
    { files: { ...right, cert: path('half') }, says: 'ANJU_TLS_CERT: .*half.pem is no certificate in PEM' },
    {
      files: { ...right, key: path('half') },
      says: 'ANJU_TLS_KEY: .*half.pem is no private key in PEM, or has a pass',
    },
    {
      files: { ...right, key: path('other-key') },
      says: 'ANJU_TLS_KEY: .* is not the key of the certificate in .*cert',
    },
    { files: { ...right, key: path('nowhere') }, says: 'ANJU_TLS_KEY: .*nowhere.pem cannot be read .ENOENT' },
    { files: { ...right, ca: path('half') }, says: 'ANJU_TLS_CA: .*half.pem is no certificate in PEM' },
  ];
  for (const { files, says } of wrong) {
    test(says, () => expect(() => readTls(files)).toThrow(new RegExp(says)));
  }

  test('whoever starts the service reads it, and no stack of ours', async () => {
    const settings = { ANJU_MQTTS_PORT: '0', ANJU_TLS_CERT: right.cert, ANJU_TLS_KEY: path('other-key') };
    const { status, stderr } = await anju(join(folder, 'data'), ['serve'], settings);
    expect({ status, stderr }).toMatchObject({ status: 1, stderr: expect.stringContaining('is not the key of') });
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

test('a renewed certificate is served without a restart, half a renewal is not, and who is connected stays', async () => {
  const folder = temporaryFolder();
  onTestFinished(() => removeFolder(folder));
  const files = { port: 0, cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  copyFileSync(shipped('cert'), files.cert);
  copyFileSync(shipped('key'), files.key);
  const door = await openDoor(undefined, { mqttsPort: 0, tls: readTls(files) });
  const said: string[] = [];
  const log = {
    info: (_: object, text: string) => void said.push(text),
    warn: (_: object, text: string) => void said.push(text),
    error: (_: object, text: string) => void said.push(text),
  };
  const watch = new CertificateWatch(files, (pair) => door.broker.renewTls(pair), log);
  const reach = async (): Promise<tls.TLSSocket> => {
    const socket = tls.connect({ port: door.tlsPort ?? 0, host: '127.0.0.1', rejectUnauthorized: false });
    onTestFinished(() => void socket.destroy());
    await once(socket, 'secureConnect');
    return socket;
  };
  const before = await reach();
  const first = before.getPeerCertificate().subject.CN;

  writeFileSync(files.cert, 'half of a certificate');
  await watch.look(Date.now());
  makePair(files.cert, join(folder, 'other-key.pem'));
  await watch.look(Date.now());
  expect((await reach()).getPeerCertificate().subject.CN).toBe(first);
  expect(said.every((text) => text.includes('the old one stays'))).toBe(true);

  copyFileSync(join(folder, 'other-key.pem'), files.key);
  await watch.look(Date.now());
  await watch.look(Date.now());
  expect((await reach()).getPeerCertificate().subject.CN).toBe('renewed');
  expect(said.filter((text) => text.includes('is served'))).toHaveLength(1);
  expect(before.destroyed).toBe(false);
});
