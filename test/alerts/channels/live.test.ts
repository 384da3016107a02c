import { expect, test } from 'vitest';
import { sseChannel } from '../../../alerts/channels/sse.ts';
import { messageTo, sendOver } from '../support/message.ts';

const to = messageTo({ channel: 'sse', address: 'daughter' });

test('the live page: delivered when a page took it, later when none is open', async () => {
  const shown: string[] = [];
  const open = sseChannel(async (username, { id }) => shown.push(`${username} ${id}`) > 0);
  expect(await sendOver(open, to)).toEqual({ outcome: 'delivered' });
  expect(shown).toEqual([`daughter ${to.alertId}`]);
  const nobody = { outcome: 'retry', reason: 'no page of this user is open' };
  expect(
    await sendOver(
      sseChannel(async () => false),
      to,
    ),
  ).toEqual(nobody);
});
