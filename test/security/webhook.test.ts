import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { webhookChannel } from '../../alerts/channels/webhook.ts';
import type { AlertView } from '../../model/alert.ts';
import type { Notification } from '../../model/notification.ts';
import { post } from '../alerts/support/parts.ts';

const channel = webhookChannel({ secret: 'whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQ=', clock: () => 1_763_700_000_000, post });
const alert = { id: 'a1', state: 'open', severity: 'P1' } as AlertView;

function notificationTo(address: string): Notification {
  return {
    id: 'n1',
    alertId: 'a1',
    recipientId: 'c1',
    recipientName: 'Daughter',
    channel: 'webhook',
    address,
    severity: 'P1',
    reason: 'opened',
    queuedAtMs: 0,
    state: 'queued',
    attempts: 0,
    nextAttemptAtMs: 0,
  };
}

async function endpoint(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close().closeAllConnections());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
}

const send = (address: string) => channel.send(notificationTo(address), alert, AbortSignal.timeout(10_000));

for (const status of [301, 302, 303, 307, 308]) {
  test(`a redirect (${status}) to a place inside is not followed`, async () => {
    let visits = 0;
    const inside = await endpoint((_request, response) => {
      visits += 1;
      response.end('inside');
    });
    const outside = await endpoint((_request, response) => void response.writeHead(status, { location: inside }).end());
    expect(await send(outside)).toEqual({ outcome: 'rejected', reason: `answered ${status}` });
    expect(visits).toBe(0);
  });
}

test('an endpoint that says 200 and then never ends has been told, and is not told again', async () => {
  const hanging = await endpoint((_request, response) => void response.writeHead(200).write('x'));
  const attempt = AbortSignal.timeout(10_000); // what is cut by the outbox is tried again
  expect(await channel.send(notificationTo(hanging), alert, attempt)).toEqual({ outcome: 'delivered' });
  expect(attempt.aborted).toBe(false);
});

test('an answer that unpacks to a hundred megabytes is not unpacked', async () => {
  const bomb = gzipSync(Buffer.alloc(100 * 1_048_576));
  const url = await endpoint((_request, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': bomb.length }).end(bomb);
  });
  const before = process.memoryUsage().rss;
  expect((await send(url)).outcome).toBe('delivered');
  expect(process.memoryUsage().rss - before).toBeLessThan(80 * 1_048_576);
});

test('an answer with headers without end, or that is no HTTP at all, is no answer', async () => {
  const answers = [
    `HTTP/1.1 200 OK\r\n${'x-y: z\r\n'.repeat(100_000)}\r\n`,
    'SSH-2.0-OpenSSH_9.2\r\n',
    '\u0000\u0001\u0002',
  ];
  for (const answer of answers) {
    const server = net.createServer((socket) => void socket.on('error', () => {}).end(answer)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    expect(await send(`http://127.0.0.1:${port}/`)).toEqual({ outcome: 'retry', reason: 'no answer' });
  }
});

const addresses = [
  'file:///etc/passwd',
  'data:text/plain,x',
  'ftp://127.0.0.1/',
  'gopher://127.0.0.1:25/_MAIL',
  'javascript:1',
  'blob:http://x/1',
  'http://user:secret@127.0.0.1/',
  'not a url',
];
for (const address of addresses) {
  test(`${address} is no address, and is not repeated in the reason`, async () => {
    const { outcome, ...rest } = await send(address);
    expect(outcome).toBe('rejected');
    expect(JSON.stringify(rest)).not.toContain(address);
  });
}

test('what makes a request cannot be smuggled into an address', async () => {
  const seen: string[] = [];
  const url = await endpoint((request, response) => {
    seen.push(`${request.method} ${request.headers['x-evil']}`);
    response.end();
  });
  await send(`${url}?a=b HTTP/1.1\r\nx-evil: yes\r\n\r\nGET /second`);
  expect(seen).toEqual(['POST undefined']);
});
