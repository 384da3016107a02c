import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createChannels } from '../../alerts/channels/index.ts';
import { applySignal } from '../../alerts/life-cycle.ts';
import { viewOfAlert } from '../../model/alert.ts';
import type { Delivery, Notification } from '../../model/notification.ts';
import { at, raise } from '../alerts/support/night.ts';
import { channelParts } from '../alerts/support/parts.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Answers what comes with the next of its lines each time something comes; `hangUp` ends it, `nothing` leaves it. */
type Script = { readonly greeting?: string; readonly answers: readonly string[]; readonly last: 'hangUp' | 'nothing' };

async function endpoint({ greeting, answers, last }: Script): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    if (greeting !== undefined) socket.write(greeting);
    const left = [...answers];
    const isLast = () => left.length === 0 && last === 'hangUp';
    socket.on('data', (data) => {
      // The body of a mail ends with a dot of its own; what comes before it is not answered.
      if (greeting !== undefined && left.length === 1 && !/\r\n\.\r\n$/.test(data.toString())) return;
      const answer = left.shift();
      if (answer !== undefined) socket.write(answer);
      if (isLast()) socket.destroySoon();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const raised = applySignal(undefined, raise('02:10'), { nowMs: at('02:10'), areaId: 'street' })!; // a raise opens
const alert = viewOfAlert(raised.alert);

/** What became of one attempt; one that hangs is given up, as the outbox does after 15 s. */
async function tell(channel: 'webhook' | 'email', port: number, givesUp: boolean): Promise<Delivery> {
  const address = channel === 'webhook' ? `http://127.0.0.1:${port}/hook` : 'fang@example.org';
  const smtp = { url: `smtp://127.0.0.1:${port}`, from: 'anju@example.org' };
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const channels = createChannels({ ...channelParts, clock: () => at('02:10:01'), smtp, publish: () => false, log });
  const about = { id: 'n1', alertId: alert.id, recipientId: 'fang', recipientName: 'Fang', severity: 'P1' } as const;
  const times = { queuedAtMs: at('02:10'), nextAttemptAtMs: at('02:10'), attempts: 0 };
  const notification: Notification = { ...about, ...times, channel, address, reason: 'opened', state: 'queued' };
  const signal = givesUp ? AbortSignal.timeout(300) : new AbortController().signal;
  const found = channels.find(({ kind }) => kind === channel);
  if (found === undefined) throw new Error(`no ${channel}`);
  return found.send(notification, alert, signal);
}

const noAnswer = { outcome: 'retry', reason: 'no answer' };
const webhooks: { name: string; says: string; last: Script['last']; is: object }[] = [
  {
    name: 'says 200 with an error in its body: by HTTP it was taken',
    says: 'HTTP/1.1 200 OK\r\ncontent-length: 14\r\n\r\n{"error":"no"}',
    last: 'nothing',
    is: { outcome: 'delivered' },
  },
  {
    name: 'says 200 and breaks off in the body: it has the message',
    says: 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"er',
    last: 'hangUp',
    is: { outcome: 'delivered' },
  },
  { name: 'breaks off in the head', says: 'HTTP/1.1 200 OK\r\ncontent-le', last: 'hangUp', is: noAnswer },
  { name: 'stops in the head', says: 'HTTP/1.1 2', last: 'nothing', is: noAnswer },
  { name: 'speaks another protocol', says: '220 mail.example.org ESMTP\r\n', last: 'nothing', is: noAnswer },
];
for (const { name, says, last, is } of webhooks) {
  test(`a webhook ${name}`, async () => {
    const port = await endpoint({ answers: [says], last });
    expect(await tell('webhook', port, last === 'nothing')).toEqual(is);
  });
}

const greeting = '220 test\r\n';
const upToData = ['250 ok\r\n', '250 ok\r\n', '250 ok\r\n', '354 go on\r\n'];
const silentMail = { outcome: 'retry', reason: 'the mail server did not answer' };
const mails: { name: string; script: Script; is: object }[] = [
  {
    name: 'takes the mail (250) and says nothing more: it has it',
    script: { greeting, answers: [...upToData, '250 taken\r\n'], last: 'nothing' },
    is: { outcome: 'sent' },
  },
  {
    name: 'takes the mail (250) and hangs up: it has it',
    script: { greeting, answers: [...upToData, '250 taken\r\n'], last: 'hangUp' },
    is: { outcome: 'sent' },
  },
  { name: 'greets nobody', script: { answers: [], last: 'nothing' }, is: silentMail },
  { name: 'says half an answer', script: { greeting, answers: ['25'], last: 'nothing' }, is: silentMail },
  {
    name: 'hangs up instead of taking the mail',
    script: { greeting, answers: [...upToData, '25'], last: 'hangUp' },
    is: silentMail,
  },
  {
    name: 'says nothing after the mail',
    script: { greeting, answers: [...upToData, ''], last: 'nothing' },
    is: silentMail,
  },
];
for (const { name, script, is } of mails) {
  test(`a mail server ${name}`, async () => {
    const port = await endpoint(script);
    expect(await tell('email', port, script.last === 'nothing')).toEqual(is);
  });
}
