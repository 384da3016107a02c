import type { ServerResponse } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { createChannels } from '../../alerts/channels/index.ts';
import { silentChannels } from '../../alerts/channels/silent.ts';
import { newWebhookSecret } from '../../alerts/channels/webhook.ts';
import { applySignal } from '../../alerts/life-cycle.ts';
import { type AlertView, viewOfAlert } from '../../model/alert.ts';
import type { Delivery, Notification } from '../../model/notification.ts';
import { closedPort, hookServer } from './support/hook-server.ts';
import { mailServer } from './support/mail-server.ts';
import { at, raise } from './support/night.ts';
import { channelParts } from './support/parts.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});
function lasting<T extends { close(): Promise<unknown> }>(server: T): T {
  ends.push(() => server.close());
  return server;
}

const fall = raise('02:10', {
  type: 'fall',
  suspected: true,
  position: { lat: 24.4451, lon: 118.0823 },
  summary: { zh: '手环报告可能跌倒', en: 'The band felt a fall' },
});
const decision = applySignal(undefined, fall, { nowMs: at('02:10'), areaId: 'street' })!; // a raise opens
const alert: AlertView = viewOfAlert(decision.alert);

const logged: string[] = [];
const log = {
  info: (fields: object, text: string) => void logged.push(`${text} ${JSON.stringify(fields)}`),
  warn: () => undefined,
  error: () => undefined,
};

type Sent = { to: Partial<Notification>; smtpUrl?: string; hears?: boolean; signal?: AbortSignal };
const published: string[] = [];

async function send({ to, smtpUrl, hears = true, signal = new AbortController().signal }: Sent): Promise<Delivery> {
  const channels = createChannels({
    ...channelParts,
    clock: () => at('02:10:01'),
    ...(smtpUrl && { smtp: { url: smtpUrl, from: 'anju@example.org' } }),
    publish: (username) => hears && published.push(username) > 0,
    log,
  });
  const notification: Notification = {
    id: 'n1',
    alertId: alert.id,
    recipientId: 'daughter',
    recipientName: '王芳',
    channel: 'webhook',
    address: 'unset',
    severity: 'P1',
    reason: 'opened',
    queuedAtMs: at('02:10'),
    state: 'queued',
    attempts: 0,
    nextAttemptAtMs: at('02:10'),
    ...to,
  };
  const channel = channels.find(({ kind }) => kind === notification.channel);
  if (channel === undefined) throw new Error(`no ${notification.channel}`);
  return channel.send(notification, alert, signal);
}

test('a webhook is signed, says what happened, and is delivered', async () => {
  const family = lasting(await hookServer());
  expect(await send({ to: { address: `${family.url}/wang` } })).toEqual({ outcome: 'delivered' });
  expect(family.posted).toEqual([{ id: 'n1', path: '/wang', type: 'alert.open', alert }]);
});

test('a contact with a secret of its own is signed with that', async () => {
  const family = lasting(await hookServer());
  const delivery = await send({ to: { address: family.url, secret: newWebhookSecret() } });
  expect(delivery).toEqual({ outcome: 'rejected', reason: 'answered 401' });
  expect(family.faults).toEqual(['/: the signature does not verify']);
});

const answers = [
  { status: 200, is: { outcome: 'delivered' } },
  { status: 301, headers: { location: '/elsewhere' }, is: { outcome: 'rejected', reason: 'answered 301' } },
  { status: 404, is: { outcome: 'rejected', reason: 'answered 404' } },
  { status: 410, is: { outcome: 'rejected', reason: 'answered 410', gone: true } },
  {
    status: 429,
    headers: { 'retry-after': '7' },
    is: { outcome: 'retry', reason: 'answered 429', afterMs: 7000, limited: true },
  },
  { status: 500, is: { outcome: 'retry', reason: 'answered 500' } },
  {
    status: 503,
    headers: { 'retry-after': 'Sat, 14 Mar 2026 02:10:31 GMT' },
    is: { outcome: 'retry', reason: 'answered 503', afterMs: 30_000 },
  },
  { status: 503, headers: { 'retry-after': 'soon' }, is: { outcome: 'retry', reason: 'answered 503' } },
];
for (const { status, headers = {}, is } of answers) {
  test(`an endpoint that answers ${status} ${JSON.stringify(headers)}: ${is.outcome}`, async () => {
    const family = lasting(await hookServer((_, response) => response.writeHead(status, headers).end('x')));
    expect(await send({ to: { address: family.url } })).toEqual(is);
    expect(family.posted.length).toBe(1);
  });
}

test('an endpoint that answers without end is not listened to for ever', async () => {
  const endless = (response: ServerResponse) => {
    while (response.writable && response.write('x'.repeat(65_536)));
    response.once('drain', () => endless(response));
  };
  const family = lasting(await hookServer((_, response) => endless(response.writeHead(200))));
  expect(await send({ to: { address: family.url } })).toEqual({ outcome: 'delivered' });
});

