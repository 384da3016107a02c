import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { newWebhookSecret, webhookChannel } from '../../../alerts/channels/webhook.ts';
import { fall, messageTo, notificationId, sendOver } from '../support/message.ts';
import { at } from '../support/night.ts';
import { post } from '../support/parts.ts';
import { jsonOf, type Request, standIn } from '../support/stand-in.ts';

const nowMs = at('02:10:01');
const [older, newer] = [newWebhookSecret(), newWebhookSecret()];
const channel = webhookChannel({ secret: older, clock: () => nowMs, post });

/** A receiver as the Standard Webhooks specification describes it: any one signature is enough; five minutes of grace. */
function receiver(secret: string) {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  return ({ headers, body }: Request) => {
    const { 'webhook-id': id, 'webhook-timestamp': timestamp } = headers;
    const ours = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
    const isSigned = String(headers['webhook-signature']).split(' ').includes(`v1,${ours}`);
    const isFresh = Math.abs(nowMs / 1000 - Number(timestamp)) < 300;
    return { status: isSigned && isFresh && body.length < 20_480 ? 204 : 401 };
  };
}

const to = (address: string, secret?: string) => messageTo({ channel: 'webhook', address, ...(secret && { secret }) });

test('while a key is changed, both receivers verify: the one with the old and the one with the new', async () => {
  for (const secret of [older, newer]) {
    const server = await standIn(receiver(secret));
    expect(await sendOver(channel, to(server.url, `${newer} ${older}`))).toEqual({ outcome: 'delivered' });
  }
  const server = await standIn(receiver(newer));
  expect(await sendOver(channel, to(server.url))).toEqual({ outcome: 'rejected', reason: 'answered 401' });
});

test('the id is the same each time it is sent, and nothing is over 20 KB', async () => {
  const server = await standIn(receiver(older));
  const evidence = Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`reading${i}`, 'x'.repeat(20)]));
  expect(await sendOver(channel, to(server.url))).toEqual({ outcome: 'delivered' });
  expect(await sendOver(channel, to(server.url), { ...fall, evidence })).toEqual({ outcome: 'delivered' });
  expect(server.requests.map(({ headers }) => headers['webhook-id'])).toEqual([notificationId, notificationId]);
  const { type, timestamp, data } = jsonOf(server.requests[1]!) as Record<string, unknown>; // two came
  expect({ type, timestamp }).toEqual({ type: 'alert.open', timestamp: '2026-03-14T02:10:01.000Z' });
  expect(data).toMatchObject({ id: fall.id, severity: 'P1', revision: 1, evidence: { leftOut: true } });
});

test('410 says it is gone for good', async () => {
  const server = await standIn(() => ({ status: 410 }));
  expect(await sendOver(channel, to(server.url))).toEqual({ outcome: 'rejected', reason: 'answered 410', gone: true });
});
