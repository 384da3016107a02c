import { AnswerLinks } from '../../../alerts/answer-links.ts';
import type { ChannelParts } from '../../../alerts/channels/index.ts';
import { newVapidKeys } from '../../../alerts/channels/push-encryption.ts';
import { createPost } from '../../../alerts/outgoing/post.ts';
import { type AllowList, parseAllowList } from '../../../alerts/outgoing/reach.ts';
import { secret } from './hook-server.ts';

const list = parseAllowList('127.0.0.0/8');
if ('wrong' in list) throw new Error(list.wrong);
/** The stand-ins of these tests are on this machine. */
export const loopback: AllowList = list;
export const post = createPost(loopback);

export const vapidKeys = newVapidKeys();
export const links = new AnswerLinks('key of these tests', 'https://anju.example.org');
export const words = { timeZone: 'Asia/Shanghai', linksOf: () => undefined };
export const linkedWords = { ...words, linksOf: links.of.bind(links) };

/** What all channels need, but a clock and a log: nobody listens, nothing is configured. */
export const channelParts: Omit<ChannelParts, 'clock' | 'log'> = {
  ...words,
  webhookSecret: secret,
  push: { keys: vapidKeys, contact: 'mailto:centre@example.org' },
  allowPrivate: loopback,
  publish: () => false,
  show: async () => false,
};
