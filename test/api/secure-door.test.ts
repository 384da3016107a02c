import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import tls from 'node:tls';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { type Api, type ApiOptions, createApi } from '../../api/server.ts';
import { makePair } from '../support/certificates.ts';
import { removeFolder, temporaryFolder } from '../support/service.ts';
import { openTown, type Town } from './support/town.ts';

const shipped = (name: string) => readFileSync(new URL(`../broker/tls/${name}.pem`, import.meta.url));

let town: Town;
let api: Api;
let httpsPort = 0;
beforeEach(async () => {
  town = await openTown();
});
afterEach(async () => {
  await api.stop();
  await town.close();
});

async function openDoor(options: Partial<ApiOptions> = {}): Promise<void> {
  const secure = { host: '127.0.0.1', port: 0, cert: shipped('cert'), key: shipped('key') };
  api = await createApi(town.parts, { host: '127.0.0.1', port: 0, secure, ...options });
  httpsPort = (await api.start()).httpsPort ?? 0;
}

async function reach(): Promise<tls.TLSSocket> {
  const socket = tls.connect({ port: httpsPort, host: '127.0.0.1', rejectUnauthorized: false });
  onTestFinished(() => void socket.destroy());
  await once(socket, 'secureConnect').catch(() => undefined); // one that is not let in is closed
  return socket;
}

const nameOn = (socket: tls.TLSSocket) => socket.getPeerCertificate().subject?.CN;

test('a renewed certificate is shown from the next connection on; one that does not fit is refused and the old one stays', async () => {
  await openDoor();
  const folder = temporaryFolder();
  onTestFinished(() => removeFolder(folder));
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  makePair(cert, key);
  const before = await reach();
  const first = nameOn(before);
  expect(() => api.renewTls({ cert: readFileSync(cert), key: shipped('key') })).toThrow();
  expect(nameOn(await reach())).toBe(first);
  api.renewTls({ cert: readFileSync(cert), key: readFileSync(key) });
  expect(nameOn(await reach())).toBe('renewed');
  expect(before.destroyed).toBe(false);
});

test('the two doors share the connections there may be: what devices need is left to them', async () => {
  await openDoor({ connectionsAtMost: 4 });
  const inside = [await reach(), await reach()];
  const third = await reach();
  await vi.waitFor(() => expect(third.destroyed).toBe(true));
  expect(inside.map(({ destroyed }) => destroyed)).toEqual([false, false]);
});
