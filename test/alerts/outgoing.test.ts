import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { webhookChannel } from '../../alerts/channels/webhook.ts';
import { createPost } from '../../alerts/outgoing/post.ts';
import { mayReach, nothingPrivate, parseAllowList } from '../../alerts/outgoing/reach.ts';
import { messageTo, sendOver } from './support/message.ts';
import { post } from './support/parts.ts';

const inside = [
  '0.0.0.0',
  '10.1.2.3',
  '100.100.100.200', // metadata of one cloud
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254', // metadata of the others
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::127.0.0.1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '::ffff:169.254.169.254',
  '64:ff9b::a00:1',
  '2002:7f00:1::',
  '2001:0:4136:e378:8000:63bf:3fff:fdd2',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
];
test('nothing of a private network can be reached, in whatever clothes', () => {
  for (const address of inside) expect([address, mayReach(address, address, nothingPrivate)]).toEqual([address, false]);
  for (const address of ['8.8.8.8', '172.32.0.1', '223.5.5.5', '2001:4860:4860::8888', '2400:3200::1'])
    expect([address, mayReach(address, address, nothingPrivate)]).toEqual([address, true]);
});

test('what the operator allows can be reached, and nothing beside it', () => {
  const list = parseAllowList('10.1.0.0/16, 127.0.0.1 fd00::/8,hooks.internal');
  if ('wrong' in list) throw new Error(list.wrong);
  for (const address of ['10.1.255.255', '127.0.0.1', 'fd12::1']) expect(mayReach(address, address, list)).toBe(true);
  for (const address of ['10.2.0.1', '127.0.0.2', 'fe80::1']) expect(mayReach(address, address, list)).toBe(false);
  expect(mayReach('192.168.1.1', 'Hooks.Internal', list)).toBe(true);
  expect(mayReach('192.168.1.1', 'other.internal', list)).toBe(false);
});

test('what makes no sense in the list stops the start', () => {
  for (const text of ['10.0.0.0/33', 'fe80::/129', '10.0.0', 'a..b', 'http://x/', '*']) {
    expect(parseAllowList(text)).toHaveProperty('wrong');
  }
});

/** Somebody inside who must hear nothing. */
async function neighbour() {
  let visits = 0;
  const server = createServer((_request, response) => {
    visits += 1;
    response.end();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => void server.close().closeAllConnections());
  return { port: (server.address() as AddressInfo).port, visits: () => visits };
}

test('however the address of a webhook is written, nobody inside hears of it', async () => {
  const { port, visits } = await neighbour();
  const channel = webhookChannel({
    secret: 'whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQ=',
    clock: () => 0,
    post: createPost(nothingPrivate),
  });
  const hosts = [
    '127.0.0.1',
    'localhost',
    'LOCALHOST',
    '127.1',
    '2130706433',
    '0x7f.1',
    '0177.0.0.1',
    '0',
    '[::ffff:127.0.0.1]',
  ];
  for (const host of hosts) {
    const delivery = await sendOver(channel, messageTo({ channel: 'webhook', address: `http://${host}:${port}/` }));
    expect([host, delivery]).toEqual([
      host,
      { outcome: 'rejected', reason: 'the address is inside a private network (see ANJU_ALLOW_PRIVATE)' },
    ]);
  }
  expect(visits()).toBe(0);
});

test('a name that is allowed is looked up and reached', async () => {
  const { port, visits } = await neighbour();
  const list = parseAllowList('localhost');
  if ('wrong' in list) throw new Error(list.wrong);
  const postToLocalhost = createPost(list);
  const message = { headers: {}, body: '', signal: AbortSignal.timeout(5_000) };
  expect(await postToLocalhost(`http://localhost:${port}/`, message)).toMatchObject({ status: 200 });
  expect(await postToLocalhost(`http://127.0.0.1:${port}/`, message)).toBe('refused');
  expect(visits()).toBe(1);
});

test('a kept connection that the other end has closed meanwhile costs nobody a retry', async () => {
  const { port, cut, visits } = await impatient();
  const channel = webhookChannel({ secret: 'whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQ=', clock: () => 0, post });
  const to = messageTo({ channel: 'webhook', address: `http://127.0.0.1:${port}/` });
  for (let nth = 0; nth < 3; nth++) {
    expect(await sendOver(channel, to)).toEqual({ outcome: 'delivered' });
    cut();
  }
  expect(visits()).toBe(3);
});

/** Answers, and resets the connection when the next request comes over it. */
async function impatient() {
  let [visits, isCut] = [0, false];
  const server = createServer((request, response) => {
    if (isCut) return request.socket.resetAndDestroy();
    visits += 1;
    response.end();
  });
  server.on('connection', () => {
    isCut = false;
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => void server.close().closeAllConnections());
  const cut = () => {
    isCut = true;
  };
  return { port: (server.address() as AddressInfo).port, cut, visits: () => visits };
}
