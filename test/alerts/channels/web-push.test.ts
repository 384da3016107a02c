import { expect, test } from 'vitest';
import { encrypted, newVapidKeys } from '../../../alerts/channels/push-encryption.ts';
import { tryPush, webPushChannel } from '../../../alerts/channels/web-push.ts';
import { fall, messageTo, sendOver } from '../support/message.ts';
import { at } from '../support/night.ts';
import { linkedWords, post, vapidKeys } from '../support/parts.ts';
import { browser, pushGate } from '../support/providers/push.ts';
import { type Reply, standIn } from '../support/stand-in.ts';

const clock = () => at('02:10:01');
const channel = webPushChannel({
  ...linkedWords,
  keys: vapidKeys,
  contact: 'mailto:centre@example.org',
  clock,
  post,
});

async function pushService(answer?: Reply) {
  const provider: Awaited<ReturnType<typeof standIn>> = await standIn((request) =>
    pushGate(clock, () => provider.url, answer)(request),
  );
  return provider;
}

test('the encryption is the one of RFC 8291, Appendix A', () => {
  const body = encrypted(
    'When I grow up, I want to be a watermelon',
    {
      p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
      auth: 'BTBZMqHH6r4Tts7J_aSIgg',
    },
    {
      salt: Buffer.from('DGv6ra1nlYgDCS1FRnbzlw', 'base64url'),
      privateKey: Buffer.from('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw', 'base64url'),
    },
  );
  expect(body.toString('base64url')).toBe(
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A' +
      '_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
  );
});

test('her telephone reads who, what and where to answer; the push service does not', async () => {
  const phone = browser();
  const provider = await pushService();
  const to = messageTo({ channel: 'webPush', address: `${provider.url}/push/1`, secret: phone.secret });
  expect(await sendOver(channel, to)).toEqual({ outcome: 'sent' });
  const { body, headers } = provider.requests[0]!; // one came
  expect(body.toString('latin1')).not.toContain(fall.id);
  expect(headers.topic).toMatch(/^[\w-]{32}$/);
  expect(headers.urgency).toBe('high');
  const message = JSON.parse(phone.read(body));
  expect(message).toMatchObject({ alertId: fall.id, severity: 'P1', revision: 1, state: 'open' });
  expect(message.title).toBe('王秀英: [P1 紧急] 疑似跌倒');
  expect(message.links.claim).toMatch(/^https:\/\/anju\.example\.org\/a\/c/);
});

test('a try says that messages arrive, in her language, and what the push service said of it', async () => {
  const phone = browser();
  const provider = await pushService();
  const parts = { keys: vapidKeys, contact: 'mailto:centre@example.org', clock, post };
  const to = { address: provider.url, secret: phone.secret };
  expect(await tryPush(parts, to, 'en', AbortSignal.timeout(5_000))).toEqual({ outcome: 'sent' });
  const message = JSON.parse(phone.read(provider.requests[0]!.body)); // one came
  expect(message).toMatchObject({ id: 'try', title: 'Anju: notifications work' });
  expect(message).not.toHaveProperty('alertId');
  const nowhere = { address: 'file:///tmp/x', secret: phone.secret };
  expect(await tryPush(parts, nowhere, 'en', AbortSignal.timeout(5_000))).toMatchObject({ outcome: 'rejected' });
});

test('even the longest story fits into one record', async () => {
  const phone = browser();
  const provider = await pushService();
  const to = messageTo({ channel: 'webPush', address: provider.url, secret: phone.secret });
  const summary = { zh: '"摔\n'.repeat(3000), en: 'x' };
  expect(await sendOver(channel, to, { ...fall, summary })).toEqual({ outcome: 'sent' });
  expect(JSON.parse(phone.read(provider.requests[0]!.body)).body).toContain('摔'); // one came
});

const answers = [
  { status: 410, is: { outcome: 'rejected', reason: 'answered 410', gone: true } },
  { status: 404, is: { outcome: 'rejected', reason: 'answered 404', gone: true } },
  { status: 413, is: { outcome: 'rejected', reason: 'answered 413' } },
  { status: 503, is: { outcome: 'retry', reason: 'answered 503' } },
  {
    status: 429,
    headers: { 'retry-after': '30' },
    is: { outcome: 'retry', reason: 'answered 429', afterMs: 30_000, limited: true },
  },
];
for (const { status, headers, is } of answers) {
  test(`a push service that answers ${status}: ${is.outcome}`, async () => {
    const provider = await pushService({ status, ...(headers && { headers }) });
    const to = messageTo({ channel: 'webPush', address: provider.url, secret: browser().secret });
    expect(await sendOver(channel, to)).toEqual(is);
  });
}

test('another’s keys, or none, are refused', async () => {
  const provider = await pushService();
  const forged = { ...newVapidKeys(), publicKey: vapidKeys.publicKey };
  const other = webPushChannel({ ...linkedWords, keys: forged, contact: 'mailto:x@y.z', clock, post });
  const to = messageTo({ channel: 'webPush', address: provider.url, secret: browser().secret });
  expect((await sendOver(other, to).catch(() => ({ outcome: 'rejected' }))).outcome).toBe('rejected');
  for (const secret of [undefined, 'too-short', 'a.b', `B${'p'.repeat(86)}.${'a'.repeat(22)}`]) {
    const { secret: _secret, ...bare } = to;
    expect((await sendOver(channel, secret ? { ...bare, secret } : bare)).outcome).toBe('rejected');
  }
});
