import { expect, test } from 'vitest';
import { ntfyChannel } from '../../../alerts/channels/ntfy.ts';
import { fall, messageTo, sendOver } from '../support/message.ts';
import { at } from '../support/night.ts';
import { linkedWords, post, words } from '../support/parts.ts';
import { ntfy, ntfyToken as secret } from '../support/providers/ntfy.ts';
import { jsonOf, standIn } from '../support/stand-in.ts';

const clock = () => at('02:10:01');
const channel = ntfyChannel({ ...linkedWords, clock, post });
const to = (url: string, changes: object = {}) =>
  messageTo({ channel: 'ntfy', address: `${url}/family-wang`, secret, ...changes });

test('it rings through silence, and its button answers at once', async () => {
  const server = await standIn(ntfy());
  expect(await sendOver(channel, to(server.url, { language: 'en' }))).toEqual({ outcome: 'sent' });
  const { actions, ...message } = jsonOf(server.requests[0]!) as { actions: Record<string, unknown>[] }; // one came
  expect(message).toMatchObject({ topic: 'family-wang', priority: 5, title: '王秀英: [P1 emergency] Suspected: Fall' });
  expect(actions.map(({ action, method, label }) => [action, method, label])).toEqual([
    ['http', 'POST', 'I have seen it'],
    ['view', undefined, 'I am taking it'],
  ]);
  expect(actions[0]?.url).toMatch(/^https:\/\/anju\.example\.org\/a\/a/);
});

test('what is over, or has no address to answer at, has no buttons', async () => {
  const server = await standIn(ntfy());
  await sendOver(channel, to(server.url), { ...fall, state: 'resolved' });
  await sendOver(ntfyChannel({ ...words, clock, post }), to(server.url));
  for (const request of server.requests) expect(jsonOf(request).actions).toBeUndefined();
  expect(server.requests.length).toBe(2);
});

for (const { status, is } of [
  { status: 403, is: { outcome: 'rejected', reason: 'answered 403' } },
  { status: 429, is: { outcome: 'retry', reason: 'answered 429', limited: true } },
  { status: 507, is: { outcome: 'retry', reason: 'answered 507' } },
]) {
  test(`ntfy answers ${status}: ${is.outcome}`, async () => {
    const server = await standIn(ntfy({ status }));
    expect(await sendOver(channel, to(server.url))).toEqual(is);
  });
}

test('a wrong token is refused, an address that is no topic never asked', async () => {
  const server = await standIn(ntfy());
  expect(await sendOver(channel, to(server.url, { secret: 'tk_of_somebody_else' }))).toMatchObject({
    reason: 'answered 403',
  });
  for (const address of [server.url, `${server.url}/a b`, 'family-wang']) {
    expect((await sendOver(channel, to(server.url, { address }))).outcome).toBe('rejected');
  }
  expect(server.requests.length).toBe(1);
});