test('nobody there, or nobody answering: later, and no word of the address', async () => {
  const nobody = await send({ to: { address: `http://127.0.0.1:${await closedPort()}/secret` } });
  expect(nobody).toEqual({ outcome: 'retry', reason: 'no answer' });
  const silent = lasting(await hookServer(() => undefined));
  const controller = new AbortController();
  const waiting = send({ to: { address: silent.url }, signal: controller.signal });
  await expect.poll(() => silent.posted.length).toBe(1);
  controller.abort();
  expect(await waiting).toEqual({ outcome: 'retry', reason: 'no answer' });
});

for (const address of ['ftp://example.org/', 'not a url', 'http://user:password@example.org/', 'file:///etc/passwd']) {
  test(`${address} is no address for a webhook`, async () => {
    expect(await send({ to: { address } })).toEqual({ outcome: 'rejected', reason: 'the address is no http(s) URL' });
  });
}

test('a mail is plain and in two languages', async () => {
  const server = lasting(await mailServer());
  const to = { channel: 'email', address: 'fang@example.org' } as const;
  expect(await send({ to, smtpUrl: server.url })).toEqual({ outcome: 'sent' });
  const [mail] = server.mails;
  expect(mail?.to).toBe('<fang@example.org>');
  expect(mail?.text).toContain('Message-ID: <n1@anju>');
  const body = Buffer.from(mail?.text.split('\n\n').slice(1).join('') ?? '', 'base64').toString();
  expect(body.trimEnd().split(/\r?\n/)).toEqual([
    '[P1 紧急] 疑似跌倒',
    '手环报告可能跌倒',
    '时间：2026-03-14 10:10:00 GMT+8　状态：待处理　次数：1',
    '位置（WGS-84）：24.44510, 118.08230',
    '',
    '[P1 emergency] Suspected: Fall',
    'The band felt a fall',
    'Time: 2026-03-14 10:10:00 GMT+8  State: waiting  Count: 1',
    'Position (WGS-84): 24.44510, 118.08230',
    '',
    `${alert.id} / 1`,
  ]);
});

const mailAnswers = [
  {
    name: 'too busy',
    says: { greeting: '421 try later' },
    is: { outcome: 'retry', reason: 'the mail server answered 421' },
  },
  {
    name: 'box full',
    says: { afterRcpt: '452 full' },
    is: { outcome: 'retry', reason: 'the mail server answered 452' },
  },
  {
    name: 'no such box',
    says: { afterRcpt: '550 no' },
    is: { outcome: 'rejected', reason: 'the mail server answered 550' },
  },
];
for (const { name, says, is } of mailAnswers) {
  test(`a mail server that says ${name}: ${is.outcome}`, async () => {
    const server = lasting(await mailServer(says));
    const to = { channel: 'email', address: 'fang@example.org' } as const;
    expect(await send({ to, smtpUrl: server.url })).toEqual(is);
    expect(server.mails).toEqual([]);
  });
}

test('a mail server that is not there: later', async () => {
  const smtpUrl = `smtp://127.0.0.1:${await closedPort()}`;
  const delivery = await send({ to: { channel: 'email', address: 'fang@example.org' }, smtpUrl });
  expect(delivery).toEqual({ outcome: 'retry', reason: 'the mail server did not answer' });
});

test('a mail cannot smuggle a second recipient or a header', async () => {
  const server = lasting(await mailServer());
  const to = { channel: 'email', address: 'fang@example.org', recipientName: 'Fang\r\nBcc: x@example.org' } as const;
  await send({ to, smtpUrl: server.url });
  expect(server.mails.map((mail) => mail.to)).toEqual(['<fang@example.org>']);
  expect(server.mails[0]?.text).not.toMatch(/^Bcc:/m);
});

test('without a mail server a mail is refused with what to set', async () => {
  const delivery = await send({ to: { channel: 'email', address: 'fang@example.org' } });
  expect(delivery).toEqual({ outcome: 'rejected', reason: 'email is not configured: set ANJU_SMTP_URL' });
});

test('MQTT: sent when an app of that user listens, otherwise later', async () => {
  const to = { channel: 'mqtt', address: 'wang' } as const;
  expect(await send({ to })).toEqual({ outcome: 'sent' });
  expect(published).toEqual(['wang']);
  expect(await send({ to, hears: false })).toEqual({ outcome: 'retry', reason: 'no app of this user is listening' });
});

test('the log gets a line without anything personal', async () => {
  logged.length = 0;
  expect(await send({ to: { channel: 'log', address: 'anything' } })).toEqual({ outcome: 'delivered' });
  expect(logged.length).toBe(1);
  expect(logged[0]).toContain(alert.id);
  expect(logged[0]).not.toMatch(/王芳|24\.4451|wang/);
});

test('the silent channels take whatever the real ones take', () => {
  const real = createChannels({ ...channelParts, clock: () => 0, log });
  expect(silentChannels.map(({ kind }) => kind).sort()).toEqual(real.map(({ kind }) => kind).sort());
});
