import { createECDH } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChannelKind } from '../../model/people.ts';
import { mailServer } from '../alerts/support/mail-server.ts';
import { smallTown, tokenOf } from '../support/community.ts';
import type { RunningService } from '../support/service.ts';
import {
  call,
  connect,
  eventually,
  listen,
  login,
  removeFolder,
  spawnService,
  temporaryFolder,
} from '../support/service.ts';

/** Every provider in one: it refuses, breaks, is too busy, hangs up, or takes it, and quotes what it was sent. */
const provider = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const told = { url: request.url, headers: request.headers, body: Buffer.concat(chunks).toString() };
    reached.push(told.url ?? '');
    if (told.url?.includes('hang-up')) return request.socket.destroy();
    const status = Number(/status-(\d+)/.exec(told.url ?? '')?.[1] ?? 400);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ errcode: 310000, code: 19021, Code: 'isv.MOBILE_NUMBER_ILLEGAL', message: told }));
  });
});
const reached: string[] = [];

const keys = {
  ANJU_ALIYUN_KEY_ID: 'LTAI-aliyun-key-id',
  ANJU_ALIYUN_KEY_SECRET: 'aliyun-key-secret-xyz',
  ANJU_ALIYUN_CALLBACK_SECRET: 'callback-secret-0123456789',
};
const p256dh = createECDH('prime256v1').generateKeys('base64url');
const secrets: Partial<Record<ChannelKind, string>> = {
  webhook: `whsec_${Buffer.from('webhook-secret-of-the-family').toString('base64')}`,
  dingtalk: 'SECdingtalk0123456789',
  feishu: 'feishu-secret-0123',
  ntfy: 'tk_ntfytoken0123456789',
  webPush: `${p256dh}.${'a'.repeat(22)}`,
};
const numbers = ['13912345678', '13887654321'];

let service: RunningService;
let mail: Awaited<ReturnType<typeof mailServer>>;
let log = '';
const dataDir = temporaryFolder();

const paths: readonly [ChannelKind, string][] = [
  ['webhook', 'secret-path-1/status-500'],
  ['webhook', 'secret-path-2/hang-up'],
  ['webhook', 'secret-path-3/status-410'],
  ['dingtalk', 'robot/send?access_token=ding-access-token&status-200'],
  ['feishu', 'open-apis/bot/v2/hook/feishu-hook-token/status-200'],
  ['wecom', 'cgi-bin/webhook/send?key=wecom-robot-key&status-200'],
  ['ntfy', 'secret-topic-of-family'],
  ['webPush', 'push/secret-endpoint/status-429'],
];

beforeAll(async () => {
  provider.listen(0, '127.0.0.1');
  await once(provider, 'listening');
  const url = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  mail = await mailServer({ afterRcpt: '550 no such box <secret-box@example.org>' });
  service = await spawnService(dataDir, {
    ANJU_LOG_LEVEL: 'trace',
    ANJU_PUBLIC_URL: 'https://anju.example.org',
    ANJU_SMTP_URL: mail.url.replace('smtp://', 'smtp://mail-user:mail-password-1@'),
    ANJU_ALIYUN_SMS_SIGN: 'sign',
    ANJU_ALIYUN_SMS_TEMPLATE: 'SMS_1',
    ANJU_ALIYUN_SMS_URL: url,
    ANJU_ALIYUN_VOICE_TEMPLATE: 'TTS_1',
    ANJU_ALIYUN_VOICE_URL: url,
    ...keys,
  });
  service.process.stderr?.on('data', (chunk: Buffer) => {
    log += chunk.toString();
  });
  const channels = paths.map(([kind, path]) => {
    const secret = secrets[kind];
    return { kind, address: `${url}/${path}`, ...(secret !== undefined && { secret }) };
  });
  const others = [
    { kind: 'sms', address: numbers[0] },
    { kind: 'voice', address: numbers[1] },
    { kind: 'email', address: 'secret-box@example.org' },
    { kind: 'sse', address: 'fam0' },
  ];
  const town = smallTown(2);
  town.residents[0]!.contacts.push({ id: 'c1', name: '张伟', order: 0, channels: [...channels, ...others] }); // there are two
  const steps = [{ afterS: 0, target: 'contacts' }];
  const policies = [{ id: 'p', name: 'everything at once', residentId: 'r0', steps }];
  const admin = await login(service);
  const imported = await call(service, admin, 'POST', '/import', { ...town, policies });
  expect(imported.status, JSON.stringify(imported.json)).toBeLessThan(300);
}, 30_000);
afterAll(async () => {
  await service.kill('SIGKILL');
  provider.close().closeAllConnections();
  await mail.close();
  removeFolder(dataDir);
});

type Message = { id: string; channel: string; state: string; failure?: string; attempts: number };

test('whatever goes wrong on whichever channel, no secret and no address stands in the log or in what is told of it', async () => {
  const shown: string[] = [];
  const page = await listen(service, await login(service, 'fam0', 'family-password-0'), ({ event }) =>
    shown.push(event),
  );
  const band = await connect(service, 'band-0', tokenOf('band-0'));
  await band.publishAsync('v1/devices/band-0/event', JSON.stringify({ t: Date.now(), event: 'sos' }), { qos: 1 });
  const admin = await login(service);
  const messages = async () => (await call(service, admin, 'GET', '/notifications')).json as { items: Message[] };
  const tried = await eventually(async () => {
    const { items } = await messages();
    return items.length === paths.length + 4 && items.every(({ attempts }) => attempts > 0) ? items : undefined;
  }, 10_000);
  expect(tried?.map(({ channel, state }) => `${channel} ${state}`).sort()).toEqual([
    'dingtalk failed',
    'email failed',
    'feishu failed',
    'ntfy failed',
    'sms failed',
    'sse delivered',
    'voice failed',
    'webPush queued',
    'webhook failed',
    'webhook queued',
    'webhook queued',
    'wecom failed',
  ]);
  expect(shown).toContain('alert');
  await call(service, undefined, 'GET', '/../callbacks');
  await fetch(`${service.http}/callbacks/aliyun/${keys.ANJU_ALIYUN_CALLBACK_SECRET}/sms`, {
    method: 'POST',
    body: 'x',
  });
  await fetch(`${service.http}/a/${'t'.repeat(49)}`, { method: 'POST' });
  page();
  await band.endAsync(true);
  const told = JSON.stringify(tried) + log;
  const words = [
    ...Object.values(keys),
    ...Object.values(secrets).flatMap((secret) => secret.replace('whsec_', '').split('.')),
    ...['secret-path', 'ding-access-token', 'feishu-hook-token', 'wecom-robot-key', 'secret-topic', 'secret-endpoint'],
    ...['mail-password-1', 'secret-box', ...numbers, 'Resident 0', 'anju.example.org/a/'],
  ];
  expect(words.filter((word) => told.includes(word))).toEqual([]);
  expect(log).toContain('a notification could not be delivered');
  expect(reached.length).toBeGreaterThanOrEqual(paths.length + 2);
});
