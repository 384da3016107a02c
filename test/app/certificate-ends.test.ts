import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { CertificateWatch } from '../../app/certificate-watch.ts';
import { readConfig } from '../../app/config.ts';
import { createLog } from '../../app/log.ts';
import { startService } from '../../app/service.ts';
import { makePair } from '../support/certificates.ts';
import { adminPassword, removeFolder, temporaryFolder } from '../support/service.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** A pair on the disk, good for so many days, and when it ends. */
function pair(days: number) {
  const folder = temporaryFolder();
  onTestFinished(() => removeFolder(folder));
  const files = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  makePair(files.cert, files.key, days);
  return { folder, files, endsAtMs: new X509Certificate(readFileSync(files.cert)).validToDate.getTime() };
}

/** The watch over these files; what it says, by level. */
function watched(files: { readonly cert: string; readonly key: string; readonly ca?: string }) {
  const said: string[] = [];
  const say = (level: string) => (_: object, text: string) => void said.push(`${level}: ${text}`);
  const log = { info: say('info'), warn: say('warn'), error: say('error') };
  const watch = new CertificateWatch(files, () => undefined, log);
  return {
    watch,
    said,
    /** Looks each hour of some days, as the calendar does. */
    async lives(fromMs: number, days: number) {
      for (let atMs = fromMs; atMs < fromMs + days * dayMs; atMs += hourMs) await watch.look(atMs);
    },
  };
}

test('from 21 days before it ends it is said once a day what ends when and what to do, and urgently in the last three', async () => {
  const { files, endsAtMs } = pair(100);
  const { watch, said, lives } = watched(files);
  await lives(endsAtMs - 60 * dayMs, 39);
  expect(said).toEqual([]);
  expect(watch.check(endsAtMs - 22 * dayMs)).toBe('ok');
  await lives(endsAtMs - 21 * dayMs + 1, 18);
  expect(said).toHaveLength(18);
  expect(said[0]).toMatch(/^warn: the certificate in ANJU_TLS_CERT ends on \d{4}-.* \(in 20 days\), .*: put a new /);
  await lives(endsAtMs - 3 * dayMs + 1, 4);
  expect(said.slice(18)).toEqual(Array(4).fill(expect.stringMatching(/^error: /)));
  expect(said.at(-1)).toMatch(/ended on .*devices and phones that check it get in no more/);
});

test('once it is renewed nothing more is said, and health says ok', async () => {
  const { files, endsAtMs } = pair(100);
  const { watch, said } = watched(files);
  const nowMs = endsAtMs - 10 * dayMs;
  await watch.look(nowMs);
  expect(watch.check(nowMs)).toMatch(/^the certificate in ANJU_TLS_CERT ends on /);
  makePair(files.cert, files.key, 400);
  await watch.look(nowMs + hourMs);
  await watch.look(nowMs + 2 * dayMs);
  expect(said.map((line) => line.slice(0, 40))).toEqual([
    expect.stringMatching(/^warn: the certificate/),
    expect.stringMatching(/^info: a new certificate/),
  ]);
  expect(watch.check(nowMs + 2 * dayMs)).toBe('ok');
});

test('one that is given for six days only is no warning on its first day', async () => {
  const { files, endsAtMs } = pair(6);
  const { said, lives } = watched(files);
  await lives(endsAtMs - 6 * dayMs, 4);
  expect(said).toEqual([]);
  await lives(endsAtMs - dayMs, 1);
  expect(said).toEqual([expect.stringMatching(/^warn: .*\(in 1 day\)/)]);
});

test('of the authority of clients it is said too: with it every band is shut out', async () => {
  const { folder, files, endsAtMs } = pair(400);
  const ca = join(folder, 'ca.pem');
  makePair(ca, join(folder, 'ca-key.pem'), 30);
  const endsFirstMs = new X509Certificate(readFileSync(ca)).validToDate.getTime();
  const { watch, said } = watched({ ...files, ca });
  await watch.look(endsFirstMs - 5 * dayMs);
  expect(said).toEqual([expect.stringMatching(/^warn: the certificate in ANJU_TLS_CA ends .*no client with a certif/)]);
  expect([...watch.metrics(endsFirstMs - 5 * dayMs)]).toEqual([
    ['tls_certificate_expires_seconds{file="ANJU_TLS_CERT"}', (endsAtMs - endsFirstMs) / 1000 + 5 * 86_400],
    ['tls_certificate_expires_seconds{file="ANJU_TLS_CA"}', 5 * 86_400],
  ]);
});

test('the running service says it at the start, in health and in its metrics, and is ready all the same', async () => {
  const { folder, files, endsAtMs } = pair(100);
  const lines: string[] = [];
  const config = readConfig({
    ANJU_DATA_DIR: join(folder, 'data'),
    ANJU_HTTP_PORT: '0',
    ANJU_MQTT_PORT: '0',
    ANJU_HTTPS_HOST: '127.0.0.1',
    ANJU_HTTPS_PORT: '0',
    ANJU_TLS_CERT: files.cert,
    ANJU_TLS_KEY: files.key,
    ANJU_ADMIN_PASSWORD: adminPassword,
  });
  const log = createLog('silent');
  log.warn = ((_: object, text: string) => void lines.push(text)) as typeof log.warn;
  const service = await startService(config, log, () => endsAtMs - 10 * dayMs);
  onTestFinished(() => service.stop());
  const ready = await fetch(new URL('/health/ready', service.addresses.http));
  expect(ready.status).toBe(200);
  expect(await ready.json()).toMatchObject({ checks: { certificate: expect.stringContaining('(in 10 days)') } });
  const metrics = await (await fetch(new URL('/metrics', service.addresses.http))).text();
  expect(metrics).toContain('# TYPE anju_tls_certificate_expires_seconds gauge');
  expect(metrics).toContain('anju_tls_certificate_expires_seconds{file="ANJU_TLS_CERT"} 864000');
  expect(lines.filter((text) => text.includes('ANJU_TLS_CERT'))).toHaveLength(1);
});
