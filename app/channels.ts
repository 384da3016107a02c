import type { AnswerLinks } from '../alerts/answer-links.ts';
import { type ChannelParts, createChannels } from '../alerts/channels/index.ts';
import { tryPush } from '../alerts/channels/web-push.ts';
import { createPost } from '../alerts/outgoing/post.ts';
import type { TryPush } from '../api/parts.ts';
import type { Channel } from '../model/notification.ts';
import type { Config } from './config.ts';
import type { Stores } from './stores.ts';

type Joined = Pick<ChannelParts, 'clock' | 'publish' | 'show' | 'log'> & { readonly links: AnswerLinks };

/** The channels as configured, with the keys of this installation. */
export function channelsOf(config: Config, stores: Stores, { links, ...joined }: Joined): readonly Channel[] {
  const { smtp, timeZone, channels } = config;
  return createChannels({
    ...joined,
    timeZone,
    linksOf: (notification) => links.of(notification),
    webhookSecret: stores.webhookSecret,
    push: { keys: stores.vapidKeys, contact: channels.pushContact },
    smtp,
    aliyun: channels.aliyun,
    allowPrivate: channels.allowPrivate,
  });
}

const tryAtMostMs = 10_000;

/** Sends a browser a message that only says that messages arrive. */
export function pushTrier({ channels }: Config, { vapidKeys }: Stores, clock: () => number): TryPush {
  const { pushContact: contact, allowPrivate } = channels;
  const parts = { keys: vapidKeys, contact, clock, post: createPost(allowPrivate) };
  return (browser, language) => tryPush(parts, browser, language, AbortSignal.timeout(tryAtMostMs));
}
